import type { Knex } from 'knex';
import { councillorOf } from '../../db/councillors.js';
import { spokenOn } from '../../db/discussion.js';
import { discussionHeld, type OnRecord } from '../../policies/sign-off.js';
import type { ObservationRequest } from '../../policies/subjects.js';
import { weighed } from './weigh.js';

/** What is on record about the version before the offices: what a sign-off or a decision rests on. */
export const onRecord = async (db: Knex, row: ObservationRequest, now: Date): Promise<OnRecord> => ({
  row,
  test: (await weighed(db, row, now)).test,
  discussed: discussionHeld(await spokenOn(db, row)),
  upheldFinding: (await councillorOf(db, row.councillorId)).breachUpheldOn !== null,
});
