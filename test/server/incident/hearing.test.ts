/**
 * What an incident froze (need-to-know.md, section 6): Data Protection confirm or release the freeze within one working day,
 * and nobody ends it before the councillor was told what is alleged and had five working days to answer.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { atLondonTime } from '../../../policies/core/time/london.js';
import type { JobName } from '../../../policies/operations/jobs.js';
import { jobRunner } from '../../../server/jobs/worker/run-job.js';
import { paths } from '../../../server/web/paths.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { blockedVisit, granted, type Granted } from '../../support/granted.js';
import { expectOk } from '../../support/line.js';
import { readersOf } from '../../support/officers.js';
import { behindTheApi, byRule, notFound, personId } from '../../support/people.js';

const council = useCouncil();
// Wednesday before Easter: Good Friday and Easter Monday do not count.
const told = atLondonTime('2027-03-24', '10:00');
council.clock = told;
const as = readersOf(council);
const run = (name: JobName): Promise<number> =>
  jobRunner({ db: council.world.db, now: () => council.clock, log: pino({ level: 'silent' }) })(name);

const gist = 'Zirkonzq: you are said to have stayed when the closed part began.';
const reasons = 'Onyxzq: it is not clear yet what was heard.';
const answer = 'Achatzq: the chair asked me to stay.';
const post = async (by: Account, path: string, body: object = {}): Promise<Answer> =>
  (await council.as(by)).post(path, body);
const read = async (by: Account, path: string) => (await (await council.as(by)).get(path)).body;

interface Frozen {
  readonly grant: Granted;
  readonly id: string;
  readonly path: string;
}
/** Whatever earlier incidents froze goes on, so that only the next one freezes anything. */
const releaseAll = async (): Promise<void> => {
  const ids = await council.world
    .db('grant_freezes as f')
    .join('grants as g', 'g.id', 'f.grant_id')
    .whereNull('f.released_at')
    .whereNull('g.ended_at')
    .distinct()
    .pluck<string[]>('g.id');
  for (const id of ids) expectOk(await post('data.protection', `/api/grants/${id}/release`, { reasons }));
};
const frozen = async (): Promise<Frozen> => {
  await releaseAll();
  const grant = await granted(council, { author: 'scrutiny.member', now: () => council.clock });
  const { body } = expectOk(
    await post('host', '/api/incidents', {
      what: 'outside_scope',
      causedBy: 'councillor',
      text: 'The councillor stayed in the room.',
      happenedAt: council.clock.toISOString(),
      grant: grant.id,
    }),
  );
  return { grant, id: body.id as string, path: `/api/incidents/${body.id}` };
};
/** A check ends a visit of it. */
const blocked = ({ grant }: Frozen): Promise<void> =>
  behindTheApi(council.world.db, async (trx) => {
    const by = await personId(trx, 'host');
    await blockedVisit(trx, grant.id, { date: '2027-03-24', at: council.clock, by });
  });
const revoke = ({ grant }: Frozen, by: Account, changes: object = {}): Promise<Answer> =>
  post(by, `${grant.path}/revoke`, { reasons, ...changes });

describe('what an incident froze', () => {
  let it: Frozen;
  beforeAll(async () => {
    council.clock = told;
    it = await frozen();
  }, 60_000);

  test('is ended by no office before the councillor was told what is alleged', async () => {
    for (const by of [
      'data.protection',
      'legal',
      'childrens.services',
      'democratic.services',
      'host',
    ] as const) {
      const refused = await revoke(it, by);
      expect([by, refused]).toMatchObject([by, byRule(409, 'hearing')]);
      expect(refused.body.detail).toContain('Tell the councillor what is alleged first.');
      expect(refused.body.kind).toBe('council');
    }
    expect((await it.grant.read('legal')).body.status).toBe('frozen');
  });

  test('stays frozen once Data Protection confirm it, and its day is no longer due', async () => {
    const path = `${it.grant.path}/confirm-freeze`;
    expect(await post('legal', path, { reasons })).toMatchObject(byRule(403, 'office'));
    expect(await post('scrutiny.member', path, { reasons })).toMatchObject(byRule(403, 'requester'));
    expect(await post('scrutiny.chair', path, { reasons })).toMatchObject(notFound);
    expect((await it.grant.read('data.protection')).body.releaseBy).toBe('2027-03-25');
    const { body } = expectOk(await post('data.protection', path, { reasons }));
    expect([body.status, body.releaseBy, body.can]).toEqual([
      'frozen',
      undefined,
      expect.not.arrayContaining(['confirm_freeze']),
    ]);
    expect(await post('data.protection', path, { reasons })).toMatchObject(byRule(409, 'freeze_confirmed'));
    const frozenOf = async (by: Account) =>
      ((await read(by, it.path)).grants as { id: string }[]).find(({ id }) => id === it.grant.id);
    const shown = await frozenOf('legal');
    expect(shown).toMatchObject({ confirmedAt: told.toISOString(), confirmReasons: reasons, due: null });
    expect(await frozenOf('auditor')).not.toHaveProperty('confirmReasons');
    for (const { id } of (await read('data.protection', it.path)).grants as { id: string }[])
      if (id !== it.grant.id)
        expectOk(await post('data.protection', `/api/grants/${id}/confirm-freeze`, { reasons }));
  });

  test('is ended once they were told and have answered, which the councillor reads on their own incident', async () => {
    const hearing = `${it.path}/hearing`;
    expect((await read('scrutiny.member', it.path)).next).toEqual({ what: 'tell', by: null });
    expect(await post('scrutiny.member', `${hearing}/answer`, { text: answer })).toMatchObject(
      byRule(409, 'nothing_to_answer'),
    );
    expect(await post('legal', hearing, { gist })).toMatchObject(byRule(403, 'office'));
    expectOk(await post('data.protection', hearing, { gist }));
    expect(await post('data.protection', hearing, { gist })).toMatchObject(byRule(409, 'hearing_told'));
    // Thursday, Tuesday, Wednesday, Thursday, Friday.
    const own = await read('scrutiny.member', it.path);
    expect(own).toMatchObject({
      hearing: { gist, due: '2027-04-02', answer: null },
      next: { what: 'answer', by: '2027-04-02' },
      can: ['answer_allegation'],
    });
    expect(JSON.stringify(own)).not.toMatch(/Onyxzq|stayed in the room|causedBy|host/);
    const early = await revoke(it, 'data.protection');
    expect(early).toMatchObject(byRule(409, 'hearing'));
    expect(early.body.detail).toContain('until the end of 2 April 2027');
    expectOk(await post('scrutiny.member', `${hearing}/answer`, { text: answer }));
    expect(await post('scrutiny.member', `${hearing}/answer`, { text: answer })).toMatchObject(
      byRule(409, 'nothing_to_answer'),
    );
    expect((await read('data.protection', it.path)).hearing).toMatchObject({ gist, answer });
    expect((await read('host', it.path)).hearing).toBeUndefined();
    expect(Object.keys((await read('auditor', it.path)).hearing).toSorted()).toEqual([
      'answeredAt',
      'due',
      'toldAt',
    ]);
    expect((await revoke(it, 'data.protection')).body.status).toBe('revoked');
  });

  test('is in no mail and no log', async () => {
    const { rows } = await council.world.db.raw(
      `select count(*)::int as n from messages m where to_jsonb(m)::text ~* 'zirkonzq|achatzq|onyxzq'`,
    );
    expect([rows, council.lines.join('').match(/zirkonzq|achatzq|onyxzq/i)]).toEqual([[{ n: 0 }], null]);
  });
});

test('without an answer it is ended after the fifth working day, over Easter, and not on it', async () => {
  council.clock = told;
  const it = await frozen();
  expectOk(await post('data.protection', `${it.path}/hearing`, { gist }));
  council.clock = atLondonTime('2027-04-02', '23:59');
  expect(await revoke(it, 'legal')).toMatchObject(byRule(409, 'hearing'));
  council.clock = atLondonTime('2027-04-03', '00:01');
  expectOk(await revoke(it, 'legal'));
  council.clock = told;
});

test('what a check has ended a visit of is ended to protect others unheard, and a release needs no hearing', async () => {
  council.clock = told;
  const it = await frozen();
  for (const by of ['data.protection', 'childrens.services', 'legal', 'host'] as const) {
    const refused = await revoke(it, by, { cause: 'to_protect_others' });
    expect([by, refused]).toMatchObject([by, byRule(409, 'hearing')]);
    expect(refused.body.detail).toContain('no check or withdrawal ended a visit.');
  }
  await blocked(it);
  expect(await revoke(it, 'childrens.services')).toMatchObject(byRule(409, 'hearing'));
  expectOk(await revoke(it, 'childrens.services', { cause: 'to_protect_others' }));
  const other = await frozen();
  expectOk(await post('data.protection', `${other.grant.path}/release`, { reasons }));
});

test('a release while the incident is open opens no way round the hearing', async () => {
  council.clock = told;
  const it = await frozen();
  expectOk(await post('data.protection', `${it.grant.path}/release`, { reasons }));
  for (const changes of [{}, { cause: 'condition' }, { cause: 'to_protect_others' }])
    expect(await revoke(it, 'legal', changes)).toMatchObject(byRule(409, 'hearing'));
  expectOk(await post('data.protection', `${it.path}/hearing`, { gist }));
  expectOk(await post('scrutiny.member', `${it.path}/hearing/answer`, { text: answer }));
  expectOk(await revoke(it, 'legal'));
});

test('a release and the close of the incident open no way round the hearing, save on other facts that are declared', async () => {
  council.clock = told;
  const cleared = async (): Promise<Frozen> => {
    const it = await frozen();
    await releaseAll();
    expectOk(await post('data.protection', `${it.path}/close`, { reasons }));
    return it;
  };
  const it = await cleared();
  for (const changes of [{}, { cause: 'condition' }, { cause: 'to_protect_others' }])
    expect(await revoke(it, 'legal', changes)).toMatchObject(byRule(409, 'hearing'));
  const ended = {
    ended_at: told,
    ended_because: 'revoked',
    end_reasons: reasons,
    ended_by: await personId(council.world.db, 'legal'),
  } as const;
  await expect(
    behindTheApi(council.world.owner, (trx) => trx('grants').where({ id: it.grant.id }).update(ended)),
  ).rejects.toMatchObject({ constraint: 'end_unheard' });
  // They are heard all the same, although the incident is closed.
  expectOk(await post('data.protection', `${it.path}/hearing`, { gist }));
  expect(await revoke(it, 'legal', { cause: 'condition' })).toMatchObject(byRule(409, 'hearing'));
  expectOk(await post('scrutiny.member', `${it.path}/hearing/answer`, { text: answer }));
  expectOk(await revoke(it, 'legal'));

  const other = await cleared();
  const page = await (await as('legal')).open(paths.revoke(other.grant.id));
  expect(page.text).toContain('This end rests on other facts than the incident');
  expectOk(await revoke(other, 'legal', { otherFacts: true }));
  const open = await frozen();
  expectOk(await post('data.protection', `${open.grant.path}/release`, { reasons }));
  expect(await revoke(open, 'legal', { otherFacts: true })).toMatchObject(byRule(409, 'hearing'));
});

test('nobody is told anything about an incident that somebody else caused', async () => {
  const grant = await granted(council, { now: () => council.clock });
  const { body } = expectOk(
    await post('host', '/api/incidents', {
      what: 'outside_scope',
      causedBy: 'host',
      text: 'A file lay open on the desk.',
      happenedAt: council.clock.toISOString(),
      grant: grant.id,
    }),
  );
  const refused = await post('data.protection', `/api/incidents/${body.id}/hearing`, { gist });
  expect(refused).toMatchObject(byRule(409, 'hearing_needless'));
  expect((await read('scrutiny.chair', `/api/incidents/${body.id}`)).next).toEqual({
    what: 'close',
    by: null,
  });
});

test('a freeze that is confirmed is not missed; one that is neither confirmed nor released goes to the head', async () => {
  council.clock = told;
  const one = await frozen();
  // What is granted meanwhile is frozen with the rest.
  const two = await granted(council, { author: 'scrutiny.member', now: () => council.clock });
  expectOk(await post('data.protection', `${one.grant.path}/confirm-freeze`, { reasons }));
  council.clock = atLondonTime('2027-03-26', '00:30');
  await run('due_days');
  await run('escalations');
  const missed = await council.world
    .db('reminders as t')
    .join('requests as r', 'r.id', 't.request_id')
    .where({ what: 'release_or_end', step: 'missed' })
    .whereIn('r.reference', [one.grant.line.reference, two.line.reference])
    .pluck<string[]>('r.reference');
  expect(missed).toEqual([two.line.reference]);
  council.clock = told;
});

test('the database ends nothing that an incident froze before the councillor could answer', async () => {
  council.clock = told;
  const it = await frozen();
  const by = await personId(council.world.db, 'legal');
  const ended = { ended_at: told, ended_because: 'revoked', end_reasons: reasons, ended_by: by } as const;
  const refuses = async (more: object) =>
    expect(
      behindTheApi(council.world.owner, (trx) =>
        trx('grants')
          .where({ id: it.grant.id })
          .update({ ...ended, ...more }),
      ),
    ).rejects.toMatchObject({ constraint: 'end_unheard' });
  await refuses({});
  await refuses({ end_cause: 'to_protect_others' });
  expectOk(await post('data.protection', `${it.grant.path}/release`, { reasons }));
  await refuses({ end_cause: 'council_decision' });
});

test('the page to end it says until when nobody can, and offers the one cause that needs no hearing', async () => {
  council.clock = told;
  const it = await frozen();
  const before = await (await as('legal')).open(paths.revoke(it.grant.id));
  expect(before.text).toContain('Nothing on record says that others must be protected');
  await blocked(it);
  const page = await (await as('legal')).open(paths.revoke(it.grant.id));
  expect(page.text).toContain(
    'Tell the councillor what is alleged first. Until then you can end it only to protect',
  );
});
