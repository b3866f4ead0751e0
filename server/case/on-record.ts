import { councillorOf } from '../../db/register/councillors.js';
import { spokenOn } from '../../db/decision/discussion.js';
import { discussionHeld, type OnRecord } from '../../policies/decision/sign-off.js';
import type { ObservationRequest } from '../../policies/core/subjects.js';
import { weighed, type Weighing } from './weigh.js';

/** What is on record about the version before the offices: what a sign-off or a decision rests on. */
export const onRecord = async (given: Weighing, row: ObservationRequest): Promise<OnRecord> => ({
  row,
  test: (await weighed(given, row)).test,
  discussed: discussionHeld(await spokenOn(given.db, row)),
  upheldFinding: (await councillorOf(given.db, row.councillorId)).breachUpheldOn !== null,
});
