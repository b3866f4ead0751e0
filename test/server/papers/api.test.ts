/**
 * Papers (need-to-know.md, section 3, last paragraph): the draft that a wish for them opens, the right that Legal
 * records first, and the releases under it or under a grant; all by the API.
 */
import { describe, expect, test } from '@jest/globals';
import { addDays, atLondonTime, londonDate } from '../../../policies/core/time/london.js';
import { withdrawRequest } from '../../../server/request/withdraw-request.js';
import { defaultSettings } from '../../../policies/settings/settings.js';
import type { Job } from '../../../server/jobs/job.js';
import { withdrawUnanswered } from '../../../server/jobs/withdrawals.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import type { Granted } from '../../support/granted.js';
import { noRightSays, type NoRight } from '../../../policies/papers/rights.js';
import { complete, expectOk, Line } from '../../support/line.js';
import { enter } from '../../support/members.js';
import {
  behindTheApi,
  byRule,
  ctxFor,
  lineAt,
  notFound,
  personId,
  stepsOf,
  storedOf,
  leavesNothing,
} from '../../support/people.js';
import { VisitWalk } from '../../support/visiting.js';
import { foundRow } from '../../support/found-row.js';

const council = useCouncil();
const hour = 3_600_000;
const today = () => londonDate(council.clock);
const inDays = (days: number) => addDays(today(), days);
const instant = (hours = 0) => new Date(council.clock.getTime() + hours * hour).toISOString();
const later = (hours: number) => {
  council.clock = new Date(council.clock.getTime() + hours * hour);
};

const audits = { category: 'Audits of recording', from: '2026-01-01', to: '2026-03-31' };
const minutes = { category: 'Minutes of the panel', from: '2026-04-01', to: '2026-06-30' };
const papers = [audits, minutes];
const asked = { observationType: 'document_inspection', papers } as const;
const inspection = () => Line.submitted(council, asked);

const release = async ({ path }: Line, body: object, by: Account = 'childrens.services'): Promise<Answer> =>
  (await council.as(by)).post(`${path}/releases`, body);
const faultIn = (field: string) => ({
  status: 422,
  body: { errors: [expect.objectContaining({ field })] },
});
const kindsFor = async (reference: string, kind: string) =>
  (await council.world.db('messages').where({ reference, kind })).length;
const incidentsOf = ({ reference }: Line) =>
  council.world
    .db('incidents as i')
    .join('requests as r', 'r.id', 'i.request_id')
    .where('r.reference', reference)
    .orderBy('i.seq')
    .select(
      'i.what',
      'i.caused_by as causedBy',
      'i.outside',
      'i.happened_at as happenedAt',
      'i.reported_at as reportedAt',
      'i.grant_id as grantId',
    );

describe('a wish for papers', () => {
  test('opens one linked draft of its author’s, once, however often the request is handed in', async () => {
    const declarations = { collateralPurpose: 'no', connection: 'none', documents: 'yes' };
    const line = await Line.submitted(council, { declarations, papers });
    const chair = await council.as('scrutiny.chair');
    const { body } = await line.read('scrutiny.chair');
    expect(body.linked).toEqual([
      { reference: expect.any(String), observationType: 'document_inspection', status: 'draft' },
    ]);
    const [{ reference }] = body.linked as { reference: string }[] as [{ reference: string }];
    expect(reference).not.toBe(line.reference);

    const draft = await chair.get(`/api/requests/${reference}`);
    expect(draft.body).toMatchObject({
      status: 'draft',
      observationType: 'document_inspection',
      role: body.role,
      authority: body.authority,
      window: body.window,
      papers,
      linked: [{ reference: line.reference, status: 'submitted' }],
    });
    expect(draft.body).not.toHaveProperty('necessity');
    expect(await stepsOf(council.world.db, reference)).toEqual([
      { type: 'request.opened', decision: { from: line.reference } },
    ]);
    expect(await kindsFor(reference, 'papers_opened')).toBe(1);

    // The observation goes on without it, and nobody else learns that there is a draft.
    for (const by of ['legal', 'childrens.services', 'data.protection', 'auditor', 'host']) {
      expect((await line.read(by)).body.linked).toEqual(by === 'host' ? undefined : []);
      expect(await (await council.as(by)).get(`/api/requests/${reference}`)).toMatchObject(notFound);
    }

    const legal = await council.as('legal');
    expectOk(await legal.post(`${line.path}/return`, { version: 1, questions: 'Which item is it?' }));
    expectOk(await chair.post(`${line.path}/submit`, { version: 1 }));
    expectOk(await line.edit({ events: 2 }));
    expect((await line.read('scrutiny.chair')).body.linked).toHaveLength(1);

    // Once it is handed in, everyone who reads the one also sees that there is the other.
    const { necessity, alternatives, events } = await complete(council, chair);
    const no = { ...declarations, documents: 'no' };
    expectOk(
      await chair.patch(`/api/requests/${reference}`, {
        version: 1,
        necessity,
        alternatives,
        events,
        declarations: no,
      }),
    );
    expectOk(await chair.post(`/api/requests/${reference}/submit`, { version: 2 }));
    expect((await line.read('legal')).body.linked).toEqual([
      { reference, observationType: 'document_inspection', status: 'submitted' },
    ]);
  });

  test('opens no draft if no papers are wanted, nor for a request that is for papers itself', async () => {
    const without = await Line.submitted(council);
    expect((await without.read('scrutiny.chair')).body.linked).toEqual([]);
    const itself = await Line.submitted(council, {
      ...asked,
      declarations: { collateralPurpose: 'no', connection: 'none', documents: 'yes' },
    });
    expect((await itself.read('scrutiny.chair')).body.linked).toEqual([]);
    const wanted = { collateralPurpose: 'no', connection: 'none', documents: 'yes' };
    expectOk(await without.edit({ declarations: wanted }));
    expect((await without.read('scrutiny.chair')).body.linked).toHaveLength(1);
  });
});

/** As one reason of policies/papers/rights.ts says no: by the rule, with the authority of that reason. */
const noRight = (reason: NoRight) => ({
  status: 409,
  body: {
    rule: 'statutory_right',
    authority: noRightSays(reason).authority,
    detail: noRightSays(reason).says,
  },
});
const delegation = 'Delegation 7 of the executive, of 3 June 2026';
const everything = [audits.category, minutes.category];

describe('Legal records the right', () => {
  test('before anybody signs; for papers alone; with reasons, the document, what it hangs on and a due day that fits', async () => {
    const line = await lineAt(council, 'discussed', { changes: asked });
    expect(await line.sign('childrens_services')).toMatchObject(byRule(409, 'right_first'));
    expect((await line.read('legal')).body).toMatchObject({ statutoryRight: null, releases: [] });

    const cites = { kind: 'meeting', body: 'Cabinet', date: inDays(5) };
    for (const [right, due, field, more] of [
      ['s100F', inDays(6), 'due', { cites }],
      ['reg16', inDays(-1), 'due', { cites }],
      ['reg17', inDays(12), 'due', {}],
      ['none', inDays(3), 'due', {}],
      ['s100F', inDays(3), 'reasons', { reasons: undefined }],
      ['none', undefined, 'reasons', { reasons: undefined }],
      ['s100F', inDays(3), 'document', { document: undefined }],
      ['s100F', inDays(3), 'cites', { cites: undefined }],
      ['s100F', inDays(3), 'reasons', { reasons: 'Born 3 May 2019 in the family.' }],
      ['s100F', inDays(3), 'cites.kind', { cites: { ...cites, kind: 'rumour' } }],
    ] as const) {
      const answer = await leavesNothing(council, line.reference, () =>
        line.right(right, due, 'legal', more),
      );
      expect([right, field, answer]).toMatchObject([right, field, faultIn(field)]);
    }
    expect(await line.right('none', undefined, 'democratic.services')).toMatchObject(byRule(403, 'office'));
    expect(await line.right('none', undefined, 'scrutiny.member')).toMatchObject(notFound);
    const meeting = await lineAt(council, 'submitted');
    expect(await meeting.right('none')).toMatchObject(byRule(409, 'documents_only'));
    expect((await meeting.read('legal')).body).not.toHaveProperty('statutoryRight');

    expectOk(await line.right('none'));
    expectOk(await line.sign('childrens_services'));
    const { body } = expectOk(await line.right('s100F', today()));
    expect(body).toMatchObject({
      statutoryRight: { right: 's100F', due: today(), counts: false, confirmed: null },
      due: { what: 'release', at: today() },
      signOffs: [{ office: 'childrens_services' }],
    });
    // Until another person confirms it nobody knows whether the seats are asked.
    expect(await line.sign('democratic_services')).toMatchObject(byRule(409, 'right_waits'));
    expect(await line.decide('refuse')).toMatchObject(byRule(409, 'right_waits'));
    const confirmed = expectOk(await line.confirmRight());
    expect(confirmed.body).toMatchObject({
      statutoryRight: { counts: true, confirmed: { office: 'democratic_services' } },
      signOffs: [{ office: 'childrens_services', voidedAt: expect.any(String) }],
    });
    expect(await line.sign('childrens_services')).toMatchObject(byRule(409, 'right_stands'));
    expect(await line.decide('refuse')).toMatchObject(byRule(409, 'right_stands'));
    const stored = await storedOf(council.world.db, line.reference);
    expect(stored.signOffs.map(({ voided_because: because }) => because)).toEqual(['right_recorded']);
    expect(await kindsFor(line.reference, 'seats_voided')).toBe(1);
    expect(await kindsFor(line.reference, 'right_to_confirm')).toBeGreaterThan(1);
    expect(await kindsFor(line.reference, 'papers_due')).toBeGreaterThan(1);
    expect((await stepsOf(council.world.db, line.reference)).slice(-3)).toEqual([
      {
        type: 'right.recorded',
        decision: { version: 1, right: 's100F', claimed: null, due: today(), cites: 'meeting' },
      },
      {
        type: 'right.confirmed',
        decision: {
          version: 1,
          right: 's100F',
          claimed: null,
          findings: [],
          statement: false,
          proof: 'passphrase',
        },
      },
      {
        type: 'request.seats_voided',
        decision: {
          version: 1,
          offices: ['childrens_services'],
          because: 'right_recorded',
          proof: 'passphrase',
        },
      },
    ]);

    // It may be recorded otherwise while nothing was released: the three offices have it again.
    const again = expectOk(await line.right('none'));
    expect(again.body.due.what).toBe('decide');
    expectOk(await line.sign('childrens_services'));
  });

  test('of one version: other papers are another question', async () => {
    const line = await inspection();
    await line.underRight('s100F', inDays(5), everything);
    expectOk(await line.edit({ papers: [minutes] }));
    const { body } = await line.read('legal');
    expect(body).toMatchObject({ statutoryRight: null, due: { what: 'decide' } });
    const at = instant();
    expect(await release(line, { category: minutes.category, at })).toMatchObject(byRule(409, 'right_first'));
    expect(await line.right('none')).toMatchObject({ status: 200 });
    expect(await release(line, { category: minutes.category, at })).toMatchObject(byRule(409, 'release'));
  });

  test('that exists for this person alone: every other is refused by the rule, with its authority', async () => {
    const governed = async (governance: string) => {
      const keeper = await council.as('democratic.services');
      const { revision } = (await keeper.get('/api/settings')).body as { revision: number };
      expectOk(await keeper.patch('/api/settings', { revision, governance }));
    };
    const of = (author: Account, role: object) =>
      Line.submitted(council, { ...asked, role, authority: { kind: 'none' } }, author);
    const other = { kind: 'other' };
    const coopted = await of('coopted.member', other);
    const ward = await of('ward.member', other);
    const lead = await of('lead.member', other);
    for (const [line, right, reason] of [
      [coopted, 's100F', 'coopted'],
      [coopted, 'reg16', 'coopted_executive'],
      [ward, 'reg17', 'no_scrutiny'],
      [lead, 'reg17', 'executive_member'],
    ] as const) {
      const refused = await leavesNothing(council, line.reference, () => line.right(right));
      expect(refused).toMatchObject(noRight(reason));
    }
    await governed('committee_system');
    for (const right of ['reg16', 'reg17'] as const)
      expect(await ward.right(right)).toMatchObject(noRight('no_executive'));
    expectOk(await ward.right('s100F', inDays(3)));
    await governed('leader_and_cabinet');
    expectOk(await lead.right('reg16', inDays(3)));
    expectOk(await coopted.right('reg17'));

    const past = { cites: { kind: 'meeting', body: 'Cabinet', date: inDays(-1) } };
    expect(await ward.right('s100F', undefined, 'legal', past)).toMatchObject(noRight('meeting_to_come'));
    const toCome = { cites: { kind: 'decision', body: 'Cabinet', date: inDays(1) } };
    expect(await ward.right('reg16', undefined, 'legal', toCome)).toMatchObject(noRight('not_over'));
    expect(await coopted.right('reg17', undefined, 'legal', toCome)).toMatchObject(noRight('not_transacted'));
  });

  test('is due by a clock of its own, from the receipt, and says how it was counted; a return stops nothing', async () => {
    const line = await inspection();
    const received = today();
    const { body } = expectOk(await line.right('reg17'));
    expect(body.statutoryRight.due).toBe(addDays(received, 11));
    expect(body.due).toMatchObject({ what: 'release', at: addDays(received, 11), skipped: [], pauses: [] });
    expect(body.due.counted).toEqual(Array.from({ length: 10 }, (_, day) => addDays(received, day + 1)));
    const legal = await council.as('legal');
    const returned = expectOk(
      await legal.post(`${line.path}/return`, { version: 1, questions: 'Which item is it?' }),
    );
    expect(returned.body).toMatchObject({ status: 'returned', due: body.due });
    const { id } = await foundRow(
      council.world.db('requests').where({ reference: line.reference }).first('id'),
    );
    expect(
      await council.world
        .owner('runtime.due_days')
        .where({ request_id: id })
        .whereIn('kind', ['clock', 'answer_returned'])
        .select('kind', 'due_on'),
    ).toEqual([{ kind: 'clock', due_on: addDays(received, 11) }]);
    // And it goes on to the release while the councillor has the request.
    expectOk(await line.confirmRight({ delegation }));
    expect(await release(line, { category: audits.category, at: instant() })).toMatchObject(
      byRule(409, 'right_bars'),
    );
    // However late the councillor answers: the request is not withdrawn, since the papers are due.
    later(24 * 60);
    await withdrawUnanswered({
      db: council.world.db,
      now: () => council.clock,
      settings: defaultSettings,
    } as Job);
    expect((await line.read('legal')).body).toMatchObject({ status: 'returned', due: { what: 'release' } });
    // What refuses the answer now is the window, which is over, and not the time to answer.
    const chair = await council.as('scrutiny.chair');
    expect(await chair.post(`${line.path}/submit`, { version: 1 })).toMatchObject(byRule(422, 'window'));
  });
});

describe('another person confirms it', () => {
  test('of the right office, who did not record it; the executive’s delegate cites the delegation', async () => {
    const line = await Line.submitted(council, asked);
    expect(await line.confirmRight()).toMatchObject(byRule(409, 'no_right_waits'));
    expectOk(await line.right('s100F', inDays(5)));
    expect(await line.confirmRight({}, 'childrens.services')).toMatchObject(byRule(403, 'office'));
    expect(await line.confirmRight({}, 'legal.second')).toMatchObject(byRule(403, 'office'));
    expect(await line.confirmRight({}, 'monitoring.officer')).toMatchObject(byRule(403, 'office'));
    expect(await line.confirmRight({ delegation })).toMatchObject(faultIn('delegation'));

    // Of Legal and of Democratic Services: who recorded it does not confirm it.
    expectOk(await line.right('s100F', inDays(5), 'two.offices'));
    const own = await leavesNothing(council, line.reference, () => line.confirmRight({}, 'two.offices'));
    expect(own).toMatchObject(byRule(403, 'right_two_people'));
    expectOk(await line.confirmRight());
    expect(await line.confirmRight()).toMatchObject(byRule(409, 'no_right_waits'));

    const scrutiny = await inspection();
    expectOk(await scrutiny.right('reg17'));
    expect(await scrutiny.confirmRight()).toMatchObject(faultIn('delegation'));
    expectOk(await scrutiny.confirmRight({ delegation }, 'childrens.services'));
  });

  test('with findings, each of papers asked for, once, with reasons, and one that the right knows', async () => {
    const line = await inspection();
    expectOk(await line.right('s100F', inDays(5)));
    const found = {
      category: audits.category,
      finding: 'not_exempt',
      reasons: 'They hold no personal data.',
    };
    for (const [findings, field] of [
      [[{ ...found, category: 'Diaries' }], 'findings.0.category'],
      [[found, found], 'findings.1.category'],
      [[{ ...found, finding: 'political_advice' }], 'findings.0.finding'],
      [[{ ...found, finding: 'harmless' }], 'findings.0.finding'],
      [[{ ...found, reasons: '' }], 'findings.0.reasons'],
      [[{ ...found, reasons: 'The child was born on 3 May 2019.' }], 'findings.0.reasons'],
    ] as const) {
      const refused = await leavesNothing(council, line.reference, () => line.confirmRight({ findings }));
      expect([field, refused]).toMatchObject([field, faultIn(field)]);
    }
    const { body } = expectOk(await line.confirmRight({ findings: [found] }));
    expect(body.statutoryRight).toMatchObject({ findings: [found], counts: true });
    const steps = await stepsOf(council.world.db, line.reference);
    expect(steps.at(-1)).toMatchObject({
      type: 'right.confirmed',
      decision: { findings: [{ papers: 1, finding: 'not_exempt' }] },
    });
    expect(JSON.stringify(steps)).not.toContain('Audits');
  });

  test('and not once the register says that the person has it no longer', async () => {
    const member = await enter(council, 'right.lost');
    const line = await lineAt(council, 'submitted', { author: member.account, changes: asked });
    expectOk(await line.right('reg17'));
    const keeper = await council.as('democratic.services');
    expectOk(
      await keeper.post(`${member.path}/appointments`, {
        title: 'Cabinet',
        kind: 'lead_member',
        from: inDays(-1),
      }),
    );
    const refused = await leavesNothing(council, line.reference, () => line.confirmRight({ delegation }));
    expect(refused).toMatchObject(noRight('executive_member'));
  });

  test('also in the database: no right without reasons, by one person alone, or by another office', async () => {
    const line = await inspection();
    expectOk(await line.right('s100F', inDays(5)));
    const { db } = council.world;
    const { id } = await foundRow(db('requests').where({ reference: line.reference }).first('id'));
    const row = await foundRow(db('statutory_rights').where({ request_id: id }).first());
    const { seq, ...copied } = row;
    const adding = (change: object) =>
      behindTheApi(db, (trx) =>
        trx('statutory_rights').insert({ ...copied, findings: JSON.stringify([]), ...change }),
      );
    for (const missing of [
      { reasons: null },
      { document: null },
      { cites_kind: null },
      { earlier: 'relied_on' },
    ])
      await expect(adding(missing)).rejects.toMatchObject({ constraint: 'statutory_rights_reasoned' });
    const confirming = (change: object) =>
      behindTheApi(council.world.owner, async (trx) =>
        trx('statutory_rights')
          .where({ seq })
          .update({
            confirmed_at: council.clock,
            confirmed_by: await personId(trx, 'democratic.services'),
            confirmed_office: 'democratic_services',
            confirmed_capacity: 'principal',
            ...change,
          }),
      );
    for (const [change, constraint] of [
      [{ confirmed_by: row.person_id }, 'statutory_rights_two_people'],
      [{ confirmed_office: 'childrens_services' }, 'statutory_rights_confirmer'],
      [{ delegation }, 'statutory_rights_confirmer'],
      [{ confirmed_office: null }, 'statutory_rights_confirmed_check'],
      [{ right_given: 'reg17' }, 'statutory_rights_kept'],
    ] as const)
      await expect(confirming(change)).rejects.toMatchObject({ constraint });
    expectOk(await line.confirmRight());
    await expect(confirming({ confirmed_at: new Date(0) })).rejects.toMatchObject({
      constraint: 'statutory_rights_kept',
    });
    // A release under it needs what it covers, whoever writes it.
    const released = (category: string) =>
      behindTheApi(db, async (trx) =>
        trx('releases').insert({
          request_id: id,
          version: 1,
          category,
          released_at: council.clock,
          recorded_at: council.clock,
          person_id: await personId(trx, 'childrens.services'),
          office: 'childrens_services',
          capacity: 'principal',
        }),
      );
    await expect(released('health')).rejects.toMatchObject({ constraint: 'release_without_authority' });
    await released('process');
  });
});

describe('a child’s health papers', () => {
  const health = { category: 'health', from: '2026-01-01', to: '2026-03-31' };
  const process = { ...health, category: 'process' };
  const of = (author: Account) =>
    Line.submitted(
      council,
      {
        observationType: 'document_inspection',
        papers: [health, process],
        role: { kind: 'other' },
        authority: { kind: 'none' },
      },
      author,
    );

  test.each([
    ['ward.member', 's100F', 'exempt'],
    ['ward.member', 'reg16', 'exempt_executive'],
    ['lead.member', 's100F', 'exempt'],
    ['lead.member', 'reg16', 'exempt_executive'],
    ['coopted.member', 'reg17', 'not_under_scrutiny'],
  ] as const)(
    'are not released to the %s under %s: refused, with its authority',
    async (author, right, reason) => {
      const line = await of(author);
      const cites = { kind: 'meeting', body: 'Cabinet', date: right === 'reg17' ? inDays(-9) : inDays(9) };
      expectOk(await line.right(right, undefined, 'legal', { cites }));
      const given = { category: 'health', at: instant() };
      expect(await release(line, given)).toMatchObject(byRule(409, 'right_waits'));
      expectOk(await line.confirmRight(right === 'reg17' ? { delegation } : {}));
      expect(await release(line, given)).toMatchObject(byRule(409, 'right_bars'));
      expectOk(await line.answer('legal_bars', { answer: [] }));
      const refused = await leavesNothing(council, line.reference, () => release(line, given));
      expect(refused).toMatchObject(noRight(reason));
      // What tells how the work is done is not exempt, and nothing else is due.
      const { body } = expectOk(await release(line, { ...given, category: 'process' }));
      expect(body).toMatchObject({ due: null, releases: [{ category: 'process' }] });
    },
  );

  test('are not released to the co-opted member under a right of the council’s own members', async () => {
    const line = await of('coopted.member');
    expect(await line.right('s100F')).toMatchObject(noRight('coopted'));
    expect(await line.right('reg16')).toMatchObject(noRight('coopted_executive'));
    expect(await release(line, { category: 'health', at: instant() })).toMatchObject(
      byRule(409, 'right_first'),
    );
  });

  test('are given to a scrutiny member as a copy where a review is cited, and never where they are confidential', async () => {
    const line = await of('coopted.member');
    await line.underRight('reg17');
    const copy = { category: 'health', at: instant(), copy: true };
    expect(await release(line, { ...copy, returned: instant() })).toMatchObject(faultIn('returned'));
    const { body } = expectOk(await release(line, copy));
    expect(body.releases).toEqual([{ category: 'health', at: copy.at, returned: null, copy: true }]);
    // A copy stays: nothing is out that could come back.
    expect(await release(line, { ...copy, returned: instant() })).toMatchObject(faultIn('returned'));

    const other = await of('coopted.member');
    expectOk(await other.right('reg17'));
    expectOk(await other.answer('legal_bars', { answer: [] }));
    const reasons = 'A department gave them on terms that forbid it.';
    const findings = [{ category: 'health', finding: 'confidential', reasons }];
    const { statutoryRight } = expectOk(await other.confirmRight({ delegation, findings })).body;
    expect(await release(other, copy)).toMatchObject(noRight('confidential'));
    expect(statutoryRight.statement).toEqual({
      whole: false,
      parts: [{ category: 'health', ...noRightSays('confidential'), reasons }],
    });
    expect(await kindsFor(other.reference, 'statement_to_print')).toBeGreaterThan(0);
  });

  test('are not released while the law bars it: a right lifts no bar', async () => {
    const line = await of('scrutiny.chair');
    await line.underRight('reg17');
    expectOk(await line.answer('legal_bars', { answer: [{ bar: 'court_order' }] }));
    const refused = await leavesNothing(council, line.reference, () =>
      release(line, { category: 'health', at: instant() }),
    );
    expect(refused).toMatchObject(byRule(409, 'right_bars'));
  });

  test('are given as no copy under a grant', async () => {
    const window = { from: today(), to: inDays(20) };
    const line = await lineAt(council, 'ready', { changes: { ...asked, window } });
    expectOk(await line.decide('approve'));
    const given = { category: audits.category, at: instant(), copy: true };
    expect(await release(line, given)).toMatchObject(byRule(409, 'release'));
  });
});

describe('a claimed right that does not exist', () => {
  const claiming = (claimedRight: string) => Line.submitted(council, { ...asked, claimedRight });

  test('is denied with reasons, confirmed, read by the councillor, and told to the committee where it is of scrutiny', async () => {
    const line = await claiming('reg17');
    expect((await line.read('legal')).body).toMatchObject({ claimedRight: 'reg17', statutoryRight: null });
    const { body } = expectOk(await line.right('none'));
    expect(body.statutoryRight).toMatchObject({ right: 'none', claimed: 'reg17', counts: false });
    // Before it counts the councillor reads no reasons of it.
    expect((await line.read('scrutiny.chair')).body.statutoryRight).not.toHaveProperty('reasons');
    await line.answerAll();
    await line.discuss();
    expect(await line.sign('childrens_services')).toMatchObject(byRule(409, 'right_waits'));
    expect(await line.confirmRight()).toMatchObject(faultIn('delegation'));
    const confirmed = expectOk(await line.confirmRight({ delegation }));
    expect(confirmed.body.statutoryRight).toMatchObject({
      counts: true,
      delegation,
      statement: { whole: true, parts: [] },
    });
    expect(await kindsFor(line.reference, 'right_denied')).toBe(1);
    expect(await kindsFor(line.reference, 'statement_to_print')).toBeGreaterThan(0);
    expect((await line.read('scrutiny.chair')).body.statutoryRight).toMatchObject({
      reasons: expect.stringMatching(/\S/),
    });
    expect((await line.read('auditor')).body.statutoryRight).not.toHaveProperty('reasons');
    // The three offices decide about the papers as they do about a visit.
    expectOk(await line.sign('childrens_services'));
  });

  test('is claimed for papers alone', async () => {
    const line = await Line.drafted(council, { claimedRight: 's100F' });
    const chair = await council.as('scrutiny.chair');
    expect(await chair.post(`${line.path}/submit`, { version: 1 })).toMatchObject(faultIn('claimedRight'));
  });

  test('is reviewed like a refusal: in time, once, by somebody else, and found afresh by others', async () => {
    const line = await claiming('s100F');
    const chair = await council.as('scrutiny.chair');
    const officer = await council.as('monitoring.officer');
    const asking = () =>
      chair.post(`${line.path}/statutory-right/review`, { version: 1, reasons: 'It exists.' });
    const deciding = (outcome: string, by = officer) =>
      by.post(`${line.path}/statutory-right/review/decision`, {
        version: 1,
        outcome,
        reasons: 'Legal looked at the wrong meeting.',
        noConflict: true,
      });
    expectOk(await line.right('none'));
    expect(await asking()).toMatchObject(byRule(409, 'right_denied'));
    expectOk(await line.confirmRight());
    expect(await deciding('remitted')).toMatchObject(byRule(409, 'no_review'));
    expect(await deciding('remitted', await council.as('legal'))).toMatchObject(byRule(403, 'office'));
    const { body } = await asking();
    expect(body.can).not.toContain('decide_right_review');
    expect(await asking()).toMatchObject(byRule(409, 'right_denied'));
    expect(await kindsFor(line.reference, 'right_review_requested')).toBeGreaterThan(0);
    const decided = expectOk(await deciding('remitted'));
    expect(decided.body).toMatchObject({ statutoryRight: null });
    expect(await deciding('upheld')).toMatchObject(byRule(409, 'right_denied'));
    expect(await line.right('none')).toMatchObject(byRule(403, 'signed_before'));
    expectOk(await line.right('s100F', inDays(5), 'legal.second'));
    expectOk(await line.confirmRight());
    expect((await stepsOf(council.world.db, line.reference)).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['right.review_requested', 'right.review_decided']),
    );

    const late = await claiming('s100F');
    expectOk(await late.right('none'));
    expectOk(await late.confirmRight());
    later(24 * 40);
    expect(
      await (
        await council.as('scrutiny.chair')
      ).post(`${late.path}/statutory-right/review`, {
        version: 1,
        reasons: 'It exists.',
      }),
    ).toMatchObject(byRule(409, 'review_time'));
  });
});

describe('papers are released', () => {
  test('under a right, without any seat, and come back once; then nothing is due', async () => {
    const line = await inspection();
    await line.underRight('s100F', inDays(5), everything);
    later(2);
    const at = instant(-1);
    const first = { category: audits.category, at };

    for (const [body, field] of [
      [{ ...first, category: 'process' }, 'category'],
      [{ ...first, at: instant(1) }, 'at'],
      [{ ...first, at: instant(-3) }, 'at'],
      [{ ...first, returned: instant(1) }, 'returned'],
      [{ ...first, returned: instant(-2) }, 'returned'],
    ] as const) {
      const refused = await leavesNothing(council, line.reference, () => release(line, body));
      expect(refused).toMatchObject(faultIn(field));
    }
    expect(await release(line, first, 'legal')).toMatchObject(byRule(403, 'office'));

    expect(expectOk(await release(line, first)).body).toMatchObject({
      releases: [{ category: audits.category, at, returned: null }],
      signOffs: [],
      due: { what: 'release' },
    });
    expect(await kindsFor(line.reference, 'papers_released')).toBe(1);
    expect(await line.right('reg17')).toMatchObject(byRule(409, 'release'));

    const returned = instant();
    const back = expectOk(await release(line, { ...first, returned })).body;
    expect(back.releases).toEqual([{ category: audits.category, at, returned }]);
    later(1);
    expectOk(await release(line, { ...first, returned }));
    expect(await release(line, { ...first, returned: instant() })).toMatchObject(byRule(409, 'release'));

    const last = expectOk(await release(line, { category: minutes.category, at: instant() })).body;
    expect(last).toMatchObject({ status: 'submitted', due: null });
    const { due_on: dueOn } = await foundRow(
      council.world.db('requests').where({ reference: line.reference }).first('due_on'),
    );
    expect(dueOn).toBeNull();
    const steps = (await stepsOf(council.world.db, line.reference)).filter(
      ({ type }) => type === 'papers.released',
    );
    expect(steps.map(({ decision }) => [decision?.['papers'], decision?.['under']])).toEqual([
      [1, 's100F'],
      [1, 's100F'],
      [2, 's100F'],
    ]);
    expect(JSON.stringify(steps)).not.toContain('Audits');
  });

  test('and come back whatever has become of the request; an end that is learned of late reaches them', async () => {
    const member = await enter(council, 'papers.out');
    const line = await lineAt(council, 'submitted', {
      author: member.account,
      changes: { ...asked, papers },
    });
    await line.underRight('s100F', inDays(5), everything);
    later(2);
    const at = instant(-1);
    const first = { category: audits.category, at };
    expectOk(await release(line, first));
    const { db } = council.world;
    const asker = await ctxFor(db, await personId(db, member.account), () => council.clock);
    await withdrawRequest(asker, line.reference, 1);
    const other = { category: minutes.category, at: instant() };
    expect(await release(line, other)).toMatchObject(byRule(409, 'status'));
    const returned = instant();
    expect(expectOk(await release(line, { ...first, returned })).body).toMatchObject({
      status: 'withdrawn',
      releases: [{ category: audits.category, at, returned }],
    });
    expect(await incidentsOf(line)).toEqual([]);

    const keeper = await council.as('democratic.services');
    const { term } = (await keeper.get(member.path)).body as { term: { from: string } };
    const ended = { standing: 'former', term: { from: term.from, to: inDays(-2) } };
    expectOk(await keeper.patch(member.path, ended));
    const found = [
      {
        what: 'unauthorised_access',
        causedBy: 'other',
        outside: ['standing'],
        happenedAt: new Date(at),
        reportedAt: council.clock,
        grantId: null,
      },
    ];
    expect(await incidentsOf(line)).toEqual(found);
    expectOk(await keeper.patch(member.path, { term: { from: term.from, to: inDays(-3) } }));
    expect(await incidentsOf(line)).toEqual(found);
  });

  test('after approval only in a sitting: a release without authority is recorded too, and is an incident that day', async () => {
    const window = { from: today(), to: inDays(20) };
    const changes = { ...asked, papers: [audits], window };
    const told = await kindsFor('incidents', 'incident_reported');
    // Of the other member: the chair's grants are not frozen with it.
    const line = await lineAt(council, 'ready', { author: 'scrutiny.member', changes });
    const given = { category: audits.category, at: instant() };
    expect(await release(line, given)).toMatchObject(byRule(409, 'release'));
    const { id } = expectOk(await line.decide('approve')).body.grant as { id: string };
    // Before anybody had asked for them they are no papers of this request.
    expect(await release(line, { ...given, at: instant(-1) })).toMatchObject(faultIn('at'));
    later(1);
    expect(await release(line, { category: 'health', at: instant() })).toMatchObject(faultIn('category'));

    const at = instant();
    const lines = [{ category: audits.category, at, returned: null, authorised: false }];
    const outside = expectOk(await release(line, { category: audits.category, at }));
    expect(outside.body.releases).toEqual(lines);
    // Sent again it is the same release, and not another incident.
    expectOk(await release(line, { category: audits.category, at }));
    expectOk(await release(line, { category: audits.category, at, returned: instant() }));
    const incidents = await incidentsOf(line);
    expect(incidents).toEqual([
      {
        what: 'unauthorised_access',
        causedBy: 'childrens_services',
        outside: ['unplanned'],
        happenedAt: council.clock,
        reportedAt: council.clock,
        grantId: id,
      },
    ]);
    const steps = (await stepsOf(council.world.db, line.reference)).slice(-3);
    expect(steps).toMatchObject([
      { type: 'incident.reported', decision: { what: 'unauthorised_access', frozen: 0 } },
      { type: 'papers.released', decision: { authorised: false, outside: ['unplanned'], returned: null } },
      { type: 'papers.released', decision: { authorised: false, returned: at } },
    ]);
    expect(await kindsFor('incidents', 'incident_reported')).toBe(told + 1);
    // The council's own act is not laid to the councillor, unless it says so.
    const statusNow = async () => (await (await council.as('legal')).get(`/api/grants/${id}`)).body.status;
    expect(await statusNow()).toBe('active');
    expectOk(await release(line, { category: 'process', at, causedBy: 'councillor' }));
    expect(await statusNow()).toBe('frozen');
  });

  const sitting = async () => {
    const line = await lineAt(council, 'ready', {
      changes: { ...asked, papers, window: { from: today(), to: inDays(9) } },
    });
    const { id } = expectOk(await line.decide('approve')).body.grant as { id: string };
    const grant = { id, path: `/api/grants/${id}` } as Granted;
    const visit = await VisitWalk.planned(council, grant, { type: line.type, date: inDays(1) });
    expectOk(await visit.check('connection', { answer: 'none' }));
    expectOk(await visit.check('legal_bars', { answer: [] }));
    const at = (time: string) => atLondonTime(visit.date, time).toISOString();
    return { line, grant, visit, at };
  };

  test('in the sitting itself, which does not use up its own event; not once it was left', async () => {
    const { line, visit, at } = await sitting();
    visit.at('13:00');
    expectOk(await visit.attended());
    const category = audits.category;
    for (const time of ['10:04', '10:05', '11:40', '11:41'])
      expectOk(await release(line, { category, at: at(time) }));
    const { releases } = (await line.read('legal')).body as { releases: { authorised?: false }[] };
    expect(releases.map(({ authorised = true }) => authorised)).toEqual([true, true, true, false]);
    expect(await incidentsOf(line)).toMatchObject([{ outside: ['events', 'visit_ended'] }]);
  });

  test('and are back when it is over: papers still out when the grant ended become an incident once', async () => {
    const { line, grant, visit, at } = await sitting();
    visit.at('11:00');
    const first = { category: audits.category, at: at('10:30') };
    const second = { category: minutes.category, at: at('10:40') };
    expectOk(await release(line, first));
    expectOk(await release(line, second));
    expectOk(await release(line, { ...second, returned: at('10:59') }));
    const legal = await council.as('legal');
    expectOk(await legal.post(`${grant.path}/revoke`, { reasons: 'It is not needed now.' }));
    visit.at('12:00');
    const back = { ...first, returned: at('11:30') };
    expectOk(await release(line, back));
    expectOk(await release(line, back));
    expect((await line.read('auditor')).body.releases).toEqual([
      { at: first.at, returned: back.returned, authorised: false },
      { at: second.at, returned: at('10:59') },
    ]);
    expect(await incidentsOf(line)).toMatchObject([
      { what: 'unauthorised_access', causedBy: 'other', happenedAt: new Date(at('11:00')) },
    ]);
    expect((await incidentsOf(line))[0]?.outside).toContain('revoked');
    // What had been released while it was allowed is recorded still.
    expectOk(await release(line, { category: audits.category, at: at('10:45') }));
    expect(await incidentsOf(line)).toHaveLength(1);
  });

  test('under a right only to a member in office, by the register as it is known by then', async () => {
    const member = await enter(council, 'papers.member');
    const line = await lineAt(council, 'submitted', { author: member.account, changes: asked });
    await line.underRight('s100F', inDays(9), everything);
    const [before, lastDay] = [instant(), today()];
    later(24);
    const afterwards = instant();
    later(24);
    const services = await council.as('democratic.services');
    expectOk(await services.post(`${member.path}/gone`, { on: lastDay }));
    expectOk(await release(line, { category: audits.category, at: before }));
    expectOk(await release(line, { category: minutes.category, at: afterwards }));
    expect((await line.read('legal')).body.releases).toEqual([
      { category: audits.category, at: before, returned: null },
      { category: minutes.category, at: afterwards, returned: null, authorised: false },
    ]);
    expect(await incidentsOf(line)).toMatchObject([
      { what: 'unauthorised_access', outside: ['standing'], grantId: null },
    ]);
    const found = await (
      await council.as('data.protection')
    ).post('/api/disclosures/search', { councillor: member.id });
    expect(
      found.body.items.map((each: { papers: string; authorised: boolean; incident?: string }) => [
        each.papers,
        each.authorised,
        each.incident !== undefined,
      ]),
    ).toEqual([
      [minutes.category, false, true],
      [audits.category, true, false],
    ]);
  });

  test('and stand in the database as they were: they come back once, and never without their incident', async () => {
    const line = await inspection();
    await line.underRight('s100F', inDays(5), everything);
    const first = { category: audits.category, at: instant() };
    expectOk(await release(line, first));
    const { db } = council.world;
    const { id } = await foundRow(db('requests').where({ reference: line.reference }).first('id'));
    const changing = (change: object) =>
      behindTheApi(council.world.owner, (trx) => trx('releases').where({ request_id: id }).update(change));
    const kept = { constraint: 'releases_kept' };
    const returned_at = council.clock;
    for (const change of [
      { category: minutes.category },
      { released_at: new Date(0) },
      { authorised: false },
      { category: minutes.category, returned_at },
    ]) {
      await expect(changing(change)).rejects.toMatchObject(kept);
    }
    await expect(changing({ returned_at, authorised: false })).rejects.toMatchObject({
      constraint: 'releases_unauthorised_check',
    });
    expectOk(await release(line, { ...first, returned: first.at }));
    for (const change of [{ returned_at: null }, { returned_at: new Date() }]) {
      await expect(changing(change)).rejects.toMatchObject(kept);
    }
    const anew = { released_at: new Date(0), authorised: true, returned_at: null };
    const inserting = behindTheApi(db, async (trx) => {
      const {
        id: _id,
        seq: _seq,
        ...row
      } = await foundRow(trx('releases').where({ request_id: id }).first());
      await trx('releases').insert({ ...row, ...anew });
    });
    await expect(inserting).rejects.toMatchObject({ constraint: 'release_without_authority' });
  });

  test('on a day without a time: at noon, or as near to it as possible', async () => {
    council.clock = atLondonTime(inDays(1), '14:00');
    const line = await inspection();
    await line.underRight('s100F', inDays(5), everything);
    later(1);
    const first = { category: audits.category, at: today() };
    expect(await release(line, { ...first, at: inDays(-1) })).toMatchObject(faultIn('at'));
    expect(await release(line, { ...first, at: inDays(1) })).toMatchObject(faultIn('at'));
    expect(await release(line, { ...first, at: '2026-02-30' })).toMatchObject(faultIn('at'));
    // Not before the right was there, which is after noon.
    const { releases } = expectOk(await release(line, first)).body as { releases: { at: string }[] };
    expect(releases).toEqual([{ category: audits.category, at: instant(-1), returned: null }]);
    expectOk(await release(line, first));
    expect((await line.read('legal')).body.releases).toEqual(releases);

    council.clock = atLondonTime(inDays(1), '09:00');
    const morning = instant();
    const back = { ...first, at: inDays(-1), returned: today() };
    const [known] = expectOk(await release(line, back)).body.releases as object[];
    expect(known).toEqual({ ...releases[0], returned: morning });
    later(5);
    expectOk(await release(line, back));
    expectOk(await release(line, { category: minutes.category, at: today() }));
    expect((await line.read('legal')).body.releases).toEqual([
      known,
      { category: minutes.category, at: atLondonTime(today(), '12:00').toISOString(), returned: null },
    ]);
  });

  test('is read by each as the table has it: the auditor reads no text', async () => {
    const canary = 'Canarypapers of the review';
    const line = await Line.submitted(council, {
      observationType: 'document_inspection',
      papers: [{ ...audits, category: canary }],
    });
    await line.underRight('reg16', inDays(5), [canary]);
    const at = instant();
    expectOk(await release(line, { category: canary, at }));
    const right = { right: 'reg16', due: inDays(5) };
    for (const by of ['scrutiny.chair', 'legal', 'childrens.services', 'data.protection']) {
      expect((await line.read(by)).body).toMatchObject({
        statutoryRight: right,
        releases: [{ category: canary, at, returned: null }],
      });
    }
    const { body } = await line.read('auditor');
    expect(body).toMatchObject({ statutoryRight: right, releases: [{ at, returned: null }] });
    const trail = await (await council.as('auditor')).get(`/api/audit?subject=${line.reference}&limit=100`);
    expect(JSON.stringify([body, trail.body])).not.toMatch(/canarypapers/i);
    expect(council.lines.join('')).not.toMatch(/canarypapers/i);
    expect(await line.read('ward.member')).toMatchObject(notFound);
  });
});
