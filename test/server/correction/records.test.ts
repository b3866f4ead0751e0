/**
 * A condition’s state, the answer to a member’s question and a conflict of interest that was recorded wrongly are corrected
 * beside the original (need-to-know.md, sections 4, 6 and 6a).
 */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { search } from '../../../db/audit/search.js';
import { addDays } from '../../../policies/core/time/london.js';
import { paths } from '../../../server/web/paths.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { granted, type Granted } from '../../support/granted.js';
import { expectOk, Line } from '../../support/line.js';
import { fillIn, readersOf } from '../../support/officers.js';
import { behindTheApi, byRule, notFound, personId } from '../../support/people.js';
import { readyToVisit } from '../../support/visiting.js';

const council = useCouncil();
const { world } = council;
const as = readersOf(council);

const monday = '2027-01-11';
const tuesday = addDays(monday, 1);
const window = { from: monday, to: '2027-02-05' };
beforeEach(() => {
  council.clock = new Date(`${monday}T10:00:00Z`);
});

const reasons = 'The line of another request was copied.';
const post = async (by: Account, path: string, body: object = {}): Promise<Answer> =>
  (await council.as(by)).post(path, body);
const get = async (by: Account, path: string): Promise<Answer> => (await council.as(by)).get(path);
const correct = (by: Account, of: object, corrected: string): Promise<Answer> =>
  post(by, '/api/corrections', { of, corrected, reasons });
const email = (account: string): string => `${account}@council.example`;
/** What was sent before the test. */
let before: readonly string[] = [];
beforeEach(async () => {
  before = await world.db('messages').pluck('id');
});
const told = (kind: string): Promise<string[]> =>
  world
    .db('messages as m')
    .join('people as p', 'p.id', 'm.to_person')
    .where({ 'm.kind': kind })
    .whereNotIn('m.id', [...before])
    .orderBy('p.email')
    .pluck<string[]>('p.email');

describe('a condition whose state was recorded by mistake', () => {
  const withCondition = async (): Promise<Granted & { readonly condition: string }> => {
    const grant = await granted(council, {
      changes: { observationType: 'core_group', window },
      conditions: [
        { text: 'The plan is read beforehand.', owner: 'councillor', before: 'attendance' },
        'Notes stay in the building.',
      ],
    });
    return { ...grant, condition: grant.conditions[0] ?? '' };
  };
  const mark = (grant: Granted, condition: string, state: string, by: Account): Promise<Answer> =>
    post(by, `${grant.path}/conditions/${condition}`, { state });
  const limitsOf = ({ body }: Answer): string[] =>
    (body.access.because as { limit: string }[]).map(({ limit }) => limit);

  test('is corrected at once by who recorded it, both stand, and access follows what stands', async () => {
    const grant = await withCondition();
    const of = { kind: 'condition', id: grant.condition, field: 'state' };
    expect(await correct('childrens.services', of, 'met')).toMatchObject({
      status: 422,
      body: { rule: 'correction_unknown' },
    });
    for (const condition of grant.conditions)
      expectOk(await mark(grant, condition, 'met', 'childrens.services'));
    expect(limitsOf(await grant.read('host'))).not.toContain('conditions');

    expect(await correct('legal', of, 'pending')).toMatchObject(byRule(403, 'office'));
    expect(await correct('childrens.services', of, 'met')).toMatchObject(byRule(422, 'correction_same'));
    expect(await correct('childrens.services', of, 'nearly')).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'corrected' }] },
    });
    expect(await correct('childrens.services', of, 'breached')).toMatchObject({
      status: 201,
      body: { status: 'counts', was: 'met', corrected: 'breached', can: [] },
    });

    expect(limitsOf(await grant.read('host'))).toContain('conditions');
    for (const by of ['legal', 'scrutiny.chair', 'host', 'data.protection'] as const) {
      const { body } = await grant.read(by);
      expect([by, body.conditions[0].state, body.corrections]).toMatchObject([
        by,
        'breached',
        [{ of, was: 'met', corrected: 'breached', reasons, by: { office: 'childrens_services' } }],
      ]);
    }
    expect((await grant.read('auditor')).body.corrections[0]).not.toHaveProperty('corrected');
    const those = await told('record_corrected');
    expect(those).toEqual(expect.arrayContaining([email('host'), email('legal'), email('scrutiny.chair')]));
    expect(those).toContain(email('data.protection'));
    const { text } = await (await as('scrutiny.chair')).open(paths.grant(grant.id));
    expect(text).toMatch(/Corrected on 11 January 2027/);
  });

  test('judges what was attended meanwhile: it was without authority, and Data Protection hear of it that day', async () => {
    const conditions = [
      { text: 'The plan is read beforehand.', owner: 'childrens_services', before: 'attendance' },
    ];
    const visit = await readyToVisit(council, { date: tuesday, window, conditions });
    const [condition = ''] = visit.grant.conditions;
    expectOk(await mark(visit.grant, condition, 'met', 'childrens.services'));
    visit.at('13:00');
    expectOk(await visit.attended());
    expect((await visit.read('legal')).body.attendance.authorised).toBe(true);
    const found = async () =>
      ((await get('data.protection', '/api/incidents')).body.items as Answer['body'][]).filter(
        (each) => each.visit === visit.id,
      );
    expect(await found()).toEqual([]);
    expectOk(
      await correct('childrens.services', { kind: 'condition', id: condition, field: 'state' }, 'pending'),
    );
    expect(await found()).toMatchObject([{ what: 'unauthorised_access', outside: ['conditions'] }]);
  });

  test('opens nothing for the time before where it was met after all', async () => {
    const grant = await withCondition();
    expectOk(await mark(grant, grant.condition, 'breached', 'childrens.services'));
    const recorded = council.clock;
    council.clock = new Date(recorded.getTime() + 3_600_000);
    const of = { kind: 'condition', id: grant.condition, field: 'state' };
    expectOk(await correct('childrens.services', of, 'met'));
    const states = await council.world
      .db('grant_condition_states')
      .where({ condition_id: grant.condition })
      .orderBy('seq')
      .select('state', 'at');
    expect(states.slice(-2)).toEqual([
      { state: 'breached', at: recorded },
      { state: 'met', at: council.clock },
    ]);
    council.clock = recorded;
  });

  test('is corrected on pages, by choosing the state', async () => {
    const grant = await withCondition();
    expectOk(await mark(grant, grant.condition, 'breached', 'childrens.services'));
    const officer = await as('childrens.services');
    const page = await officer.open(paths.grant(grant.id));
    const link = (/href="(\/corrections\/new\?kind=condition[^"]+)"/.exec(page.html)?.[1] ?? '').replaceAll(
      '&amp;',
      '&',
    );
    expect((await officer.open(link)).text).toContain('Breached');
    expect((await fillIn(officer, link, { corrected: 'met', reasons })).text).toContain('has been recorded');
    expect((await grant.read('legal')).body.conditions[0].state).toBe('met');
  });

  test('is not corrected from a state that does not stand, behind the service', async () => {
    const grant = await withCondition();
    expectOk(await mark(grant, grant.condition, 'breached', 'childrens.services'));
    const by = await personId(world.db, 'childrens.services');
    const { reference } = grant.line;
    await expect(
      behindTheApi(world.db, (trx) =>
        trx('corrections').insert({
          of_kind: 'condition',
          of_id: grant.condition,
          of_field: 'state',
          request_id: world.db('requests').where({ reference }).select('id') as unknown as number,
          office: 'childrens_services',
          was: JSON.stringify({ state: 'met' }),
          corrected: JSON.stringify({ state: 'pending' }),
          reasons,
          proposed_at: council.clock,
          proposed_by: by,
          proposed_capacity: 'principal',
          status: 'counts',
        }),
      ),
    ).rejects.toMatchObject({ constraint: 'corrections_of_conditions' });
  });
});

describe('an answer to a member’s question', () => {
  const original = 'The group meets every four weaks.';
  const corrected = 'The group meets every four weeks.';
  const answered = async (toCommittee: boolean) => {
    const visit = await readyToVisit(council, { date: tuesday, window });
    visit.at('13:00');
    expectOk(await visit.attended());
    const text = 'How often does the group meet?';
    const asked = expectOk(await visit.post('questions', { kind: 'question', text }, 'scrutiny.chair'));
    const { id } = asked.body.questions[0] as { id: string };
    const of = { kind: 'question', id, field: 'response' };
    expect(await correct('childrens.services', of, corrected)).toMatchObject({
      status: 422,
      body: { rule: 'correction_unknown' },
    });
    expectOk(
      await post('childrens.services', `/api/questions/${id}/response`, { text: original, toCommittee }),
    );
    return { visit, of };
  };

  test('is corrected beside what was written, the councillor is told, and it says that the committee had it', async () => {
    const { visit, of } = await answered(true);
    const { reference } = visit.grant.line;
    for (const by of ['legal', 'democratic.services'] as const)
      expect([by, await correct(by, of, corrected)]).toMatchObject([by, byRule(403, 'office')]);
    expect(await correct('childrens.services', of, corrected)).toMatchObject({
      status: 201,
      body: { status: 'counts', corrected },
    });
    for (const by of ['scrutiny.chair', 'host', 'legal', 'data.protection'] as const) {
      const [question] = (await visit.read(by)).body.questions;
      expect([by, question]).toMatchObject([
        by,
        { response: original, toCommittee: true, corrections: [{ of, corrected, reasons }] },
      ]);
    }
    expect((await visit.read('auditor')).body.questions[0].corrections[0]).not.toHaveProperty('corrected');
    const those = await told('record_corrected');
    expect(those).toEqual(
      expect.arrayContaining([email('democratic.services'), email('host'), email('scrutiny.chair')]),
    );
    expect(those).not.toContain(email('legal'));
    expect(
      (await search(world.db, { subject: reference, type: 'correction.made', limit: 1 }))[0],
    ).toMatchObject({ decision: { kind: 'question', toCommittee: true } });
    const { text } = await (await as('host')).open(paths.visit(visit.id));
    expect(text).toContain(original);
    expect(text).toContain(corrected);
    expect(text).toContain('The answer went to the committee before it was corrected.');
    expect(council.lines.join('')).not.toContain(corrected);
  });

  test('is corrected once more from what stands now', async () => {
    const { of } = await answered(false);
    expectOk(await correct('childrens.services', of, corrected));
    expect(await correct('childrens.services', of, corrected)).toMatchObject(byRule(422, 'correction_same'));
    expectOk(await correct('childrens.services', of, original));
  });
});

describe('a conflict of interest that was recorded wrongly', () => {
  const recorded = async (person: Account): Promise<{ of: object; id: string; line: Line }> => {
    const line = await Line.readyForLegal(council, { window });
    const { body } = expectOk(
      await post('democratic.services', '/api/conflicts', {
        person: email(person),
        kind: 'complaint',
        reference: line.reference,
        reasons: 'They are a party to a complaint with the councillor.',
      }),
    );
    return { of: { kind: 'conflict', id: body.id as string, field: 'person' }, id: body.id as string, line };
  };
  const settle = (by: Account, id: string, what = 'confirm'): Promise<Answer> =>
    post(by, `/api/corrections/${id}/${what}`, what === 'refuse' ? { reasons } : {});

  test('binds the right person from the confirmation on, and the wrong one no more', async () => {
    const { of, id, line } = await recorded('legal');
    expect(await line.decide('approve')).toMatchObject({ status: 403 });
    const proposed = await correct('democratic.services', of, email('legal.second'));
    expect(proposed).toMatchObject({
      status: 201,
      body: { status: 'waiting', was: 'Legal (demonstration)', can: ['withdraw'] },
    });
    const correction = proposed.body.id as string;
    expect(await told('correction_to_confirm')).toEqual([email('monitoring.officer')]);
    // Until then it binds as it was recorded.
    expect((await get('legal', `/api/conflicts/${id}`)).body).toMatchObject({ corrections: [] });
    expect(await line.decide('approve')).toMatchObject({ status: 403 });
    for (const by of ['childrens.services', 'legal', 'legal.second', 'scrutiny.chair', 'host'] as const)
      expect([by, await get(by, `/api/corrections/${correction}`)]).toMatchObject([by, notFound]);
    expect(await settle('democratic.services', correction)).toMatchObject({ status: 403 });

    expectOk(await settle('monitoring.officer', correction));
    expect(await get('legal', `/api/conflicts/${id}`)).toMatchObject(notFound);
    for (const by of ['legal.second', 'democratic.services', 'monitoring.officer'] as const)
      expect([by, (await get(by, `/api/conflicts/${id}`)).body]).toMatchObject([
        by,
        {
          status: 'recorded',
          kind: 'complaint',
          personName: proposed.body.corrected,
          ended: null,
          corrections: [{ was: 'Legal (demonstration)', reasons, by: { office: 'democratic_services' } }],
        },
      ]);
    expect(await told('conflict_ended')).toEqual([email('legal')]);
    expect(await told('conflict_recorded')).toContain(email('legal.second'));
    expect(await line.decide('approve', {}, 'legal.second')).toMatchObject({ status: 403 });
    expectOk(await line.decide('approve'));
    const { text } = await (await as('legal.second')).open(paths.conflict(id));
    expect(text).toMatch(/Corrected on 11 January 2027/);
  });

  test('has its kind corrected, and the person who has it is told', async () => {
    const { of, id } = await recorded('legal.second');
    const kind = { ...of, field: 'kind' };
    expect(await correct('democratic.services', kind, 'friendship')).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'corrected' }] },
    });
    const { body } = expectOk(await correct('democratic.services', kind, 'relation'));
    expectOk(await settle('monitoring.officer', body.id as string));
    expect((await get('legal.second', `/api/conflicts/${id}`)).body).toMatchObject({
      kind: 'relation',
      corrections: [{ of: kind, was: 'complaint', corrected: 'relation' }],
    });
    expect(await told('record_corrected')).toEqual(
      expect.arrayContaining([email('democratic.services'), email('legal.second')]),
    );
    expect(await told('conflict_ended')).toEqual([]);
  });

  test('is not corrected once it is contested, by another, or to the Monitoring Officer', async () => {
    const { of, id } = await recorded('legal.second');
    expect((await correct('democratic.services.second', of, email('legal'))).status).toBe(403);
    expect(await correct('democratic.services', of, email('monitoring.officer'))).toMatchObject(
      byRule(403, 'conflict_chief_executive'),
    );
    for (const to of ['nobody@council.example', email('democratic.services')])
      expect([to, await correct('democratic.services', of, to)]).toMatchObject([to, { status: 422 }]);
    expectOk(await post('legal.second', `/api/conflicts/${id}/contest`, { reasons: 'It is not mine.' }));
    expect(await correct('democratic.services', of, email('legal'))).toMatchObject({
      status: 422,
      body: { rule: 'correction_unknown' },
    });
  });

  test('is settled by nobody whose conflict it is, also behind the rules', async () => {
    const { of } = await recorded('legal.second');
    const { body } = expectOk(await correct('democratic.services', of, email('monitoring.officer.deputy')));
    const id = body.id as string;
    expectOk(
      await post('democratic.services', '/api/absences', {
        office: 'monitoring_officer',
        principal: email('monitoring.officer'),
        from: monday,
        to: tuesday,
      }),
    );
    for (const what of ['confirm', 'refuse'])
      expect([what, await settle('monitoring.officer.deputy', id, what)]).toMatchObject([
        what,
        byRule(403, 'conflict_of_oneself'),
      ]);
    const deputy = await personId(world.db, 'monitoring.officer.deputy');
    await expect(
      behindTheApi(world.db, (trx) =>
        trx('corrections').where({ id }).update({
          status: 'counts',
          settled_at: council.clock,
          settled_by: deputy,
          settled_capacity: 'deputy',
        }),
      ),
    ).rejects.toMatchObject({ constraint: 'conflicts_of_oneself' });
  });
});
