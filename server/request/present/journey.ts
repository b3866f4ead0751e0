import type { Ctx } from '../../case/ctx.js';
import type { CaseFile } from '../../../policies/case/case-file.js';

/** Whether this reader could ask for the stage of a child's journey that follows this one. */
export const mayContinue = (
  ctx: Pick<Ctx, 'actor' | 'ability'>,
  { row, grant, continuedBy }: CaseFile,
): boolean =>
  row.councillorId === ctx.actor.councillorId &&
  row.status === 'approved' &&
  row.observationType === 'childs_journey' &&
  continuedBy === null &&
  grant?.endedBecause !== 'revoked' &&
  grant?.journeyEnded !== true &&
  ctx.ability.can('create', row);
