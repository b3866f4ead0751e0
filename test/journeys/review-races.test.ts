/** Two ways out of one refusal at once: one is taken, the other finds it taken, and nothing is half done. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { londonDate } from '../../policies/core/time/london.js';
import { askReview } from '../../server/review/ask-review.js';
import { decideRequest } from '../../server/decision/decide-request.js';
import { useCouncil, type Account, type Answer } from '../support/council.js';
import { expectOk, reason } from '../support/line.js';
import { isLong } from '../support/long.js';
import {
  brought,
  byRule,
  copiesOf,
  ctxFor,
  personId,
  stepsOf,
  storedOf,
  type Stored,
} from '../support/people.js';

const council = useCouncil();
const times = isLong ? 100 : 4;

/** So many refusals, a review of each asked for. */
const inReview = async (): Promise<string[]> => {
  const { db } = council.world;
  const now = () => council.clock;
  const { reference } = await brought(db, 'ready', { now });
  const references = await copiesOf(db, reference, times);
  const legal = await ctxFor(db, await personId(db, 'legal'), now);
  const chair = await ctxFor(db, await personId(db, 'scrutiny.chair'), now);
  const refusal = { outcome: 'refuse', reasons: reason, grounds: ['no_remit_link'] } as const;
  for (const each of references) {
    await decideRequest(legal, each, { version: 1, ...refusal, conditions: [], categories: ['process'] });
    await askReview(chair, each, { reasons: reason });
  }
  return references;
};

const decide = async (by: Account, reference: string, outcome: 'upheld' | 'remitted'): Promise<Answer> =>
  (await council.as(by)).post(`/api/requests/${reference}/review/decision`, {
    outcome,
    reasons: reason,
    noConflict: true,
  });
const direct = async (reference: string): Promise<Answer> =>
  (await council.as('monitoring.officer')).post(`/api/requests/${reference}/direction`, {
    body: 'The Standards Committee',
    date: londonDate(council.clock),
    minute: 'Minute 7',
    outcome: 'remitted',
  });

interface Outcome {
  readonly first: Answer;
  readonly second: Answer;
  readonly stored: Stored;
  readonly steps: readonly string[];
}

/** Both at once, each sent first half of the time. */
const race = async (
  first: (reference: string) => Promise<Answer>,
  second: (reference: string) => Promise<Answer>,
  holds: (outcome: Outcome) => void,
): Promise<void> => {
  for (const [index, reference] of (await inReview()).entries()) {
    const sent = index % 2 === 0 ? [first, second] : [second, first];
    const answers = await Promise.all(sent.map((call) => call(reference)));
    const [one, two] = index % 2 === 0 ? answers : answers.toReversed();
    if (!one || !two) throw new Error('Two calls have two answers.');
    const stored = await storedOf(council.world.db, reference);
    const steps = (await stepsOf(council.world.db, reference)).map(({ type }) => type);
    // However it came out: as many versions as the row says, each answer carried over once.
    const { version, status } = stored.request;
    expect(stored.versions).toHaveLength(version);
    expect(stored.answers).toHaveLength(14 * version);
    expect(status).toBe(version === 2 ? 'submitted' : 'refused');
    expect(steps.filter((type) => type === 'request.remitted')).toHaveLength(version - 1);
    holds({ first: one, second: two, stored, steps });
  }
};

beforeAll(async () => {
  // A deputy stands in for the Monitoring Officer today, so that two may decide.
  const today = londonDate(council.clock);
  const absence = { office: 'monitoring_officer', principal: 'monitoring.officer@council.example' };
  const services = await council.as('democratic.services');
  expectOk(await services.post('/api/absences', { ...absence, from: today, to: today }));
  await council.as('monitoring.officer');
  await council.as('monitoring.officer.deputy');
}, 60_000);

describe('at once:', () => {
  test('one upholds a refusal and another remits it: one decision is kept', async () => {
    await race(
      (reference) => decide('monitoring.officer', reference, 'upheld'),
      (reference) => decide('monitoring.officer.deputy', reference, 'remitted'),
      ({ first, second, stored, steps }) => {
        expect([first.status, second.status].toSorted((a, b) => a - b)).toEqual([201, 409]);
        if (first.status === 201) expect(second).toMatchObject(byRule(409, 'no_review'));
        else expect(first).toMatchObject({ status: 409, body: { rule: 'status' } });
        expect(stored.request.version).toBe(first.status === 201 ? 1 : 2);
        expect(steps.filter((type) => type === 'review.decided')).toHaveLength(1);
      },
    );
  }, 120_000);

  test('a review remits while a direction does: one remittal, and one new version', async () => {
    await race(
      (reference) => decide('monitoring.officer.deputy', reference, 'remitted'),
      direct,
      ({ first, second, steps }) => {
        expect([first.status, second.status].toSorted((a, b) => a - b)).toEqual([201, 409]);
        const refused = first.status === 201 ? second : first;
        expect(refused.body.rule).toBe('status');
        expect(steps.includes('review.decided')).toBe(first.status === 201);
        expect(steps.includes('request.directed')).toBe(second.status === 201);
      },
    );
  }, 120_000);

  test('a review upholds while a direction remits: the direction holds either way', async () => {
    await race(
      (reference) => decide('monitoring.officer.deputy', reference, 'upheld'),
      direct,
      ({ first, second, stored, steps }) => {
        expect(second.status).toBe(201);
        expect([201, 409]).toContain(first.status);
        expect(stored.request.version).toBe(2);
        expect(steps.filter((type) => type === 'review.decided')).toHaveLength(first.status === 201 ? 1 : 0);
      },
    );
  }, 120_000);
});
