import type { ObservationTypeKey } from '../../../policies/core/observation-types.js';
import type { Ctx } from '../../case/ctx.js';
import { draftRequest } from '../draft-request.js';

/**
 * A member takes up the invitation of a programme: a request of theirs begins, which names it.
 * @returns the new reference
 * @throws as draftRequest does
 */
export const takePart = async (
  ctx: Ctx,
  programme: string,
  observationType: ObservationTypeKey,
): Promise<string> => (await draftRequest(ctx, { programme, observationType })).row.reference;
