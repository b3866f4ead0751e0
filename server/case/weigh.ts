import type { Knex } from 'knex';
import * as assessments from '../../db/need-to-know/assessments.js';
import { councillorOf, protocolInForce } from '../../db/register/councillors.js';
import { londonDate, startOfLondonDay } from '../../policies/core/london.js';
import type { Answers } from '../../policies/need-to-know/answers.js';
import { needToKnow, type TestResult } from '../../policies/need-to-know/test.js';
import type { Facts } from '../../policies/register/register.js';
import type { Settings } from '../../policies/settings/settings.js';
import type { ObservationRequest } from '../../policies/core/subjects.js';

/** Where the answers are, what the council has set, and what time it is. */
export interface Weighing {
  readonly db: Knex;
  readonly settings: Settings;
  readonly now: Date;
}

/** The test of a request's current version, from the answers that count on it. */
export const testOf = (
  settings: Settings,
  row: ObservationRequest,
  answers: Answers,
  now: Date,
): TestResult => {
  if (row.observationType === null) throw new Error('A submitted request has an observation type.');
  return needToKnow({
    observationType: row.observationType,
    events: row.content.events ?? 1,
    answers,
    // The answers are frozen with the decision, and so is the time at which they are weighed.
    now: row.decidedAt ?? row.withdrawnAt ?? now,
    // Until a visit fixes the event it can be no later than the last day of the window.
    eventAt: row.content.window && startOfLondonDay(row.content.window.to),
    calendar: settings,
  });
};

/** What the register knows of a request today. */
export const factsOf = async (db: Knex, row: ObservationRequest, now: Date): Promise<Facts> => ({
  councillor: await councillorOf(db, row.councillorId),
  content: row.content,
  today: londonDate(now),
  protocolVersion: await protocolInForce(db, now),
});

/** The answers of the current version that count, and the test they make. */
export const weighed = async ({ db, settings, now }: Weighing, row: ObservationRequest) => {
  const answers = assessments.counted(await assessments.answersOf(db, row));
  return { answers, test: testOf(settings, row, answers, now) };
};
