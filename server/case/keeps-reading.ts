import type { Knex } from 'knex';
import { writeLast } from '../../db/core/closing.js';
import { actingOn } from '../../db/request/requests.js';
import type { Acting } from '../../policies/people/actor.js';
import { decidingOffices } from '../../policies/core/office.js';
import type { ObservationRequest } from '../../policies/request/request.js';
import type { Ctx } from './ctx.js';

/** Lets who has acted on a request for an office keep reading it. */
export const keepReading = (
  trx: Knex.Transaction,
  { actor }: Pick<Ctx, 'actor'>,
  { reference, actedBy }: Pick<ObservationRequest, 'reference' | 'actedBy'>,
): void => {
  if (!actedBy.includes(actor.id)) writeLast(trx, actingOn(trx, reference, actor.id));
};

/**
 * The same for a grant or a visit, for people who acted for one of the offices. A host or Data Protection do not get
 * an office's reading rights by having acted: they never read the discussion (need-to-know.md, section 5).
 */
export const keepsReading = (
  trx: Knex.Transaction,
  ctx: Pick<Ctx, 'actor'>,
  { office }: Acting,
  reference: string,
): void => {
  if (decidingOffices.some((each) => each === office)) writeLast(trx, actingOn(trx, reference, ctx.actor.id));
};
