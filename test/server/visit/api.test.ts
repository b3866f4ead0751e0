/**
 * Visits (need-to-know.md, section 6): planned, checked, attended, judged and confirmed, and the questions
 * afterwards; all by the API, on a clock that the test moves.
 */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import { inDays } from '../../../policies/core/words/in-days.js';
import { addDays, atLondonTime } from '../../../policies/core/time/london.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { granted, type Granted } from '../../support/granted.js';
import { expectOk } from '../../support/line.js';
import { enter } from '../../support/members.js';
import { behindTheApi, byRule, notFound, stepsOf } from '../../support/people.js';
import { readyToVisit, VisitWalk } from '../../support/visiting.js';
import type { VisitCheck } from '../../../policies/visit/visit.js';

const council = useCouncil();

/** A Monday in term, no holiday near. */
const monday = '2027-01-11';
const tuesday = addDays(monday, 1);
const window = { from: monday, to: '2027-02-05' };
beforeEach(() => {
  council.clock = new Date(`${monday}T10:00:00Z`);
});

const coreGroup = (given: object = {}) => readyToVisit(council, { date: tuesday, window, ...given });
const notified = (reference: string, kind: string): Promise<string[]> =>
  council.world
    .db('messages as m')
    .join('people as p', 'p.id', 'm.to_person')
    .where({ 'm.reference': reference, 'm.kind': kind })
    .orderBy('p.email')
    .pluck<string[]>('p.email');
const plan = async (grant: Granted, body: object, by: Account = 'host'): Promise<Answer> =>
  (await council.as(by)).post(`${grant.path}/visits`, {
    date: tuesday,
    from: '10:00',
    to: '12:00',
    ...body,
  });
const fieldsOf = ({ body }: Answer): string[] =>
  (body.errors as { field: string }[] | undefined)?.map(({ field }) => field) ?? [];

describe('from an approval to a closed attendance', () => {
  test('a visit is planned, checked, attended, confirmed, asked about, answered and closed', async () => {
    const visit = await coreGroup({
      conditions: [{ text: 'The host writes a short note.', owner: 'host', before: 'closing' }],
    });
    const { line, conditions } = visit.grant;
    const before = (await visit.read('host')).body;
    expect(before).toMatchObject({ status: 'planned', access: { allowed: false } });
    expect(before.access.because).toEqual([
      { limit: 'visit_date', explanation: `The visit is on ${inDays(tuesday)}.` },
    ]);

    visit.at('10:30');
    expect((await visit.read('scrutiny.chair')).body.access).toEqual({ allowed: true, because: [] });
    visit.at('13:00');
    const recorded = await visit.attended();
    expect([recorded.status, recorded.body.status]).toEqual([201, 'recorded']);
    expect(recorded.body.attendance).toMatchObject({
      outcome: 'attended',
      arrived: `${tuesday}T10:05:00.000Z`,
      left: `${tuesday}T11:40:00.000Z`,
      authorised: true,
      outside: [],
      confirmation: null,
    });
    expect((await visit.grant.read('legal')).body).toMatchObject({ status: 'completed', eventsLeft: 0 });
    expect(await notified(line.reference, 'attendance_recorded')).toEqual(['scrutiny.chair@council.example']);
    expect(await council.world.db('incidents').where({ visit_id: visit.id })).toEqual([]);

    const confirmed = await visit.post('confirm', { agrees: true }, 'scrutiny.chair');
    expect(confirmed.body).toMatchObject({ status: 'confirmed', can: ['ask'] });
    const asked = await visit.post(
      'questions',
      { kind: 'question', text: 'How often does the group meet without health partners?' },
      'scrutiny.chair',
    );
    expect(asked.status).toBe(201);
    const [question] = asked.body.questions as { id: string; dueOn: string; can: string[] }[];
    expect(question).toMatchObject({ dueOn: '2027-01-26', owner: 'Host (demonstration)', can: [] });
    expect(await notified(line.reference, 'question_asked')).toEqual([
      'childrens.services@council.example',
      'host@council.example',
    ]);
    const respond = async (by: Account) =>
      (await council.as(by)).post(`/api/questions/${question?.id}/response`, {
        text: 'Twice in the last year, and the chair has taken it up.',
        toCommittee: true,
      });
    expect(await respond('host')).toMatchObject(byRule(403, 'office'));
    expect(await respond('scrutiny.member')).toMatchObject(notFound);
    const answered = await respond('childrens.services');
    expect(answered.status).toBe(201);
    expect(answered.body.questions[0]).toMatchObject({
      toCommittee: true,
      response: /* text */ expect.any(String),
    });
    expect(await respond('childrens.services')).toMatchObject(byRule(409, 'question_answered'));

    expectOk(
      await (
        await council.as('host')
      ).post(`${visit.grant.path}/conditions/${conditions[0]}`, { state: 'met' }),
    );
    expect((await visit.read('scrutiny.chair')).body.status).toBe('closed');
    const types = (await stepsOf(council.world.db, line.reference)).map(({ type }) => type);
    for (const type of [
      'visit.planned',
      'visit.checked',
      'attendance.recorded',
      'attendance.confirmed',
      'question.asked',
      'question.answered',
    ])
      expect(types).toContain(type);
  });

  test('the case is read by Children’s Services, Data Protection and the host, and stands in no entry and no mail', async () => {
    const visit = await coreGroup();
    const sees: Partial<Record<Account, boolean>> = {};
    const accounts: Account[] = [
      'scrutiny.chair',
      'childrens.services',
      'democratic.services',
      'legal',
      'monitoring.officer',
      'host',
      'data.protection',
      'auditor',
    ];
    for (const account of accounts) {
      const { status, body } = await visit.read(account);
      expect(status).toBe(200);
      sees[account] = JSON.stringify(body).includes('CP-2026-0042');
    }
    expect(Object.entries(sees).flatMap(([account, saw]) => (saw ? [account] : []))).toEqual([
      'childrens.services',
      'host',
      'data.protection',
    ]);
    const { rows } = await council.world.db.raw<{ rows: { found: string }[] }>(
      `select value::text as found from audit.secret where value::text like '%CP-2026%'
       union all select decision::text from audit.entries where decision::text like '%CP-2026%'
       union all select to_jsonb(m)::text from messages m where to_jsonb(m)::text like '%CP-2026%'`,
    );
    expect(rows).toEqual([]);
    expect(council.lines.filter((line) => line.includes('CP-2026'))).toEqual([]);
    for (const account of ['scrutiny.member', 'administrator'] as const)
      expect(await visit.read(account)).toMatchObject(notFound);
  });
});

describe('a check', () => {
  test('that the family withdraws on the morning ends the visit, uses no event, and tells the councillor nothing of it', async () => {
    const visit = await coreGroup();
    const { line } = visit.grant;
    visit.at('08:30');
    const withReason = await visit.check('agreements', {
      answer: { family: 'refused', child: 'agreed', members: 'agreed' },
      reason: 'They were unhappy with the last meeting.',
    });
    expect(withReason).toMatchObject({
      status: 422,
      body: { rule: 'refusal_reason', errors: [{ field: 'reason' }] },
    });
    const ended = await visit.check('agreements', {
      answer: { family: 'refused', child: 'agreed', members: 'agreed' },
    });
    expect(ended.body).toMatchObject({
      status: 'ended',
      endedBecause: 'withdrawn',
      can: ['record_attendance'],
    });
    expect((await visit.grant.read('host')).body).toMatchObject({ status: 'active', eventsLeft: 1 });

    const own = await visit.read('scrutiny.chair');
    expect(own.body.access.because).toEqual([
      { limit: 'in_place', explanation: 'Not everything needed is in place.' },
    ]);
    expect(JSON.stringify(own.body)).not.toMatch(/famil|withdr|refus|agreement/i);
    expect(await notified(line.reference, 'visit_off')).toEqual(
      ['host@council.example', 'scrutiny.chair@council.example'].filter((email) => !email.startsWith('host')),
    );
    const steps = await stepsOf(council.world.db, line.reference);
    expect(JSON.stringify(steps.filter(({ type }) => type.startsWith('visit.')))).not.toMatch(
      /family|refused/,
    );
    expect(
      await council.world.db('visit_checks').where({ visit_id: visit.id }).whereNotNull('reason'),
    ).toEqual([]);
    // Another day is found, under the same grant.
    expect((await plan(visit.grant, { date: addDays(tuesday, 7) })).status).toBe(201);
  });

  test('left open, unchecked, or without its reason stops attendance, and a block ends the visit', async () => {
    const grant = await granted(council, {
      changes: { observationType: 'core_group', window },
      now: () => council.clock,
    });
    const visit = await VisitWalk.planned(council, grant, { type: 'core_group', date: addDays(tuesday, 7) });
    const open = async () =>
      ((await visit.read('host')).body.checks as { question: string; result: string }[])
        .filter(({ result }) => result !== 'satisfied')
        .map(({ question, result }) => `${question} ${result}`);
    expect(await open()).toEqual(['connection unanswered', 'agreements unanswered', 'legal_bars unanswered']);
    await visit.checkAll();
    expect(await open()).toEqual([]);
    expectOk(await visit.check('connection', { answer: 'professional' }));
    expect(await open()).toEqual(['connection needs_reason']);
    expectOk(await visit.check('connection', { answer: 'unchecked' }));
    expect((await visit.read('host')).body.status).toBe('planned');
    expectOk(await visit.check('connection', { answer: 'none' }));
    const barred = await visit.check('legal_bars', { answer: [{ bar: 'criminal' }] });
    expect(barred.body).toMatchObject({ status: 'ended', endedBecause: 'blocked' });
    expect(await visit.check('connection', { answer: 'none' })).toMatchObject(byRule(409, 'visit_over'));
    expect((await grant.read('host')).body.eventsLeft).toBe(1);
  });

  test('asks for what its type calls for, and for nothing else', async () => {
    const visit = await coreGroup();
    expect(await visit.check('agreements', { answer: { police: 'agreed' } })).toMatchObject({
      status: 422,
      body: { rule: 'type_items' },
    });
    expect(await visit.check('agreements', { answer: { family: 'perhaps' } })).toMatchObject({ status: 422 });
    expect((await visit.check('scope', { answer: 'specific' })).status).toBe(404);
  });
});

describe('a plan', () => {
  test('lies in the window, ahead of now, in order of time, and tells the family in time', async () => {
    const grant = await granted(council, { changes: { window }, now: () => council.clock });
    const refusals: [object, string[]][] = [
      [{ date: addDays(window.to, 1) }, ['date']],
      [{ date: addDays(monday, -1) }, ['date']],
      [{ date: monday }, ['date']], // the family is asked at least one working day before
      [{ from: '12:00', to: '10:00' }, ['to']],
      [{ caseReference: 'Jane Smith' }, ['caseReference']],
      [{ caseReference: '---' }, ['caseReference']],
      [{ conferenceOn: monday }, ['conferenceOn']],
    ];
    for (const [body, fields] of refusals) {
      const answer = await plan(grant, body);
      expect({ body, status: answer.status, fields: [...new Set(fieldsOf(answer))] }).toEqual({
        body,
        status: 422,
        fields,
      });
    }
    for (const body of [{ from: '9:00' }, { date: '2027-02-30' }, { time: '10:00' }])
      expect((await plan(grant, body)).status).toBe(422);
    expect((await plan(grant, { caseReference: 'CP 77' })).status).toBe(201);
    expect(await plan(grant, { date: addDays(tuesday, 1) })).toMatchObject(byRule(409, 'no_event_left'));
  });

  test('is changed and called off by host and Children’s Services; what stays is not asked about again', async () => {
    const visit = await coreGroup();
    const patch = async (body: object, by: Account = 'childrens.services') =>
      (await council.as(by)).patch(visit.path, body);
    expect((await patch({ chaperone: 'host@council.example' })).body.chaperone).toBe('Host (demonstration)');
    expect(await patch({ chaperone: 'scrutiny.member@council.example' })).toMatchObject({ status: 422 });
    expect(await patch({ chaperone: null })).toMatchObject({ body: { chaperone: null } });
    const moved = await patch({ date: addDays(tuesday, 2) });
    expect(moved.body).toMatchObject({ date: addDays(tuesday, 2), from: '10:00' });
    expect(await notified(visit.grant.line.reference, 'visit_moved')).toHaveLength(2);
    const steps = await stepsOf(council.world.db, visit.grant.line.reference);
    expect(
      steps.filter(({ type }) => type === 'visit.moved').map(({ decision }) => decision?.['changed']),
    ).toEqual([['chaperone'], ['chaperone'], ['date']]);
    expect(await patch({ date: addDays(tuesday, 3) }, 'legal')).toMatchObject(byRule(403, 'office'));
    expect((await visit.post('cancel', {}, 'host')).body).toMatchObject({ status: 'ended' });
    expect(await visit.post('cancel', {}, 'host')).toMatchObject(byRule(409, 'visit_over'));
  });

  test('of another case has its checks asked again: what one family said is not what another says', async () => {
    const visit = await coreGroup();
    visit.at('09:30');
    const read = async () => (await visit.read('host')).body;
    const name = async (caseReference: string | null) =>
      expectOk(await (await council.as('host')).patch(visit.path, { caseReference }));
    expect((await read()).access.allowed).toBe(true);
    await name('cp/2026/0042');
    expect((await read()).access.allowed).toBe(true);

    for (const between of [[], [null]]) {
      for (const each of between) await name(each);
      await name('CP-2026-0099');
      const { access, checks } = await read();
      expect(access).toMatchObject({ allowed: false, because: [{ limit: 'checks' }, {}, {}] });
      expect(checks.map(({ result }: { result: string }) => result)).not.toContain('satisfied');
      await name('CP-2026-0042');
      expect((await read()).access.allowed).toBe(true);
    }

    // Who agreed to one day has not agreed to another; the day before is the last to ask them.
    council.clock = new Date(`${monday}T10:00:00Z`);
    const move = async (date: string) =>
      expectOk(await (await council.as('host')).patch(visit.path, { date }));
    await move(addDays(tuesday, 1));
    expect((await read()).checks.map(({ result }: { result: string }) => result)).not.toContain('satisfied');
    await move(tuesday);
    visit.at('09:30');
    expect((await read()).access.allowed).toBe(true);

    // The database refuses it too, for any user.
    await name('CP-2026-0099');
    visit.at('13:00');
    expect((await visit.attended()).body.attendance).toMatchObject({
      authorised: false,
      outside: ['checks'],
    });
  });

  test('of a conference leaves it one observer, however the case is spelled; another day or another case is free', async () => {
    const conference = async (author: Account) =>
      granted(council, { author, changes: { window }, now: () => council.clock });
    const [first, second] = [await conference('scrutiny.chair'), await conference('scrutiny.member')];
    const one = await plan(first, { caseReference: 'cp-2027 / 7' });
    expect(one.status).toBe(201);
    expect(await plan(second, { caseReference: 'CP20277' })).toMatchObject(byRule(409, 'one_observer'));
    expectOk(await (await council.as('host')).post(`/api/visits/${one.body.id}/cancel`));
    expect((await plan(second, { caseReference: 'CP20277' })).status).toBe(201);
  });
});

describe('attendance', () => {
  test('is judged by what was allowed between arrival and leaving, and not at recording', async () => {
    const before = (await notified('incidents', 'incident_reported')).length;
    const visit = await coreGroup();
    visit.at('11:00');
    // An agreement is withdrawn while the councillor is in the room, and the record is made afterwards.
    expectOk(
      await visit.check('agreements', { answer: { family: 'agreed', child: 'refused', members: 'agreed' } }),
    );
    visit.at('13:00');
    const recorded = await visit.attended({ arrived: '10:05', left: '11:30' });
    expect(recorded.body.attendance).toMatchObject({ authorised: false });
    expect(recorded.body.attendance.outside).toEqual(expect.arrayContaining(['visit_ended', 'checks']));
    const [incident] = await council.world.db('incidents').where({ visit_id: visit.id });
    expect(incident).toMatchObject({ what: 'unauthorised_access', caused_by: 'other' });
    expect((await notified('incidents', 'incident_reported')).slice(before)).toEqual([
      'data.protection@council.example',
    ]);
    const own = await visit.read('scrutiny.chair');
    expect(own.body.attendance.outside).toBeUndefined();
    expect(JSON.stringify({ ...own.body, rules: [] })).not.toMatch(/child|refused/i);
  });

  test('left before the withdrawal was authorised, whatever came afterwards', async () => {
    const visit = await coreGroup();
    visit.at('11:00');
    expectOk(
      await (await council.as('legal')).post(`${visit.grant.path}/revoke`, { reasons: 'It ends here.' }),
    );
    visit.at('13:00');
    expect((await visit.attended({ arrived: '10:05', left: '10:55' })).body.attendance.authorised).toBe(true);
  });

  test('beyond what was approved is an incident, and freezes the rest where the councillor caused it', async () => {
    const { account: author } = await enter(council, 'ash.beyond');
    const other = await granted(council, { author, changes: { window }, now: () => council.clock });
    const visit = await coreGroup({ author, changes: { events: 2 } });
    visit.at('13:00');
    const recorded = await visit.attended({
      categories: ['process', 'health'],
      closedPartsLeft: false,
      departures: [{ text: 'Stayed when asked to leave.', causedBy: 'councillor' }],
    });
    expect(recorded.body.attendance).toMatchObject({
      authorised: true,
      outside: ['departure', 'categories', 'closed_part'],
    });
    for (const grant of [other, visit.grant]) {
      expect((await grant.read('legal')).body).toMatchObject({
        status: 'frozen',
        access: { allowed: false },
      });
      expect(await plan(grant, {})).toMatchObject(byRule(409, 'grant_frozen'));
    }
    const [incident] = await council.world.db('incidents').where({ visit_id: visit.id });
    expect(incident).toMatchObject({ what: 'outside_scope', caused_by: 'councillor' });
  });

  test('with nobody to accompany them is recorded as it was, and goes to Data Protection', async () => {
    const visit = await coreGroup();
    visit.at('13:00');
    const recorded = await visit.attended({ chaperone: null });
    expect(recorded.body.attendance).toMatchObject({
      authorised: false,
      chaperone: null,
      outside: ['chaperone'],
    });
    // The council left them alone: that freezes nothing of theirs.
    const incidents = await council.world.db('incidents').where({ visit_id: visit.id });
    expect(incidents).toMatchObject([{ what: 'unauthorised_access', caused_by: 'other' }]);
  });

  test('once recorded keeps its visit unchanged, for any user of the database, and a grant keeps its end', async () => {
    const [visit, other] = [await coreGroup(), await coreGroup()];
    visit.at('13:00');
    expectOk(await visit.attended());
    const { db } = council.world;
    const ended = { ended_at: council.clock, ended_because: 'cancelled' } as const;
    for (const change of [{ date: addDays(visit.date, 1) }, { case_reference: 'CP-2026-0099' }, ended]) {
      const changing = behindTheApi(db, (trx) => trx('visits').where({ id: visit.id }).update(change));
      await expect(changing).rejects.toMatchObject({ constraint: 'visits_kept' });
    }
    const legal = await council.as('legal');
    expectOk(
      await legal.post(`${other.grant.path}/revoke`, { reasons: 'The review of the team has ended.' }),
    );
    const rewriting = behindTheApi(db, (trx) =>
      trx('grants').where({ id: other.grant.id }).update({ ended_because: 'lapsed' }),
    );
    await expect(rewriting).rejects.toMatchObject({ constraint: 'grants_kept' });
  });

  test('keeps what was asked after it and what was answered, once, whoever asks the database', async () => {
    const visit = await coreGroup({ author: 'scrutiny.member' });
    visit.at('13:00');
    expectOk(await visit.attended());
    const asked = await visit.post(
      'questions',
      { kind: 'question', text: 'Why so late?' },
      'scrutiny.member',
    );
    const [{ id }] = asked.body.questions as [{ id: string }];
    const changing = (change: object) =>
      behindTheApi(council.world.owner, (trx) => trx('visit_questions').where({ id }).update(change));
    const kept = { constraint: 'visit_questions_kept' };
    for (const change of [{ text: 'Why?' }, { kind: 'challenge' }])
      await expect(changing(change)).rejects.toMatchObject(kept);
    const services = await council.as('childrens.services');
    const said = { text: 'The room was taken.', toCommittee: false };
    expectOk(await services.post(`/api/questions/${id}/response`, said));
    for (const change of [{ response: 'It was not.' }, { to_committee: true }])
      await expect(changing(change)).rejects.toMatchObject(kept);
  });

  test('with authority is taken by the database only of a visit at which nothing stood in the way', async () => {
    const visit = await coreGroup({ conditions: ['A briefing is given before.'], changes: { events: 2 } });
    const { db } = council.world;
    const [condition = ''] = visit.grant.conditions;
    const [id, grantId] = [visit.id, visit.grant.id];
    const { caseKey, by } = await db('visits as v')
      .join('visit_checks as c', 'c.visit_id', 'v.id')
      .where('v.id', id)
      .first({ caseKey: 'v.case_key', by: 'c.person_id' });
    const early = atLondonTime(tuesday, '09:00');
    const arrived = atLondonTime(tuesday, '10:05');
    const done = { person_id: by, office: 'host', capacity: 'principal' } as const;
    const say =
      (question: VisitCheck, answer: unknown, changes: object = {}) =>
      (trx: Knex.Transaction) =>
        trx('visit_checks').insert({
          visit_id: id,
          question,
          answer: JSON.stringify(answer),
          date: tuesday,
          case_key: caseKey,
          at: early,
          ...done,
          office: question === 'legal_bars' ? 'legal' : done.office,
          ...changes,
        });
    const record =
      (changes: object = {}) =>
      (trx: Knex.Transaction) =>
        trx('attendances').insert({
          visit_id: id,
          grant_id: grantId,
          outcome: 'attended',
          arrived_at: arrived,
          left_at: atLondonTime(tuesday, '11:40'),
          chaperone: 'The team manager',
          categories: ['process'],
          authorised: true,
          recorded_at: atLondonTime(tuesday, '13:00'),
          ...done,
          ...changes,
        });
    const met = (at: Date) => (trx: Knex.Transaction) =>
      trx('grant_condition_states').insert({ condition_id: condition, state: 'met', at, ...done });
    const replan = (changes: object) => (trx: Knex.Transaction) =>
      trx.raw(
        `insert into visit_plans (visit_id, date, from_time, to_time, case_reference, chaperone, at, person_id, office, capacity)
           select visit_id, coalesce(:date, date), from_time, to_time, case_reference,
             case when :alone then null else chaperone end, :at, person_id, office, capacity
           from visit_plans where visit_id = :id`,
        { date: null, alone: false, at: early, id, ...changes },
      );
    const agreed = { family: 'agreed', child: 'agreed', members: 'agreed' };
    type Step = (trx: Knex.Transaction) => PromiseLike<unknown>;
    const wrong: Readonly<Record<string, readonly Step[]>> = {
      'a condition that was met too late': [met(atLondonTime(tuesday, '10:30')), record()],
      'a link that was found': [met(early), say('connection', 'personal'), record()],
      'a link that nobody explained': [met(early), say('connection', 'ward'), record()],
      'somebody who refused': [met(early), say('agreements', { ...agreed, child: 'refused' }), record()],
      'somebody still to be asked': [
        met(early),
        say('agreements', { ...agreed, family: 'pending' }),
        record(),
      ],
      'a bar': [met(early), say('legal_bars', [{ bar: 'criminal' }]), record()],
      'a bar without a route': [met(early), say('legal_bars', [{ bar: 'proceedings' }]), record()],
      'a bar found while they were there': [
        met(early),
        say('legal_bars', [{ bar: 'adoption' }], { at: atLondonTime(tuesday, '11:00') }),
        record(),
      ],
      'an agreement of the police that nobody wrote down': [
        met(early),
        say('legal_bars', [{ bar: 'criminal', lawfulRoute: ' ' }]),
        record(),
      ],
      'what an adoption order protects': [
        met(early),
        say('legal_bars', [{ bar: 'adoption_order', lawfulRoute: 'The agency agrees.' }]),
        record(),
      ],
      'a bar that the host reported, for which Legal have not answered': [
        met(early),
        say('legal_bars', [{ bar: 'lado' }], { office: 'host', reported: true }),
        record(),
      ],
      'a report of nothing after a report of a bar': [
        met(early),
        say('legal_bars', [{ bar: 'lado' }], { office: 'host', reported: true }),
        say('legal_bars', [], { office: 'host', reported: true }),
        record(),
      ],
      'a day of which nobody was asked': [met(early), replan({ date: addDays(tuesday, 1) }), record()],
      'nobody named to accompany': [met(early), replan({ alone: true }), record()],
      'a day after the window': [
        met(early),
        record({
          arrived_at: atLondonTime(addDays(window.to, 1), '10:05'),
          left_at: atLondonTime(addDays(window.to, 1), '11:40'),
          recorded_at: atLondonTime(addDays(window.to, 1), '13:00'),
        }),
      ],
    };
    const tried: Record<string, string> = {};
    for (const [what, steps] of Object.entries(wrong)) {
      const trying = behindTheApi(db, async (trx) => {
        for (const step of steps) await step(trx);
        throw new Error('It was taken.');
      });
      const refusal: unknown = await trying.catch((error: unknown) => error);
      tried[what] = (refusal as { constraint?: string }).constraint ?? String(refusal);
    }
    expect(tried).toEqual(
      Object.fromEntries(Object.keys(wrong).map((what) => [what, 'attendance_without_authority'])),
    );
    // The same is taken where each was put right in time.
    const inOrder = [
      met(early),
      say('legal_bars', [{ bar: 'adoption' }]),
      say('legal_bars', [{ bar: 'proceedings', lawfulRoute: 'The court has agreed.' }]),
      say('legal_bars', [{ bar: 'lado' }], { office: 'host', reported: true }),
      say('legal_bars', [{ bar: 'lado', lawfulRoute: 'The designated officer agrees in writing.' }]),
      say('legal_bars', [], { office: 'host', reported: true }),
      say('connection', 'ward', { reason: JSON.stringify('It is explained.') }),
      record(),
    ];
    await behindTheApi(db, async (trx) => {
      for (const step of inOrder) await step(trx);
    });
  });

  test('of what they had been told is over is their own doing, and stops the rest of what they hold', async () => {
    const { account: author } = await enter(council, 'ash.told');
    const other = await granted(council, { author, changes: { window }, now: () => council.clock });
    const visit = await coreGroup({ author });
    visit.at('09:00');
    expectOk(
      await (
        await council.as('legal')
      ).post(`${visit.grant.path}/revoke`, { reasons: 'The work that was to be observed has changed.' }),
    );
    visit.at('13:00');
    expect((await visit.attended()).body.attendance.authorised).toBe(false);
    const incidents = await council.world.db('incidents').where({ visit_id: visit.id });
    expect(incidents).toMatchObject([{ what: 'unauthorised_access', caused_by: 'councillor' }]);
    expect((await other.read('legal')).body.status).toBe('frozen');
  });

  test('that cannot be true is refused, naming the field, and a second record too', async () => {
    const visit = await coreGroup();
    expect(await visit.attended()).toMatchObject(byRule(409, 'not_yet'));
    visit.at('11:00');
    const refusals: [object, string][] = [
      [{ left: '11:40' }, 'left'],
      [{ arrived: '11:00', left: '10:00' }, 'left'],
      [{ arrived: null }, 'arrived'],
      [{ chaperone: undefined }, 'chaperone'],
      [{ categories: [] }, 'categories'],
      [{ outcome: 'did_not_attend' }, 'arrived'],
      [{ arrived: `${monday}T10:00:00Z` }, 'arrived'],
      [{ departures: [{ text: 'Born 3 March 2020.', causedBy: 'host' }] }, 'departures.0.text'],
    ];
    for (const [body, field] of refusals) {
      const answer = await visit.attended({ left: '10:30', ...body });
      expect({ body, status: answer.status, named: fieldsOf(answer).includes(field) }).toEqual({
        body,
        status: 422,
        named: true,
      });
    }
    expect((await visit.post('attendance', { outcome: 'did_not_attend' })).status).toBe(201);
    expect(await visit.attended({ left: '10:30' })).toMatchObject(byRule(409, 'attendance_recorded'));
    expect((await visit.grant.read('host')).body.eventsLeft).toBe(1);
  });

  test('is confirmed by the councillor alone, once; who disagrees is heard', async () => {
    const visit = await coreGroup();
    expect(await visit.post('confirm', { agrees: true }, 'scrutiny.chair')).toMatchObject(
      byRule(409, 'nothing_to_confirm'),
    );
    expect(await visit.post('questions', { kind: 'question', text: 'Why?' }, 'scrutiny.chair')).toMatchObject(
      byRule(409, 'questions_after'),
    );
    visit.at('13:00');
    expectOk(await visit.attended());
    expect(await visit.post('confirm', { agrees: true }, 'host')).toMatchObject(byRule(403, 'office'));
    expect(await visit.post('confirm', { agrees: true }, 'scrutiny.member')).toMatchObject(notFound);
    const comment = 'I left at eleven and not later.';
    expect(
      (await visit.post('confirm', { agrees: false, comment }, 'scrutiny.chair')).body.attendance
        .confirmation,
    ).toMatchObject({ agrees: false, comment });
    expect(await visit.post('confirm', { agrees: true }, 'scrutiny.chair')).toMatchObject(
      byRule(409, 'nothing_to_confirm'),
    );
    expect(await notified(visit.grant.line.reference, 'attendance_disputed')).toEqual([
      'childrens.services@council.example',
      'host@council.example',
    ]);
    expect(JSON.stringify((await visit.read('auditor')).body)).not.toContain('eleven');
  });
});

describe('who gives which command', () => {
  const commands = ['move', 'cancel', 'check', 'record_attendance', 'confirm', 'ask'] as const;
  type Command = (typeof commands)[number];
  interface Accounts {
    readonly hosts: readonly Account[];
    /** Who may read it and command nothing. */
    readonly readers: readonly Account[];
    readonly strangers: readonly Account[];
  }
  const everybody: Accounts = {
    hosts: ['host', 'childrens.services'],
    readers: [
      // The principal is there.
      'childrens.services.deputy',
      'democratic.services',
      'monitoring.officer',
      'data.protection',
      'auditor',
    ],
    strangers: ['scrutiny.member', 'former.member', 'administrator'],
  };
  const some: Accounts = { hosts: ['host'], readers: ['auditor'], strangers: ['scrutiny.member'] };

  /** need-to-know.md, sections 5 and 6, typed out again: who may give what, of a visit that stands so. */
  const table = {
    planned: { hosts: ['move', 'cancel', 'check', 'record_attendance'], own: [], legal: ['check'] },
    ended: { hosts: ['record_attendance'], own: [], legal: [] },
    recorded: { hosts: [], own: ['confirm', 'ask'], legal: [] },
    confirmed: { hosts: [], own: ['ask'], legal: [] },
  } as const satisfies Record<string, Record<'hosts' | 'own' | 'legal', readonly Command[]>>;
  /** Whose command it is at all: at the wrong stage it is refused for that, and anybody else for authority. */
  const ofHosts: readonly Command[] = ['move', 'cancel', 'check', 'record_attendance'];

  const attempt = async (visit: VisitWalk, command: Command, by: Account): Promise<Answer> => {
    switch (command) {
      case 'move':
        return (await council.as(by)).patch(visit.path, {
          chaperone: `The manager, says ${by.split('.')[0]}`,
        });
      case 'check':
        // Legal answer for the bars, and for nothing else.
        return by === 'legal'
          ? visit.check('legal_bars', { answer: [] }, by)
          : visit.check('connection', { answer: 'none' }, by);
      case 'cancel':
        return visit.post('cancel', {}, by);
      case 'record_attendance':
        return visit.post('attendance', { outcome: 'did_not_attend' }, by);
      case 'confirm':
        return visit.post('confirm', { agrees: true }, by);
      case 'ask':
        return visit.post('questions', { kind: 'question', text: 'Who else was there?' }, by);
    }
  };
  /** Changes that do not affect the state of the visit, so that everyone who may make them can try. */
  const harmless: readonly Command[] = ['move', 'check'];

  const holdTo = async (
    visit: VisitWalk,
    state: keyof typeof table,
    { hosts, readers, strangers }: Accounts = some,
  ): Promise<void> => {
    const expectedOf = (may: readonly Command[], command: Command, isTheirs: boolean): number =>
      may.includes(command) ? 200 : isTheirs ? 409 : 403;
    const seen: Record<string, unknown> = {};
    const wanted: Record<string, unknown> = {};
    const each = async (account: Account, may: readonly Command[], status: (command: Command) => number) => {
      const read = await visit.read(account);
      seen[`${account} can`] = read.status === 200 ? read.body.can : read.status;
      wanted[`${account} can`] = status('move') === 404 ? 404 : may;
      for (const command of commands) {
        if (may.includes(command) && !harmless.includes(command)) continue;
        seen[`${account} ${command}`] = (await attempt(visit, command, account)).status;
        wanted[`${account} ${command}`] = status(command);
      }
    };
    const { hosts: byHosts, own: byOwn, legal: byLegal } = table[state];
    for (const account of hosts)
      await each(account, byHosts, (command) => expectedOf(byHosts, command, ofHosts.includes(command)));
    await each('scrutiny.chair', byOwn, (command) => expectedOf(byOwn, command, !ofHosts.includes(command)));
    await each('legal', byLegal, (command) => expectedOf(byLegal, command, command === 'check'));
    for (const account of readers) await each(account, [], () => 403);
    for (const account of strangers) await each(account, [], () => 404);
    expect({ state, ...seen }).toEqual({ state, ...wanted });
  };

  test('of a visit that is planned, ended, recorded or confirmed: `can` says so, and each other is refused', async () => {
    const visit = await coreGroup({ changes: { events: 2 } });
    visit.at('13:00');
    await holdTo(visit, 'planned', everybody);
    expectOk(await visit.attended());
    await holdTo(visit, 'recorded');
    expectOk(await visit.post('confirm', { agrees: true }, 'scrutiny.chair'));
    await holdTo(visit, 'confirmed');
    const off = await VisitWalk.planned(council, visit.grant, {
      type: 'core_group',
      date: addDays(tuesday, 1),
    });
    expectOk(await off.post('cancel'));
    await holdTo(off, 'ended');
  }, 60_000);

  test('a person here accompanies by id or by address, and no visit is offered where every event has its own', async () => {
    const visit = await coreGroup();
    const { id } = await council.as('host');
    const named = await (await council.as('host')).patch(visit.path, { chaperone: id });
    expect(named.body.chaperone).toBe('Host (demonstration)');
    expect((await visit.grant.read('host')).body.can).not.toContain('plan_visit');
    expectOk(await visit.post('cancel'));
    expect((await visit.grant.read('host')).body.can).toContain('plan_visit');
  });

  test('a list is exactly what may be read, the latest day first, page by page', async () => {
    for (const days of [0, 1, 2])
      await readyToVisit(council, { date: addDays(tuesday, days), window, author: 'scrutiny.member' });
    const member = await council.as('scrutiny.member');
    const theirs = await council.world
      .db('visits as v')
      .join('grants as g', 'g.id', 'v.grant_id')
      .join('requests as r', 'r.id', 'g.request_id')
      .where('r.councillor_id', member.councillorId)
      .orderBy(['v.date', 'v.seq'].map((column) => ({ column, order: 'desc' })))
      .pluck<string[]>('v.id');
    const listed: string[] = [];
    let cursor = '';
    do {
      const { body } = await member.get(`/api/visits?limit=2${cursor}`);
      listed.push(...(body.items as { id: string }[]).map(({ id }) => id));
      cursor = body.next === null ? '' : `&cursor=${body.next as string}`;
    } while (cursor);
    expect(listed).toEqual(theirs);
    expect(listed.length).toBeGreaterThanOrEqual(3);
    for (const account of ['ward.member', 'administrator'])
      expect((await (await council.as(account)).get('/api/visits')).body.items).toEqual([]);
  });
});
