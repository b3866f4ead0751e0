import type { Knex } from 'knex';
import * as assessments from '../../db/need-to-know/assessments.js';
import { councillorOf, protocolInForce } from '../../db/register/councillors.js';
import { londonDate } from '../../policies/core/london.js';
import type { ObservationRequest } from '../../policies/request/request.js';
import { counted } from '../../policies/need-to-know/given.js';
import { testOf } from '../../policies/need-to-know/weigh.js';
import type { Facts } from '../../policies/register/register.js';
import type { Settings } from '../../policies/settings/settings.js';

/** Where the answers are, what the council has set, and what time it is. */
export interface Weighing {
  readonly db: Knex;
  readonly settings: Settings;
  readonly now: Date;
}

/** What the register knows of a request today. */
export const factsOf = async (db: Knex, row: ObservationRequest, now: Date): Promise<Facts> => ({
  councillor: await councillorOf(db, row.councillorId),
  content: row.content,
  today: londonDate(now),
  protocolVersion: await protocolInForce(db, now),
});

/** The answers of the current version that count, and the test they make. */
export const weighed = async ({ db, settings, now }: Weighing, row: ObservationRequest) => {
  const answers = counted(await assessments.answersOf(db, row));
  return { answers, test: testOf(settings, row, answers, now) };
};
