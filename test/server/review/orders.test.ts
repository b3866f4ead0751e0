/**
 * An order of a court, or a decision of the council or of a committee with power, is carried out; a recommendation has the
 * request decided afresh. Source: need-to-know.md, section 4.
 */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { jobRunner } from '../../../server/jobs/worker/run-job.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { foundRow } from '../../support/found-row.js';
import { granted, type Granted } from '../../support/granted.js';
import { expectOk, Line, reason } from '../../support/line.js';
import { readersOf } from '../../support/officers.js';
import { behindTheApi, personId, signInAgain, stepsOf } from '../../support/people.js';

const council = useCouncil();
const as = readersOf(council);
const begin = council.clock;
beforeEach(() => {
  council.clock = begin;
});
const today = (): string => londonDate(council.clock);

const refused = async (changes: object = {}): Promise<Line> => {
  const line = await Line.readyForLegal(council, changes);
  expectOk(await line.decide('refuse'));
  return line;
};
const direct = async (
  line: Line,
  effect: object,
  account: Account = 'monitoring.officer',
): Promise<Answer> => {
  const answer = await (
    await council.as(account)
  ).post(`${line.path}/direction`, { body: 'The Family Court', date: today(), minute: 'Case 17', ...effect });
  if (answer.status === 201) line.version = answer.body.version;
  return answer;
};
const carry = async (line: Line, more: object = {}, account: Account = 'legal.second'): Promise<Answer> =>
  (await council.as(account)).post(`${line.path}/direction/carried-out`, {
    version: line.version,
    noConflict: true,
    ...more,
  });
/** An order on record, with Legal's answer about what the law bars. */
const ordered = async (bars: readonly object[] = []): Promise<Line> => {
  const line = await refused();
  expectOk(await direct(line, { effect: 'order' }));
  expectOk(await line.answer('legal_bars', { answer: bars }, 'legal.second'));
  return line;
};

describe('an order', () => {
  test('is carried out by Legal: the grant has it as its authority, and no other seat is taken', async () => {
    const line = await ordered();
    const { body } = expectOk(
      await carry(line, { conditions: ['Leaves when the chair asks.'], categories: ['process'] }),
    );
    expect(body).toMatchObject({
      status: 'approved',
      decision: { outcome: 'approve', grounds: [] },
      grant: { status: expect.any(String) },
      review: { direction: { effect: 'order', body: 'The Family Court', minute: 'Case 17' } },
    });
    expect(body.decision.reasons).toMatch(/^Carried out: The Family Court, .*, Case 17\.$/);
    const live = body.signOffs.filter((each: { version: number }) => each.version === line.version);
    expect(live.map((each: { office: string }) => each.office)).toEqual(['legal']);
    const entries = await stepsOf(council.world.db, line.reference);
    expect(entries.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['request.directed', 'request.carried_out', 'grant.made']),
    );
    const read = await line.read('scrutiny.chair');
    expect(read.body.decision.reasons).toContain('Carried out');
  });

  test('leaves nothing to judge: nobody signs, refuses, lifts, tells a gist, returns it or changes what is asked', async () => {
    const line = await ordered();
    const legal = await council.as('legal.second');
    for (const answer of [
      await line.sign('democratic_services', {}, 'democratic.services.second'),
      await line.decide('refuse', {}, 'legal.second'),
      await line.decide('approve', {}, 'legal.second'),
      await legal.post(`${line.path}/hearing`, { version: line.version, gist: 'What is said.' }),
      await legal.post(`${line.path}/return`, { version: line.version, questions: 'Which duty is it?' }),
      await line.edit({ alternatives: 'Nothing less would do.' }),
    ])
      expect([answer.status, answer.body.rule, answer.body.kind]).toEqual([409, 'order_stands', 'law']);
  });

  test('settles days outside those first asked for, and none that are over', async () => {
    const line = await ordered();
    const past = await carry(line, { from: addDays(today(), -1), to: addDays(today(), 3) });
    expect([past.status, past.body.rule]).toEqual([422, 'grant_window']);
    const window = { from: addDays(today(), 50), to: addDays(today(), 60) };
    const { body } = expectOk(await carry(line, window));
    const { body: grant } = await (await council.as('legal')).get(`/api/grants/${body.grant.id}`);
    expect(grant.window).toEqual(window);
  });

  test('is carried out after the days first asked for: time does not close what is ordered', async () => {
    const soon = { from: addDays(today(), 7), to: addDays(today(), 14) };
    const line = await refused({ window: soon });
    expectOk(await direct(line, { effect: 'order' }));
    expectOk(await line.answer('legal_bars', { answer: [] }, 'legal.second'));
    council.clock = new Date(begin.getTime() + 20 * 24 * 60 * 60 * 1000);
    await jobRunner({ db: council.world.db, now: () => council.clock, log: pino({ level: 'silent' }) })(
      'times_passed',
    );
    await signInAgain(council, 'legal.second');
    expectOk(await carry(line, { from: today(), to: addDays(today(), 7) }));
  });

  test('lifts no bar of law by itself: a court’s order to admit opens proceedings in the words that Legal record', async () => {
    const line = await ordered([{ bar: 'proceedings' }]);
    const barred = await carry(line);
    expect([barred.status, barred.body.rule, barred.body.kind]).toEqual([409, 'order_bars', 'law']);
    expectOk(
      await line.answer(
        'legal_bars',
        { answer: [{ bar: 'proceedings', lawfulRoute: 'The order admits the member to the meeting.' }] },
        'legal.second',
      ),
    );
    expectOk(await carry(line));
  });

  test('does not open a file after an adoption order', async () => {
    const line = await ordered([{ bar: 'adoption_order' }]);
    const barred = await carry(line);
    expect([barred.status, barred.body.rule]).toEqual([409, 'order_bars']);
  });

  test('is not carried out before Legal have answered what the law bars', async () => {
    const line = await refused();
    expectOk(await direct(line, { effect: 'order' }));
    const early = await carry(line);
    expect([early.status, early.body.rule]).toEqual([409, 'order_bars']);
  });

  test('is carried out by nobody else than Legal, and by nobody who signed the refusal', async () => {
    const line = await ordered();
    for (const account of ['childrens.services', 'monitoring.officer', 'host', 'scrutiny.chair'] as const)
      expect((await carry(line, {}, account)).status).toBe(403);
    const signed = await carry(line, {}, 'legal');
    expect([signed.status, signed.body.rule]).toEqual([403, 'signed_before']);
  });

  test('waits for Legal in their queue, and its page says what is ordered', async () => {
    const line = await ordered();
    const page = await (await as('legal.second')).open(`/requests/${line.reference}/carry-out`);
    expect(page.text).toContain('Carry out an order');
    expect(page.text).toContain('The Family Court');
    expect(page.text).toContain('Nobody judges the need again');
  });

  test('rests on the authority of the body that gave it: a court’s stands until set aside, a committee’s until rescinded', async () => {
    for (const [givenBy, says, authority] of [
      ['court', 'until the court sets it aside', 'M v Home Office'],
      ['council', 'unless the council rescinds it', 'section 101'],
      ['committee', 'unless that committee rescinds it', 'section 101'],
    ] as const) {
      const line = await refused();
      const { body } = expectOk(await direct(line, { effect: 'order', givenBy }));
      expect(body.review.direction.givenBy).toBe(givenBy);
      const judged = await line.decide('refuse', {}, 'legal.second');
      expect([judged.status, judged.body.rule, judged.body.kind]).toEqual([409, 'order_stands', 'law']);
      expect(judged.body.detail).toContain(says);
      expect(judged.body.authority).toContain(authority);
    }
    const unsaid = await refused();
    expect(expectOk(await direct(unsaid, { effect: 'order' })).body.review.direction.givenBy).toBe(
      'committee',
    );
    expect((await direct(await refused(), { effect: 'order', givenBy: 'minister' })).status).toBe(422);
  });

  test('is recorded by the Monitoring Officer alone', async () => {
    const line = await refused();
    expect((await direct(line, { effect: 'order' }, 'legal.second')).status).toBe(403);
  });
});

test('the councillor reads that an order is carried out, and that a recommendation has it decided afresh', async () => {
  for (const [effect, moment, says, never] of [
    ['order', 'ordered', 'The order is carried out', 'decided afresh'],
    ['recommendation', 'remitted', 'is decided afresh', 'ordered'],
  ] as const) {
    const line = await refused();
    expectOk(await direct(line, { effect }));
    const { body } = await line.read('scrutiny.chair');
    expect(body.review.next).toContain(says);
    expect(body.review.next).not.toContain(never);
    expect(body.review.next.includes('You may still change the request')).toBe(effect === 'recommendation');
    const moments = body.timeline.map(({ what }: { what: string }) => what);
    expect(moments).toContain(moment);
    expect(moments).not.toContain(effect === 'order' ? 'remitted' : 'ordered');
  }
});

describe('a direction about an end that a review has upheld', () => {
  const ended = async (): Promise<Granted> => {
    const grant = await granted(council);
    const post = async (by: Account, path: string, body: object) =>
      expectOk(await (await council.as(by)).post(path, body));
    await post('data.protection', `${grant.path}/revoke`, { reasons: reason });
    await post('scrutiny.chair', `${grant.line.path}/review`, { reasons: reason });
    await post('monitoring.officer', `${grant.line.path}/review/decision`, {
      outcome: 'upheld',
      reasons: reason,
      noConflict: true,
    });
    return grant;
  };
  const opened = async ({ line }: Granted, effect: string): Promise<Line> => {
    expect((await line.read('monitoring.officer')).body.can).toContain('direct');
    const { body } = expectOk(await direct(line, { effect, givenBy: 'court' }));
    expect(body).toMatchObject({ status: 'approved', due: null });
    const reference = body.review.afresh as string;
    expect(body.review.next).toContain(reference);
    return new Line(council, reference, line.type, 'scrutiny.chair');
  };

  test('is carried out as a new request where it orders: nothing that was granted comes back', async () => {
    const grant = await ended();
    const line = await opened(grant, 'order');
    const read = await line.read('scrutiny.chair');
    expect(read.body.review.direction).toMatchObject({ effect: 'order', body: 'The Family Court' });
    expect(read.body.review.next).toContain('The order is carried out');
    const judged = await line.decide('refuse', {}, 'legal.second');
    expect([judged.status, judged.body.rule]).toEqual([409, 'order_stands']);
    expectOk(await line.answer('legal_bars', { answer: [] }, 'legal.second'));
    const own = await carry(line, {}, 'legal');
    expect([own.status, own.body.rule]).toEqual([403, 'signed_before']);
    const { body } = expectOk(await carry(line));
    expect(body).toMatchObject({ status: 'approved', decision: { outcome: 'approve' } });
    expect((await grant.read('scrutiny.chair')).body.status).toBe('revoked');
  });

  test('has the text decided afresh as a new request where it recommends', async () => {
    const line = await opened(await ended(), 'recommendation');
    const { body } = await line.read('legal.second');
    expect(body).toMatchObject({ status: 'submitted', version: 1 });
    expect((await carry(line)).body.rule).toBe('no_order');
    expect(await line.decide('refuse', { grounds: ['no_remit_link'] })).toMatchObject({ status: 403 });
  });

  test('is not recorded while what was granted goes on', async () => {
    const { line } = await granted(council);
    const early = await direct(line, { effect: 'order' });
    expect([early.status, early.body.rule]).toEqual([409, 'nothing_to_review']);
  });

  test('is recorded on its page, which says that nothing comes back', async () => {
    const { line } = await ended();
    const page = await (await as('monitoring.officer')).open(`/requests/${line.reference}/direction`);
    expect(page.text).toMatch(/Nothing that was granted comes back.*Who gave it\?/u);
  });
});

describe('behind the service', () => {
  const forged = (line: Line, account: Account, outcome: 'approve' | 'agree') =>
    behindTheApi(council.world.db, async (trx) => {
      const request = await foundRow(trx('requests').where({ reference: line.reference }).first('id'));
      const [seat] = await trx('sign_offs')
        .insert({
          request_id: request.id,
          version: line.version,
          office: outcome === 'approve' ? 'legal' : 'democratic_services',
          outcome,
          reasons: reason,
          grounds: [],
          person_id: await personId(council.world.db, account),
          capacity: 'principal',
          at: council.clock,
        })
        .returning('id');
      await trx('grants').insert({
        request_id: request.id,
        version: line.version,
        sign_off_id: seat?.id ?? '',
        window_from: today(),
        window_to: addDays(today(), 7),
        events: 1,
        categories: ['process'],
        made_at: council.clock,
      });
      await trx('requests')
        .where({ id: request.id })
        .update({ status: 'approved', decided_at: council.clock, due_on: null });
    });

  test('one signature approves what is ordered, and nothing that is recommended', async () => {
    const recommended = await refused();
    expectOk(await direct(recommended, { effect: 'recommendation' }));
    await expect(forged(recommended, 'legal.second', 'approve')).rejects.toMatchObject({
      constraint: 'approval_needs_three_sign_offs',
    });
  });

  test('who recorded an order does not carry it out, and no other office signs it', async () => {
    const line = await ordered();
    await expect(forged(line, 'monitoring.officer', 'approve')).rejects.toMatchObject({
      constraint: 'orders_carried_out',
    });
    await expect(forged(line, 'democratic.services.second', 'agree')).rejects.toMatchObject({
      constraint: 'orders_carried_out',
    });
  });
});

describe('a recommendation', () => {
  test('has the same text decided afresh by others, as what was sent before orders were told apart', async () => {
    for (const effect of [
      { effect: 'recommendation' },
      { outcome: 'remitted' },
      { effect: 'recommendation', outcome: 'remitted' },
    ]) {
      const line = await refused();
      const { body } = expectOk(await direct(line, effect));
      expect(body).toMatchObject({
        status: 'submitted',
        version: 2,
        review: { direction: { effect: 'recommendation' } },
      });
      expect((await carry(line)).body.rule).toBe('no_order');
    }
  });

  test('is told apart from an order', async () => {
    const line = await refused();
    for (const effect of [{}, { effect: 'order', outcome: 'remitted' }, { effect: 'other' }])
      expect((await direct(line, effect)).status).toBe(422);
  });
});
