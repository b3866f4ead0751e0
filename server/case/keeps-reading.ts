import type { Knex } from 'knex';
import * as requests from '../../db/request/requests.js';
import { decidingOffices, type Acting } from '../../policies/core/subjects.js';
import type { Ctx } from './ctx.js';

/**
 * Lets who has acted for one of the offices keep reading what they acted on. A host or Data Protection do
 * not come to read it as an office does by having acted: they never read the discussion
 * (need-to-know.md, section 5).
 */
export const keepsReading = async (
  trx: Knex.Transaction,
  ctx: Pick<Ctx, 'actor'>,
  { office }: Acting,
  reference: string,
): Promise<void> => {
  if (!decidingOffices.some((each) => each === office)) return;
  await requests.actedOn(trx, reference, ctx.actor.id);
};
