/**
 * Lifting a council rule through HTTP: a child’s journey that the council ends at proceedings, for which the law has a route.
 * Three offices may lift that rule for one version, each with reasons; a bar of law never gives way.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { authorities } from '../../../policies/core/authorities.js';
import type { Block } from '../../../policies/need-to-know/blocks.js';
import type { LiftsRow } from '../../../db/core/rows/tables.js';
import { liftedCounts } from '../../../db/decision/lifted-counts.js';
import { search } from '../../../db/audit/search.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { expectOk, Line } from '../../support/line.js';
import { sayOfBlock } from '../../support/lifting.js';
import { foundRow } from '../../support/found-row.js';
import { readersOf } from '../../support/officers.js';
import { behindTheApi, byRule, notFound } from '../../support/people.js';

const council = useCouncil();
const as = readersOf(council);
const { world } = council;

const reasons =
  'The court has given leave, and the review of this stage cannot wait for the end of the case.';
const route = 'Leave of the court, given to the council this month.';
const offices = ['childrens.services', 'democratic.services', 'legal'] as const;

const blocked = async (
  bars: readonly object[] = [{ bar: 'proceedings', lawfulRoute: route }],
): Promise<Line> =>
  Line.assessed(council, { observationType: 'childs_journey' }, { legal_bars: { answer: bars } });
const say = async (line: Line, by: Account, more: object = {}): Promise<Answer> =>
  (await council.as(by)).post(`${line.path}/lifts`, {
    version: line.version,
    question: 'legal_bars',
    reasons,
    ...more,
  });
const outcome = async (line: Line): Promise<string> => (await line.read('legal')).body.assessment.outcome;
const signAll = async (line: Line): Promise<void> => {
  await line.discuss();
  expectOk(await line.sign('childrens_services'));
  expectOk(await line.sign('democratic_services'));
};
const told = async (line: Line): Promise<unknown[]> =>
  world.db('messages').where({ reference: line.reference, kind: 'rule_lifted' });

describe('a block that rests on a council rule alone', () => {
  test('is lifted by three and approved: the Monitoring Officer is told, and all of it is on the trail', async () => {
    const line = await blocked();
    expect(await outcome(line)).toBe('not_established');
    for (const by of offices.slice(0, 2)) {
      expect((await say(line, by)).status).toBe(201);
      expect(await outcome(line)).toBe('not_established');
      expect(await told(line)).toHaveLength(0);
    }
    const third = await say(line, 'legal');
    expect(third.status).toBe(201);
    expect(third.body.assessment.outcome).toBe('established');
    expect(
      third.body.lifts.map(({ office, outcome: said }: Record<string, string>) => [office, said]),
    ).toEqual([
      ['childrens_services', 'lift'],
      ['democratic_services', 'lift'],
      ['legal', 'lift'],
    ]);
    expect(await told(line)).not.toHaveLength(0);
    const entries = await search(world.db, { subject: line.reference, type: 'request.lift_said', limit: 10 });
    expect(entries).toHaveLength(3);

    await signAll(line);
    expect(expectOk(await line.decide('approve')).body.status).toBe('approved');
  });

  test('stays where two decline, is refused on the ground of a council rule, and never called the law', async () => {
    const line = await blocked();
    expectOk(await say(line, 'childrens.services'));
    for (const by of ['democratic.services', 'legal'])
      expect((await say(line, by, { outcome: 'decline' })).status).toBe(201);
    expect(await outcome(line)).toBe('not_established');
    expect(await told(line)).toHaveLength(0);
    await signAll(line);
    const approval = await line.decide('approve');
    expect(approval).toMatchObject({ status: 409, body: { rule: 'need_to_know' } });
    expect(approval.body.detail).not.toMatch(/the law does not allow/iu);
    expect(await line.decide('refuse', { grounds: ['no_remit_link'] })).toMatchObject(
      byRule(422, 'grounds_of_blocks'),
    );
    const refused = expectOk(await line.decide('refuse', { grounds: ['council_rule'] }));
    expect(refused.body.decision.grounds).toEqual(['council_rule']);
    const page = await (await as('legal')).open(`/requests/${line.reference}/notice`);
    expect(page.text).toContain('A rule of the council’s own');
  });

  test('is on the page of the test: what can be lifted, by whom, and who has given reasons', async () => {
    const line = await blocked();
    expectOk(await say(line, 'childrens.services'));
    const page = await (await as('legal')).open(`/requests/${line.reference}/test`);
    expect(page.text).toContain('A council rule: it can be lifted for this version');
    expect(page.text).toContain(reasons);
    expect(page.html).toContain(`href="/rules#journeyEnds"`);
    expect(page.html).toContain(`/requests/${line.reference}/test/legal_bars/lift`);
    const reader = await as('democratic.services');
    const form = await reader.open(`/requests/${line.reference}/test/legal_bars/lift`);
    expect(form.status).toBe(200);
    expect((await reader.submit({ outcome: '', reasons: '' })).status).toBe(422);
    await reader.submit({ outcome: 'decline', reasons });
    const { lifts } = (await line.read('legal')).body;
    expect(lifts.map(({ office, outcome: said }: Record<string, string>) => [office, said])).toEqual([
      ['childrens_services', 'lift'],
      ['democratic_services', 'decline'],
    ]);
  });

  test('shows an auditor who spoke, when and in what capacity, and no text; a councillor nothing', async () => {
    const line = await blocked();
    for (const by of offices) expectOk(await say(line, by));
    const { lifts } = (await line.read('auditor')).body;
    expect(lifts).toHaveLength(3);
    for (const lift of lifts) {
      expect(lift).toMatchObject({ by: { name: expect.any(String), capacity: expect.any(String) } });
      expect(lift).not.toHaveProperty('reasons');
      expect(lift).not.toHaveProperty('outcome');
      expect(lift).not.toHaveProperty('blocks');
    }
    expect((await line.read('scrutiny.chair')).body).not.toHaveProperty('lifts');
    for (const by of ['scrutiny.chair', 'auditor', 'host'] as const)
      expect([403, 404]).toContain((await say(line, by)).status);
  });

  test('is voided by a changed answer and by an edit, and what was said stays on the record', async () => {
    const line = await blocked();
    for (const by of offices) expectOk(await say(line, by));
    expect(await outcome(line)).toBe('established');
    expectOk(
      await line.answer('connection', { answer: 'professional', reason: 'A link through the school board.' }),
    );
    expect(await outcome(line)).toBe('not_established');
    const after = (await line.read('legal')).body.lifts;
    expect(after.every(({ voidedAt }: { voidedAt?: string }) => voidedAt !== undefined)).toBe(true);
    for (const by of offices) expectOk(await say(line, by));
    expect(await outcome(line)).toBe('established');
    expectOk(await line.edit({ events: 2 }));
    const { lifts, version } = (await line.read('legal')).body;
    expect(lifts).toHaveLength(6);
    expect(lifts.filter(({ voidedAt }: { voidedAt?: string }) => voidedAt === undefined)).toEqual([]);
    expect(version).toBe(2);
    const entries = await search(world.db, {
      subject: line.reference,
      type: 'request.lifts_voided',
      limit: 10,
    });
    expect(new Set(entries.map(({ decision }) => decision?.['because']))).toEqual(
      new Set(['answer_changed', 'edited']),
    );
  });

  test('ends when a right to the papers is confirmed, also before anybody has signed', async () => {
    const line = await Line.assessed(council, { observationType: 'document_inspection' });
    await sayOfBlock(world.db, line, {
      question: 'prerequisites',
      block: 'undertaking:prerequisites',
      reasons,
      person: (await council.as('legal')).id,
      at: council.clock,
    });
    expect((await line.read('legal')).body.lifts).not.toHaveLength(0);
    await line.underRight('s100F', londonDate(council.clock));
    const { lifts } = (await line.read('legal')).body;
    expect(lifts.map(({ voidedAt }: { voidedAt?: string }) => typeof voidedAt)).toEqual(['string']);
    const [entry] = await search(world.db, {
      subject: line.reference,
      type: 'request.lifts_voided',
      limit: 10,
    });
    expect(entry?.decision).toMatchObject({ questions: ['prerequisites'], because: 'right_recorded' });
  });

  test('is recorded for the blocks that it was said of, and refuses others', async () => {
    const line = await blocked();
    const blocks = ['proceedings:journeyEnds'];
    expect(await say(line, 'legal', { blocks: ['lado:barNeverObserved'] })).toMatchObject(
      byRule(409, 'lift_blocks'),
    );
    expect((await say(line, 'legal', { blocks: [] })).status).toBe(422);
    for (const by of offices)
      expect((await say(line, by, { blocks })).body.lifts.at(-1).blocks).toEqual(blocks);
    const [entry] = await search(world.db, { subject: line.reference, type: 'request.lift_said', limit: 1 });
    expect(entry?.decision).toMatchObject({ blocks });
    const { findings } = (await line.read('legal')).body.assessment;
    expect(findings.find((each: { question: string }) => each.question === 'legal_bars')).toMatchObject({
      lifted: true,
      councilRules: [{ block: blocks[0], lifted: true }],
    });
  });

  test('is counted for each block and period, without a request, for those who report it', async () => {
    const block = 'proceedings:journeyEnds';
    const times = async (within = {}) =>
      (await liftedCounts(world.db, within)).find((each) => each.block === block)?.times ?? 0;
    const [before, yet] = [await times(), { from: new Date(council.clock.getTime() + 1) }];
    const line = await blocked();
    const page = `/requests/${line.reference}/test`;
    for (const by of offices.slice(0, 2)) expectOk(await say(line, by));
    expect(await times()).toBe(before);
    expectOk(await say(line, 'legal'));
    expect([await times(), await times(yet)]).toEqual([before + 1, 0]);
    const says = `The offices have lifted it for ${before + 1} version`;
    for (const [account, reads] of [
      ['democratic.services', true],
      ['monitoring.officer', true],
      ['legal', false],
      ['childrens.services', false],
    ] as const)
      expect([account, (await (await as(account)).open(page)).text.includes(says)]).toEqual([account, reads]);
    // One that takes it back ends the lift, and the count with it.
    expectOk(await say(line, 'legal', { outcome: 'decline' }));
    expect(await times()).toBe(before);
  });

  test('is not lifted twice by one office; it may say otherwise, and the rule stands again', async () => {
    const line = await blocked();
    for (const by of offices) expectOk(await say(line, by));
    expect(await say(line, 'legal')).toMatchObject(byRule(409, 'lift_given'));
    expectOk(await say(line, 'legal', { outcome: 'decline' }));
    expect(await outcome(line)).toBe('not_established');
    const { lifts } = (await line.read('legal')).body;
    expect(lifts).toHaveLength(4);
  });

  test('asks for three people: one person speaks for one office, also beside a sign-off', async () => {
    const line = await blocked();
    expectOk(await say(line, 'two.offices', { office: 'legal' }));
    expect(await say(line, 'two.offices', { office: 'democratic_services' })).toMatchObject(
      byRule(403, 'one_person_one_office'),
    );
    expect(await line.sign('democratic_services', {}, 'two.offices')).toMatchObject(
      byRule(403, 'one_person_one_office'),
    );
  });

  test('is not lifted by the host, on another version, or without reasons', async () => {
    const line = await blocked();
    expect(await say(line, 'legal', { version: 2 })).toMatchObject(byRule(409, 'stale_version'));
    expect((await say(line, 'legal', { reasons: ' ' })).status).toBe(422);
    expect((await say(line, 'legal', { question: 'no_such' })).status).toBe(422);
    expect((await say(line, 'legal', { reasons: 'She was born on 3 May 2015.' })).status).toBe(422);
    expect(
      await (
        await council.as('legal')
      ).post('/api/requests/OBS-2020-9999/lifts', {
        version: 1,
        question: 'legal_bars',
        reasons,
      }),
    ).toMatchObject(notFound);
  });
});

describe('a visit under a lifted rule', () => {
  const planned = async () => {
    const line = await blocked();
    for (const by of offices) expectOk(await say(line, by));
    await signAll(line);
    const { body } = expectOk(await line.decide('approve'));
    const host = await council.as('host');
    const visit = expectOk(
      await host.post(`/api/grants/${body.grant.id}/visits`, {
        date: addDays(londonDate(council.clock), 14),
        from: '10:00',
        to: '12:00',
        caseReference: `CP-${line.reference.slice(-4)}`,
        chaperone: 'The team manager',
        conferenceOn: londonDate(council.clock),
      }),
    );
    return { legal: await council.as('legal'), path: `/api/visits/${visit.body.id}/checks/legal_bars` };
  };

  test('goes on with the bar that it was lifted for', async () => {
    const { legal, path } = await planned();
    const { body } = expectOk(
      await legal.put(path, { answer: [{ bar: 'proceedings', lawfulRoute: route }] }),
    );
    expect(body.endedBecause ?? null).toBeNull();
  });

  test.each([
    ['the same bar without its lawful route', [{ bar: 'proceedings' }]],
    ['another bar beside it', [{ bar: 'proceedings', lawfulRoute: route }, { bar: 'court_order' }]],
  ])('ends with %s', async (_what, answer) => {
    const { legal, path } = await planned();
    const { body } = expectOk(await legal.put(path, { answer }));
    expect(body.endedBecause).toBe('blocked');
  });
});

describe('a block of law', () => {
  test.each([
    [
      'a bar without a lawful route',
      { legal_bars: { answer: [{ bar: 'proceedings' }] } },
      'legal_bars',
      authorities.barProceedings,
    ],
    [
      'a council rule beside a bar of law',
      { legal_bars: { answer: [{ bar: 'proceedings', lawfulRoute: route }, { bar: 'court_order' }] } },
      'legal_bars',
      authorities.barCourtOrder,
    ],
    [
      'a need that is not established',
      { necessity: { answer: 'curiosity', reason: 'It asks to see what goes on.' } },
      'necessity',
      authorities.necessity,
    ],
    [
      'another purpose',
      { collateral_purpose: { answer: 'yes' } },
      'collateral_purpose',
      authorities.collateralPurpose,
    ],
  ] as const)(
    'is never lifted, and says by what authority: %s',
    async (_what, answers, question, authority) => {
      const line = await Line.assessed(council, { observationType: 'childs_journey' }, answers);
      for (const by of offices) {
        expect(await say(line, by, { question })).toMatchObject({
          status: 409,
          body: { rule: 'council_rules_alone', authority, kind: 'law' },
        });
      }
      expect(await outcome(line)).toBe('not_established');
    },
  );

  test('and an answer that blocks nothing leave nothing to lift', async () => {
    const line = await blocked();
    expect(await say(line, 'legal', { question: 'scope' })).toMatchObject(byRule(409, 'nothing_to_lift'));
  });
});

describe('the database', () => {
  let line: Line;
  const row = async (more: Partial<LiftsRow> = {}) => {
    const { id } = await foundRow(world.db('requests').where({ reference: line.reference }).first('id'));
    const legal = await council.as('legal');
    return {
      id: crypto.randomUUID(),
      request_id: id,
      version: 1,
      question: 'legal_bars',
      blocks: ['proceedings:journeyEnds' as Block],
      office: 'legal' as const,
      outcome: 'lift' as const,
      reasons,
      person_id: legal.id,
      capacity: 'principal' as const,
      deputy_for: null,
      at: council.clock,
      ...more,
    };
  };
  const insert = async (given: Awaited<ReturnType<typeof row>>): Promise<string> =>
    behindTheApi(world.db, async (trx) => {
      await trx('lifts').insert(given);
    }).then(
      () => 'kept',
      (error: { constraint?: string }) => error.constraint ?? 'another error',
    );

  beforeAll(async () => {
    line = await blocked();
    expectOk(await say(line, 'legal'));
  });

  test('keeps one word of an office on a question, and one person to one office', async () => {
    const { id: other } = await council.as('legal.second');
    expect(await insert(await row({ person_id: other }))).toBe('lifts_one_an_office');
    expect(await insert(await row({ office: 'democratic_services' }))).toBe('lifts_one_office_a_person');
  });

  test('keeps a word on what the version is answered with alone, and always of something', async () => {
    const { id: other } = await council.as('childrens.services');
    const of = async (more: Partial<LiftsRow>) =>
      insert(await row({ office: 'childrens_services', person_id: other, ...more }));
    for (const more of [
      { blocks: [] },
      { blocks: ['lado:barNeverObserved' as const] },
      { blocks: ['proceedings:journeyEnds' as const, 'lado:barNeverObserved' as const] },
      { question: 'prerequisites', blocks: ['undertaking:prerequisites' as const] },
      { question: 'collateral_purpose', blocks: ['constituent_case:constituentByPapers' as const] },
      { question: 'scope' },
    ])
      expect([more, await of(more)]).toEqual([more, 'lifts_of_what_is_answered']);
    expect(await of({ blocks: ['proceedings:prerequisites' as Block] })).toBe('lifts_blocks_check');
  });

  test('keeps nothing on another version or a request that is decided', async () => {
    expect(await insert(await row({ version: 2 }))).toMatch(/lifts_/u);
    await signAll(line);
    expectOk(await line.decide('refuse', { grounds: ['council_rule'] }));
    expect(await insert(await row())).toBe('lifts_current_version');
  });
});
