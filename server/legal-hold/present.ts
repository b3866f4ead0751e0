import type { HoldRow } from '../../db/legal-hold/holds.js';
import { holdCommands } from '../../policies/permission/every-command.js';
import { available } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';

/** A legal hold, complete, for people who may read holds. */
export const presentHold = (reader: Pick<Ctx, 'actor' | 'ability'>, hold: HoldRow) => ({
  id: hold.id,
  reference: hold.reference,
  councillor: { id: hold.councillorId, name: hold.councillorName },
  because: hold.because,
  reasons: hold.reasons,
  placed: { at: hold.placedAt, by: hold.placedBy },
  lifted: hold.lifted && { at: hold.liftedAt, ...hold.lifted },
  can: available(holdCommands, reader, hold, {}),
});
