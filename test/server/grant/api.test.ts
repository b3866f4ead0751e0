/**
 * A grant after the approval (need-to-know.md, section 6): who ends it, who marks its conditions, and what each
 * reader sees; all by the API.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { paths } from '../../../server/web/paths.js';
import { readerOf } from '../../support/browser-less.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { attendedVisit, granted, plannedVisit, type Granted } from '../../support/granted.js';
import { expectOk } from '../../support/line.js';
import { behindTheApi, byRule, leavesNothing, notFound, personId, stepsOf } from '../../support/people.js';

const council = useCouncil();

const reasons = 'The work that was to be observed has changed, and nothing is gained by it any more.';
const post = async (by: Account, path: string, body: object = {}, headers = {}): Promise<Answer> =>
  (await council.as(by)).post(path, body, headers);
const revoke = (by: Account, { path }: Granted) => post(by, `${path}/revoke`, { reasons });
const release = (by: Account, { path }: Granted) => post(by, `${path}/release`, { reasons });
const mark = (by: Account, grant: Granted, index: number, state: string) =>
  post(by, `${grant.path}/conditions/${grant.conditions[index]}`, { state });
/** Freezes every live grant of the councillor concerned. */
const freeze = async ({ id }: Pick<Granted, 'id'>): Promise<Answer> =>
  expectOk(
    await post('childrens.services', '/api/incidents', {
      what: 'outside_scope',
      causedBy: 'councillor',
      text: 'The councillor stayed in the room after the closed part had begun.',
      happenedAt: council.clock.toISOString(),
      grant: id,
    }),
  );
/** Releases every freeze: a grant made while an incident freezes others is frozen from the start. */
const thaw = async (): Promise<void> => {
  const { db } = council.world;
  const ids = await db('grant_freezes as f')
    .join('grants as g', 'g.id', 'f.grant_id')
    .whereNull('f.released_at')
    .whereNull('g.ended_at')
    .distinct()
    .pluck<string[]>('g.id');
  for (const id of ids) {
    expectOk(await post('data.protection', `/api/grants/${id}/release`, { reasons }));
  }
};
/** Who was told so about a request, once for each message. */
const notified = async (reference: string, kind: string): Promise<string[]> => {
  const emails = await council.world
    .db('messages as m')
    .join('people as p', 'p.id', 'm.to_person')
    .where({ 'm.reference': reference, 'm.kind': kind })
    .pluck<string[]>('p.email');
  return emails.map((email) => email.split('@')[0] ?? '').toSorted();
};

const owners = [
  { text: 'Reads the guidance first.', owner: 'councillor', before: 'attendance' },
  { text: 'A room is kept free.', owner: 'childrens_services', before: 'attendance' },
  { text: 'The staff are told beforehand.', owner: 'host', before: 'attendance' },
];

describe('a grant is revoked', () => {
  test('at once, with reasons, its visits to come with it; the councillor reads the coded cause alone, and never the office’s own reasons', async () => {
    const grant = await granted(council);
    const { db } = council.world;
    const by = await personId(db, 'host');
    const today = londonDate(council.clock);
    let visits: string[] = [];
    await behindTheApi(db, async (trx) => {
      const planned = { at: council.clock, by };
      visits = [
        await plannedVisit(trx, grant.id, { ...planned, date: addDays(today, 9) }),
        await plannedVisit(trx, grant.id, { ...planned, date: addDays(today, -1) }),
      ];
    });
    const { status, body } = await revoke('legal', grant);
    expect([status, body.status, body.endedBecause, body.can]).toEqual([200, 'revoked', 'revoked', []]);
    const ended = await db('visits').whereIn('id', visits).orderBy('seq').select('ended_because', 'ended_at');
    // The one that was over is still to be recorded.
    expect(ended).toEqual([
      { ended_because: 'grant_ended', ended_at: council.clock },
      { ended_because: null, ended_at: null },
    ]);
    const own = (await grant.read('scrutiny.chair')).body;
    expect([own.status, own.access.because, own.endedBecause, own.endedReasons, own.can]).toEqual([
      'revoked',
      [{ limit: 'ended', explanation: 'The council has decided to end this.' }],
      'council_decision',
      undefined,
      [],
    ]);
    expect(JSON.stringify(own)).not.toContain(reasons);
    const page = await (await readerOf(council.server, 'scrutiny.chair')).open(paths.grant(grant.id));
    expect([page.status, page.text.includes(reasons)]).toEqual([200, false]);
    const steps = await stepsOf(db, grant.line.reference);
    expect(steps.at(-1)).toEqual({
      type: 'grant.revoked',
      decision: { frozen: false, visits: 1, cause: 'council_decision' },
    });
    expect(await notified(grant.line.reference, 'grant_ended')).toEqual(['host', 'scrutiny.chair']);
    expect(await leavesNothing(council, grant.line.reference, () => revoke('host', grant))).toMatchObject(
      byRule(409, 'grant_ended'),
    );
  });

  const forThem = 'The team that you were to observe is being reorganised, and is closed to observers.';
  const ended = async (given: object) => {
    const grant = await granted(council);
    const answer = expectOk(await post('legal', `${grant.path}/revoke`, { reasons, ...given }));
    const read = async (by: Account) => (await grant.read(by)).body;
    return { grant, answer, read };
  };

  test('with reasons written for the councillor, who never reads the office’s own then', async () => {
    const { answer, read } = await ended({ told: forThem });
    expect(answer.body).toMatchObject({
      endedBecause: 'revoked',
      endedReasons: reasons,
      told: { because: 'council_decision', reasons: forThem },
    });
    const own = await read('scrutiny.chair');
    expect([own.endedBecause, own.endedReasons, own.told]).toEqual(['council_decision', forThem, undefined]);
    expect(JSON.stringify(own)).not.toContain(reasons);
    const host = await read('host');
    expect([host.told, host.endedReasons]).toEqual([{ because: 'council_decision' }, undefined]);
    const auditor = await read('auditor');
    expect([auditor.endedBecause, auditor.told, auditor.endedReasons]).toEqual([
      'revoked',
      undefined,
      undefined,
    ]);
  });

  test.each([
    ['condition', 'A condition of the approval was not kept.'],
    ['undertaking', 'Your undertaking to keep to the protocol does not stand.'],
    ['training', 'Training that you need is out of date.'],
    ['to_protect_others', 'The council has ended this to protect others. This is no criticism of you.'],
  ])('for the cause %s, with one sentence to the councillor and no reasons', async (cause, says) => {
    const { grant, read } = await ended({ cause });
    const own = await read('scrutiny.chair');
    expect([own.endedBecause, own.endedReasons, own.access.because]).toEqual([
      cause,
      undefined,
      [{ limit: 'ended', explanation: says }],
    ]);
    expect(JSON.stringify(own)).not.toContain(reasons);
    const page = await (await readerOf(council.server, 'scrutiny.chair')).open(paths.grant(grant.id));
    expect([page.text.includes(says), page.text.includes(reasons)]).toEqual([true, false]);
  });

  test('and asks for reasons for the councillor beside the one cause that tells any, and for none beside another', async () => {
    const grant = await granted(council);
    const sent = { reasons, cause: 'to_protect_others', told: forThem };
    expect(await post('legal', `${grant.path}/revoke`, sent)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'told' }] },
    });
    expect(await post('legal', `${grant.path}/revoke`, { reasons, cause: 'council_decision' })).toMatchObject(
      {
        status: 422,
        body: { errors: [{ field: 'told' }] },
      },
    );
    expect(
      await post('legal', `${grant.path}/revoke`, { reasons, told: 'Ring 01632 960123 about it.' }),
    ).toMatchObject({ status: 422, body: { rule: 'personal_data', errors: [{ field: 'told' }] } });
  });

  test('and the councillor may report what they read of it, and nothing that they are not shown', async () => {
    const { grant } = await ended({ told: forThem });
    const report = (field: string) =>
      post('scrutiny.chair', '/api/redactions', {
        of: { kind: 'grant', id: grant.id, field },
        reasons: 'It says who somebody is.',
      });
    expect(await report('endReasons')).toMatchObject({ status: 422, body: { errors: [{ field: 'of' }] } });
    expectOk(await report('endTold'));
    const own = (await grant.read('scrutiny.chair')).body;
    expect(own.endedReasons).toMatch(/^This text is hidden/);
    expect((await grant.read('legal')).body.endedReasons).toBe(reasons);
  });

  test('on its page, where the office chooses what the councillor is told', async () => {
    const grant = await granted(council);
    const reader = await readerOf(council.server, 'legal');
    const page = await reader.open(paths.revoke(grant.id));
    expect(page.html).not.toMatch(/<input[^>]*type="radio"[^>]* checked/u);
    expect((await reader.submit({ reasons })).text).toContain('Select what the councillor is told');
    expect((await reader.submit({ reasons, cause: 'council_decision' })).text).toContain(
      'Enter the reasons for the councillor. They do not read yours.',
    );
    await reader.submit({ reasons, cause: 'council_decision', told: forThem });
    const own = await (await readerOf(council.server, 'scrutiny.chair')).open(paths.grant(grant.id));
    expect([own.text.includes(forThem), own.text.includes(reasons)]).toEqual([true, false]);
  });

  test('once, however often it is sent under one key', async () => {
    const grant = await granted(council);
    const send = () => post('host', `${grant.path}/revoke`, { reasons }, { 'Idempotency-Key': 'once' });
    const answers = [await send(), await send()];
    expect(answers.map(({ status, body }) => [status, body.status])).toEqual([
      [200, 'revoked'],
      [200, 'revoked'],
    ]);
    const steps = await stepsOf(council.world.db, grant.line.reference);
    expect(steps.filter(({ type }) => type === 'grant.revoked')).toHaveLength(1);
  });

  test('with reasons that hold no personal data', async () => {
    const grant = await granted(council);
    const sent = await leavesNothing(council, grant.line.reference, () =>
      post('legal', `${grant.path}/revoke`, { reasons: 'Ring 01632 960123 about it.' }),
    );
    expect(sent).toMatchObject({
      status: 422,
      body: { rule: 'personal_data', errors: [{ field: 'reasons' }] },
    });
    expect(await post('legal', `${grant.path}/revoke`, { reasons: ' ' })).toMatchObject({ status: 422 });
  });
});

/**
 * need-to-know.md, section 6, typed out again: who gives which command on a grant in which state. What is
 * left out is refused for authority; `-` is refused for what the grant has come to.
 */
type State = 'live' | 'frozen' | 'revoked';
const table: Readonly<
  Record<string, { readonly account: Account; readonly may: Readonly<Record<State, string>> }>
> = {
  'the councillor': { account: 'scrutiny.chair', may: { live: '', frozen: '', revoked: '' } },
  'another councillor': {
    account: 'scrutiny.member',
    may: { live: 'unseen', frozen: 'unseen', revoked: 'unseen' },
  },
  'Children’s Services': {
    account: 'childrens.services',
    may: {
      live: 'revoke councillor childrens_services host',
      frozen: 'revoke councillor childrens_services host',
      revoked: '-',
    },
  },
  'Children’s Services’ deputy, the principal being there': {
    account: 'childrens.services.deputy',
    may: { live: '', frozen: '', revoked: '' },
  },
  'Democratic Services': {
    account: 'democratic.services',
    may: {
      live: 'revoke councillor childrens_services',
      frozen: 'revoke councillor childrens_services',
      revoked: '-',
    },
  },
  Legal: {
    account: 'legal.second',
    may: {
      live: 'revoke councillor childrens_services',
      frozen: 'revoke councillor childrens_services',
      revoked: '-',
    },
  },
  'the Monitoring Officer': { account: 'monitoring.officer', may: { live: '', frozen: '', revoked: '' } },
  'the host': { account: 'host', may: { live: 'revoke host', frozen: 'revoke host', revoked: '-' } },
  'Data Protection': {
    account: 'data.protection',
    may: { live: 'revoke', frozen: 'revoke release', revoked: '-' },
  },
  'Internal Audit': { account: 'auditor', may: { live: '', frozen: '', revoked: '' } },
  'the administrator': {
    account: 'administrator',
    may: { live: 'unseen', frozen: 'unseen', revoked: 'unseen' },
  },
};
const commands = ['revoke', 'release', 'councillor', 'childrens_services', 'host'] as const;
/** Whom a command is for at all: others are refused for authority, in whatever state. */
const theirs: Readonly<Record<(typeof commands)[number], readonly Account[]>> = {
  revoke: ['childrens.services', 'democratic.services', 'legal.second', 'host', 'data.protection'],
  release: ['data.protection'],
  councillor: ['childrens.services', 'democratic.services', 'legal.second'],
  childrens_services: ['childrens.services', 'democratic.services', 'legal.second'],
  host: ['childrens.services', 'host'],
};

describe('office by command by state', () => {
  const states = new Map<State, Granted>();
  beforeAll(async () => {
    const make = () => granted(council, { author: 'scrutiny.chair', conditions: owners });
    // Ended before the incident: what that freezes is not ended before the councillor is heard.
    const revoked = await make();
    expectOk(await revoke('legal', revoked));
    const frozen = await make();
    await freeze(frozen);
    // Made while another is frozen it would wait with it.
    const live = await make();
    expectOk(await release('data.protection', live));
    states.set('live', live).set('frozen', frozen).set('revoked', revoked);
  }, 60_000);
  afterAll(thaw);

  const send = (command: (typeof commands)[number], account: Account, grant: Granted): Promise<Answer> => {
    if (command === 'revoke') return revoke(account, grant);
    if (command === 'release') return release(account, grant);
    return mark(
      account,
      grant,
      owners.findIndex(({ owner }) => owner === command),
      'pending',
    );
  };

  test.each(Object.entries(table))('%s', async (_who, { account, may }) => {
    for (const [state, given] of Object.entries(may) as [State, string][]) {
      const shared = states.get(state);
      if (!shared) throw new Error(`No grant is ${state}.`);
      const read = await shared.read(account);
      if (given === 'unseen') {
        expect(read).toMatchObject(notFound);
        for (const command of commands) expect(await send(command, account, shared)).toMatchObject(notFound);
        continue;
      }
      const allowed = given.split(' ').filter((each) => /\w/.test(each));
      const marks = ['councillor', 'childrens_services', 'host'].some((each) => allowed.includes(each));
      const can = (read.body.can as string[]).filter((name) =>
        ['revoke', 'release', 'mark_condition'].includes(name),
      );
      expect([account, state, can.toSorted()]).toEqual([
        account,
        state,
        [
          ...allowed.filter((each) => ['revoke', 'release'].includes(each)),
          ...(marks ? ['mark_condition'] : []),
        ].toSorted(),
      ]);
      for (const command of commands) {
        // What would end or release the shared one is tried where it is refused; elsewhere it is done below.
        if (allowed.includes(command) && (command === 'revoke' || command === 'release')) continue;
        const { status } = await send(command, account, shared);
        const expected = allowed.includes(command) ? 200 : theirs[command].includes(account) ? 409 : 403;
        expect([account, state, command, status]).toEqual([account, state, command, expected]);
      }
    }
  });

  test.each(['childrens.services', 'democratic.services', 'legal.second', 'host', 'data.protection'])(
    '%s ends one that is frozen, once the councillor was heard',
    async (account) => {
      await thaw();
      const grant = await granted(council, { author: 'scrutiny.member' });
      const { body } = await freeze(grant);
      const hearing = `/api/incidents/${body.id}/hearing`;
      expectOk(await post('data.protection', hearing, { gist: 'You are said to have stayed.' }));
      expectOk(await post('scrutiny.member', `${hearing}/answer`, { text: 'I was asked to.' }));
      expect((await revoke(account, grant)).status).toBe(200);
      expect((await grant.read('scrutiny.member')).body.status).toBe('revoked');
      // The pause and the end are told apart.
      expect(await notified(grant.line.reference, 'grant_paused')).toEqual(['host', 'scrutiny.member']);
      const mails = await notified(grant.line.reference, 'grant_ended');
      expect(mails).toEqual([...(account === 'host' ? [] : ['host']), 'scrutiny.member']);
    },
  );
});

describe('a condition', () => {
  test('due before attendance keeps the grant waiting until it is met, and a breach stops it again', async () => {
    const grant = await granted(council, { conditions: owners });
    const statusAfter = async (by: Account, index: number, state: string) =>
      expectOk(await mark(by, grant, index, state)).body.status;
    const waiting = (await grant.read('legal')).body;
    expect(waiting.status).toBe('waiting');
    await mark('legal', grant, 0, 'met');
    await mark('democratic.services', grant, 1, 'met');
    const limits = (body: { access: { because: { limit: string }[] } }) =>
      body.access.because.map(({ limit }) => limit);
    expect(limits((await grant.read('legal')).body)).toEqual(['window_not_open', 'conditions']);
    expect(await statusAfter('host', 2, 'met')).toBe('waiting');
    expect(limits((await grant.read('legal')).body)).toEqual(['window_not_open']);
    await mark('childrens.services', grant, 2, 'breached');
    const { body } = await grant.read('scrutiny.chair');
    // The condition is the councillor's to read; whose doing it is, is not said.
    expect(body.access.because.map(({ explanation }: { explanation: string }) => explanation)).toContain(
      'Not everything needed is in place.',
    );
    const marked = (await stepsOf(council.world.db, grant.line.reference)).filter(
      ({ type }) => type === 'grant.condition_marked',
    );
    expect(marked.map(({ decision }) => [decision?.['owner'], decision?.['state']])).toEqual([
      ['councillor', 'met'],
      ['childrens_services', 'met'],
      ['host', 'met'],
      ['host', 'breached'],
    ]);
  });

  test('of another grant is not there', async () => {
    const [one, other] = [
      await granted(council, { conditions: owners }),
      await granted(council, { conditions: owners }),
    ];
    expect(
      await post('legal', `${one.path}/conditions/${other.conditions[0]}`, { state: 'met' }),
    ).toMatchObject(notFound);
    expect(await post('legal', `${one.path}/conditions/nothing`, { state: 'met' })).toMatchObject(notFound);
  });

  test('may be seen to after the last event, and not after an end', async () => {
    const grant = await granted(council, { conditions: owners });
    expectOk(await revoke('host', grant));
    expect(
      await leavesNothing(council, grant.line.reference, () => mark('legal', grant, 0, 'met')),
    ).toMatchObject(byRule(409, 'grant_ended'));
  });

  test('due before closing is owed by who had somebody there, whatever ended the grant', async () => {
    const due = (before: string) => ({ text: 'The staff are told.', owner: 'childrens_services', before });
    const grant = await granted(council, {
      changes: { events: 2 },
      conditions: [due('attendance'), due('closing')],
    });
    await behindTheApi(council.world.db, async (trx) => {
      const by = await personId(trx, 'host');
      const at = council.clock;
      const visit = await plannedVisit(trx, grant.id, { date: londonDate(at), at, by });
      const [arrived, left] = [new Date(at.getTime() - 120_000), new Date(at.getTime() - 60_000)];
      await attendedVisit(
        trx,
        { grantId: grant.id, visitId: visit },
        { arrived, left, authorised: false, at, by },
      );
    });
    expectOk(await revoke('host', grant));
    expect((await grant.read('legal')).body.can).toContain('mark_condition');
    expect((await mark('legal', grant, 1, 'met')).status).toBe(200);
    expect(
      await leavesNothing(council, grant.line.reference, () => mark('legal', grant, 0, 'met')),
    ).toMatchObject(byRule(409, 'grant_ended'));
  });
});

test('after acting, an office keeps reading the grant; a host who acts reads no more of the request than before', async () => {
  const grant = await granted(council, { conditions: owners });
  expectOk(await mark('host', grant, 2, 'met'));
  const asked = await (await council.as('host')).get(grant.line.path);
  expect([asked.status, asked.body.assessment, asked.body.signOffs, asked.body.necessity]).toEqual([
    200,
    undefined,
    undefined,
    undefined,
  ]);
  expect(await (await council.as('host')).get(`${grant.line.path}/discussion`)).toMatchObject({
    status: 404,
  });
});
