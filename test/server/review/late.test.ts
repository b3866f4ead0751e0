/**
 * A review that is asked for after its time (need-to-know.md, section 4): with the reason why it is late, accepted for good
 * reason or not by the Monitoring Officer, and then decided as any other.
 */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { jobRunner } from '../../../server/jobs/worker/run-job.js';
import { paths } from '../../../server/web/paths.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { expectOk, Line } from '../../support/line.js';
import { fillIn, readersOf } from '../../support/officers.js';
import { behindTheApi, byRule, lineAt, personId, stepsOf } from '../../support/people.js';
import { foundRow } from '../../support/found-row.js';

const council = useCouncil();
const as = readersOf(council);
// A Tuesday in summer time, without a holiday near it: the last day to ask is 29 September.
const tuesday = new Date('2026-09-15T10:00:00+01:00');
const late = new Date('2026-10-06T10:00:00+01:00');
council.clock = tuesday;
beforeEach(() => {
  council.clock = tuesday;
});

const canary = {
  asks: 'Canaryasks: the decision does not speak of the review.',
  late: 'Canarylate: the notice lay in a hospital locker.',
  weighs: 'Canaryweighs: illness is good reason.',
};
const post = async (by: Account, path: string, body: object): Promise<Answer> =>
  (await council.as(by)).post(path, body);
const refused = async (): Promise<Line> => {
  const line = await lineAt(council, 'ready');
  expectOk(await line.decide('refuse'));
  return line;
};
const ask = (line: Line, more: object = { late: canary.late }) =>
  post('scrutiny.chair', `${line.path}/review`, { reasons: canary.asks, ...more });
const weigh = (line: Line, outcome: string, by: Account = 'monitoring.officer') =>
  post(by, `${line.path}/review/late`, { outcome, reasons: canary.weighs, noConflict: true });
const decide = (line: Line, outcome: string) =>
  post('monitoring.officer', `${line.path}/review/decision`, {
    outcome,
    reasons: 'It was looked at again.',
    noConflict: true,
  });
const askedLate = async (): Promise<Line> => {
  const line = await refused();
  council.clock = late;
  expectOk(await ask(line));
  return line;
};
const canOf = async (line: Line, by: Account): Promise<string[]> => expectOk(await line.read(by)).body.can;
const messages = (line: Line, kind: string) =>
  council.world.db('messages').where({ reference: line.reference, kind }).select('to_person', 'due');

describe('a review that is asked for late', () => {
  test('needs the reason why it is late, and waits to be accepted before anybody decides it', async () => {
    const line = await refused();
    council.clock = late;
    expect(await ask(line, {})).toMatchObject(byRule(409, 'review_time'));
    const { body } = expectOk(await ask(line));
    expect(body).toMatchObject({
      status: 'refused',
      due: { what: 'review', at: '2026-10-20' },
      review: { reasons: canary.asks, late: { because: canary.late, acceptedAt: null } },
    });
    expect(body.review.next).toContain('says first whether it is heard');
    expect(await canOf(line, 'monitoring.officer')).toEqual(['accept_late', 'direct']);
    const early = await decide(line, 'upheld');
    expect(early).toMatchObject(byRule(409, 'late_first'));
    expect(early.body.kind).toBe('council');
    expect(await ask(line)).toMatchObject(byRule(409, 'review_asked'));
  });

  test('is accepted for good reason with a time of its own, and the councillor is told', async () => {
    const line = await askedLate();
    council.clock = new Date('2026-10-08T10:00:00+01:00');
    const { body } = expectOk(await weigh(line, 'accepted'));
    expect(body.review).toMatchObject({
      late: { because: canary.late, reasons: canary.weighs, acceptedAt: expect.any(String) },
      due: { what: 'review', at: '2026-10-22' },
    });
    expect(await messages(line, 'late_review_accepted')).toMatchObject([
      { to_person: await personId(council.world.db, 'scrutiny.chair') },
    ]);
    expect((await line.read('scrutiny.chair')).body.review.late.reasons).toBe(canary.weighs);
    const last = (await stepsOf(council.world.db, line.reference)).findLast(
      ({ type }) => type === 'review.late_weighed',
    );
    expect(last).toMatchObject({ decision: { version: 1, outcome: 'accepted', due: '2026-10-22' } });
    expect(await weigh(line, 'refused')).toMatchObject(byRule(409, 'no_late_review'));
    expect(expectOk(await decide(line, 'remitted')).body).toMatchObject({ status: 'submitted', version: 2 });
  });

  test('that is not accepted is over, and the councillor reads why and where they can turn next', async () => {
    const line = await askedLate();
    expectOk(await weigh(line, 'refused'));
    const { body } = await line.read('scrutiny.chair');
    expect(body.review).toMatchObject({ decision: { outcome: 'too_late', reasons: canary.weighs } });
    expect(body.review.next).toMatch(
      /after its time, and is not heard\. The decision stands\..*judicial review/u,
    );
    expect(body.due).toBeNull();
    expect(await messages(line, 'review_upheld')).toHaveLength(1);
    expect(await ask(line)).toMatchObject(byRule(409, 'review_asked'));
    expect(await decide(line, 'remitted')).toMatchObject(byRule(409, 'no_review'));
  });

  test('is accepted by nobody but the Monitoring Officer, and by nobody who signed the request', async () => {
    const line = await askedLate();
    for (const by of ['democratic.services', 'legal', 'scrutiny.chair', 'data.protection'] as const)
      expect((await weigh(line, 'accepted', by)).status).toBe(403);
    await expect(
      behindTheApi(council.world.db, async (trx) =>
        trx('reviews')
          .whereIn('request_id', trx('requests').where({ reference: line.reference }).select('id'))
          .update({
            accepted_at: council.clock,
            accepted_by: await personId(trx, 'legal'),
            accept_reasons: canary.weighs,
          }),
      ),
    ).rejects.toMatchObject({ constraint: 'reviews_by_another' });
  });

  test('is not decided before it is accepted, also where the database is asked', async () => {
    const line = await askedLate();
    await expect(
      behindTheApi(council.world.db, async (trx) =>
        trx('reviews')
          .whereIn('request_id', trx('requests').where({ reference: line.reference }).select('id'))
          .update({
            outcome: 'upheld',
            decision_reasons: canary.weighs,
            decided_at: council.clock,
            decided_by: await personId(trx, 'monitoring.officer'),
            capacity: 'principal',
          }),
      ),
    ).rejects.toMatchObject({ constraint: 'reviews_late_check' });
  });

  test('has the reason for its lateness in no mail', async () => {
    const line = await askedLate();
    expectOk(await weigh(line, 'accepted'));
    const sent = await council.world.db('messages').where({ reference: line.reference });
    expect(JSON.stringify(sent)).not.toMatch(/Canary/u);
  });

  test('on pages: the councillor says why, and the Monitoring Officer accepts it', async () => {
    const line = await refused();
    council.clock = late;
    const chair = await as('scrutiny.chair');
    const form = await chair.open(paths.review(line.reference));
    expect(form.text).toMatch(/The last day to ask was 29 September 2026 \..*Why do you ask late\?/u);
    await fillIn(chair, paths.review(line.reference), { reasons: canary.asks, late: canary.late });
    const officer = await as('monitoring.officer');
    const page = await officer.open(paths.lateReview(line.reference));
    expect(page.text).toContain(canary.late);
    await fillIn(officer, paths.lateReview(line.reference), {
      outcome: 'accepted',
      reasons: canary.weighs,
      noConflict: 'true',
    });
    expect((await chair.open(paths.request(line.reference))).text).toMatch(/Asked for late.*Accepted/u);
  });
});

test('a review in time has no reason why it is late', async () => {
  const line = await refused();
  expect(await ask(line)).toMatchObject(byRule(409, 'review_in_time'));
  expect((await (await as('scrutiny.chair')).open(paths.review(line.reference))).text).not.toContain('late');
});

test('the review of a request that time closed has a day that it is found by', async () => {
  council.clock = new Date('2026-11-02T10:00:00Z');
  const line = await Line.submitted(council, { window: { from: '2026-11-09', to: '2026-11-20' } });
  council.clock = new Date('2026-11-24T10:00:00Z');
  await jobRunner({ db: council.world.db, now: () => council.clock, log: pino({ level: 'silent' }) })(
    'times_passed',
  );
  expectOk(await ask(line, {}));
  const day = () =>
    foundRow(
      council.world
        .owner('runtime.due_days as d')
        .join('requests as r', 'r.id', 'd.request_id')
        .where({ 'r.reference': line.reference, 'd.kind': 'clock' })
        .first('d.due_on'),
    );
  expect(await day()).toMatchObject({ due_on: '2026-12-08' });
  expectOk(await decide(line, 'upheld'));
  await expect(day()).rejects.toThrow();
});
