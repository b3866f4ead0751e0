/** A condition as JSON keeps it beside the sign-off that set it. */
import { z } from 'zod';
import { conditionOwners, conditionStates, conditionTimes } from '../../policies/grant/condition.js';

export const storedCondition = z.strictObject({
  id: z.string(),
  text: z.string(),
  owner: z.enum(conditionOwners),
  before: z.enum(conditionTimes),
  state: z.enum(conditionStates),
});
