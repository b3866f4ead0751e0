/**
 * What in law stands in the way (need-to-know.md, section 2, `legal_bars`): each bar has its lawful route and its
 * authority, and a council’s own “never” is called so. At a visit Legal answer; the host reports.
 */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { addDays } from '../../../policies/core/time/london.js';
import { useCouncil } from '../../support/council.js';
import { granted } from '../../support/granted.js';
import { expectOk, Line } from '../../support/line.js';
import { byRule } from '../../support/people.js';
import { readyToVisit, VisitWalk } from '../../support/visiting.js';

const council = useCouncil();
const monday = '2027-01-11';
const tuesday = addDays(monday, 1);
const window = { from: monday, to: '2027-02-05' };
beforeEach(() => {
  council.clock = new Date(`${monday}T10:00:00Z`);
});

const agreement = 'The senior investigating officer has agreed in writing to an observer.';
const strategy = { observationType: 'strategy_discussion', window };

/** What the test says of the bars, as Legal read it. */
const found = async (line: Line) => {
  const { body } = expectOk(await (await council.as('legal')).get(`${line.path}/assessment`));
  const finding = (body.findings as { question: string }[]).find(({ question }) => question === 'legal_bars');
  return { outcome: body.outcome as string, ...finding };
};

const setNever = async (neverObserved: readonly string[]): Promise<void> => {
  const keeper = await council.as('democratic.services');
  const { revision } = (await keeper.get('/api/settings')).body;
  expectOk(await keeper.patch('/api/settings', { revision, neverObserved }));
};

/** What the offices say of lifting what blocks under the bars. */
const lift = async (line: Line, more: object = {}) => {
  for (const by of ['childrens.services', 'democratic.services', 'legal'] as const) {
    const officer = await council.as(by);
    expectOk(
      await officer.post(`${line.path}/lifts`, {
        version: line.version,
        question: 'legal_bars',
        reasons: 'The partner asks for an observer, and the review cannot wait.',
        ...more,
      }),
    );
  }
};

describe('a request', () => {
  test('with a lifted bar waits anew where the council never lets members observe another one of it', async () => {
    const line = await Line.assessed(council, strategy, {
      legal_bars: {
        answer: [
          { bar: 'criminal', lawfulRoute: agreement },
          { bar: 'lado', lawfulRoute: 'The designated officer has agreed in writing.' },
        ],
      },
    });
    await setNever(['lado']);
    await lift(line);
    expect(await found(line)).toMatchObject({ outcome: 'established', lifted: true });

    await setNever(['lado', 'criminal']);
    expect(await found(line)).toMatchObject({
      outcome: 'not_established',
      result: 'blocks',
      kind: 'council',
    });
    await line.discuss();
    expectOk(await line.sign('childrens_services'));
    expectOk(await line.sign('democratic_services'));
    expect(await line.decide('approve')).toMatchObject({ status: 409, body: { rule: 'need_to_know' } });

    // Each office is asked anew, and says so for both.
    await lift(line);
    expect(await found(line)).toMatchObject({ outcome: 'established', lifted: true });
    expect(await line.decide('approve')).toMatchObject({ status: 201 });
    await setNever([]);
  });

  test('for a strategy discussion is approved with the written agreement of the police, and not without', async () => {
    const line = await Line.assessed(council, strategy, { legal_bars: { answer: [{ bar: 'criminal' }] } });
    expect(await found(line)).toMatchObject({
      outcome: 'not_established',
      result: 'blocks',
      authority: expect.stringContaining('senior investigating officer') as unknown,
    });
    await line.discuss();
    expectOk(await line.sign('childrens_services'));
    expectOk(await line.sign('democratic_services'));
    expect(await line.decide('approve')).toMatchObject({ status: 409, body: { rule: 'need_to_know' } });

    const routed = { answer: [{ bar: 'criminal', lawfulRoute: agreement }] };
    expectOk(await line.answer('legal_bars', routed));
    expectOk(await line.sign('childrens_services'));
    expectOk(await line.sign('democratic_services'));
    expect(await line.decide('approve')).toMatchObject({ status: 201, body: { status: 'approved' } });
  });

  test('about files after an adoption order is approved by no route', async () => {
    const line = await Line.assessed(
      council,
      { window },
      { legal_bars: { answer: [{ bar: 'adoption_order', lawfulRoute: 'The agency decided to disclose.' }] } },
    );
    expect(await found(line)).toMatchObject({
      result: 'blocks',
      authority: 'Adoption and Children Act 2002, sections 56 to 65',
    });
  });

  test('for what the council never observes rests on a rule of the council, and its refusal says so', async () => {
    await setNever(['criminal']);
    try {
      const answer = { answer: [{ bar: 'criminal', lawfulRoute: agreement }] };
      const line = await Line.assessed(council, strategy, { legal_bars: answer });
      expect(await found(line)).toMatchObject({
        outcome: 'not_established',
        explanation: expect.stringContaining('the council serves this another way') as unknown,
        authority: expect.stringMatching(/^Council rule/u) as unknown,
      });
      await line.discuss();
      expect(await line.decide('refuse', { grounds: ['legal_bar'] })).toMatchObject({ status: 422 });
      expect(await line.decide('refuse', { grounds: ['council_rule'] })).toMatchObject({
        status: 201,
        body: { status: 'refused', decision: { grounds: ['council_rule'] } },
      });
    } finally {
      await setNever([]);
    }
  });

  test('that was approved stays approved after the council decides never to observe such work again', async () => {
    const line = await Line.assessed(council, strategy, {
      legal_bars: { answer: [{ bar: 'criminal', lawfulRoute: agreement }] },
    });
    await line.discuss();
    expectOk(await line.sign('childrens_services'));
    expectOk(await line.sign('democratic_services'));
    expectOk(await line.decide('approve'));
    await setNever(['criminal']);
    try {
      expect((await found(line)).outcome).toBe('established');
    } finally {
      await setNever([]);
    }
  });
});

describe('a visit', () => {
  test('waits for Legal, who are asked when it is planned and moved to another day', async () => {
    const grant = await granted(council, {
      changes: { observationType: 'core_group', window },
      now: () => council.clock,
    });
    const asked = async () =>
      council.world
        .db('messages')
        .where({ reference: grant.line.reference, kind: 'visit_bars' })
        .pluck('kind');
    const visit = await VisitWalk.planned(council, grant, { type: 'core_group', date: addDays(tuesday, 7) });
    const first = (await asked()).length;
    expect(first).toBeGreaterThan(0);
    const host = await council.as('host');
    expectOk(await host.patch(visit.path, { date: addDays(tuesday, 8) }));
    expect(await asked()).toHaveLength(2 * first);
    expectOk(await host.patch(visit.path, { chaperone: 'The deputy manager' }));
    expect(await asked()).toHaveLength(2 * first);
  });

  test('has its bars answered by Legal alone, and Legal answer nothing else of it', async () => {
    const visit = await readyToVisit(council, { date: tuesday, window });
    expect(await visit.check('connection', { answer: 'none' }, 'legal')).toMatchObject(byRule(403, 'office'));
    expect(
      await visit.check('legal_bars', { answer: [{ bar: 'lado', lawfulRoute: agreement }] }, 'host'),
    ).toMatchObject({
      status: 422,
      body: { rule: 'route_by_legal', errors: [{ field: 'answer.0.lawfulRoute' }] },
    });
  });

  test.each(['host', 'childrens.services'])(
    'that somebody reports a bar at (%s) is open to nobody until Legal have answered again',
    async (by) => {
      const visit = await readyToVisit(council, { date: tuesday, window });
      visit.at('09:00');
      expectOk(await visit.check('legal_bars', { answer: [{ bar: 'proceedings' }] }, by));
      const bars = async () =>
        ((await visit.read('legal')).body.checks as { question: string }[]).find(
          ({ question }) => question === 'legal_bars',
        );
      expect(await bars()).toMatchObject({ result: 'unanswered', reported: ['proceedings'] });
      visit.at('10:30');
      expect((await visit.read('scrutiny.chair')).body).toMatchObject({
        status: 'planned',
        access: { allowed: false },
      });
      // To report nothing afterwards takes nothing back.
      expectOk(await visit.check('legal_bars', { answer: [] }, by));
      expect(await bars()).toMatchObject({ result: 'unanswered', reported: ['proceedings'] });

      const routed = { answer: [{ bar: 'proceedings', lawfulRoute: 'The court has given permission.' }] };
      expectOk(await visit.check('legal_bars', routed));
      expect(await bars()).toMatchObject({ result: 'satisfied' });
      expect(await bars()).not.toHaveProperty('reported');
      expect((await visit.read('scrutiny.chair')).body.access).toMatchObject({ allowed: true });
    },
  );

  test('at which a bar was reported that Legal never answered for is attended without authority', async () => {
    const visit = await readyToVisit(council, { date: tuesday, window });
    visit.at('09:00');
    expectOk(await visit.check('legal_bars', { answer: [{ bar: 'lado' }] }, 'host'));
    visit.at('13:00');
    expect((await visit.attended()).body.attendance).toMatchObject({
      authorised: false,
      outside: ['checks'],
    });
  });

  test('ends at once at what the council never observes, though there is a lawful route', async () => {
    const visit = await readyToVisit(council, { date: tuesday, window });
    await setNever(['lado']);
    try {
      const answer = await visit.check('legal_bars', { answer: [{ bar: 'lado', lawfulRoute: agreement }] });
      expect(answer.body).toMatchObject({ status: 'ended', endedBecause: 'blocked' });
    } finally {
      await setNever([]);
    }
  });
});
