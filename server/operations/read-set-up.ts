import { countSetUp } from '../../db/operations/set-up.js';
import { londonDate } from '../../policies/core/time/london.js';
import { authorise } from '../../policies/permission/ability.js';
import {
  setUpSteps,
  stepsMissing,
  type SetUpCounts,
  type SetUpStep,
} from '../../policies/operations/set-up.js';
import type { Ctx } from '../case/ctx.js';

export interface SetUpRead {
  /** How many steps are missing without which no request is decided. */
  readonly missing: number;
  readonly steps: readonly SetUpStep[];
  readonly counts: SetUpCounts;
}

/**
 * What is set up, and what is missing before the first request can be decided. Numbers alone, and nobody's name: the
 * reading is not recorded.
 * @throws NotFound for a person who may not see it
 */
export const readSetUp = async (ctx: Ctx): Promise<SetUpRead> => {
  authorise(ctx.ability, 'read', { kind: 'SetUp' });
  const now = ctx.now();
  const counts = await countSetUp(ctx.db, { now, today: londonDate(now) });
  const steps = setUpSteps(counts);
  return { missing: stepsMissing(steps), steps, counts };
};
