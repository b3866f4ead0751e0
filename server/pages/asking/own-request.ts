import { permit } from '../../../policies/commands.js';
import type { CommandName } from '../../../policies/actions.js';
import { londonDate } from '../../../policies/london.js';
import type { Before } from '../../../policies/submission.js';
import type { Ctx } from '../../context.js';
import type { Dossier } from '../../casework/dossier.js';
import { readCouncillor } from '../../usecases/read-councillor.js';
import { readRequest } from '../../usecases/read-request.js';

/** A request that this councillor may change, and what the register has of them. */
export interface OwnRequest extends Dossier, Before {}

/**
 * Reads one's own request to give a command about it: refused before a form is shown that could not be sent.
 * @throws NotFound, Forbidden, Conflict
 */
export const ownRequest = async (
  ctx: Ctx,
  reference: string,
  command: CommandName,
  version?: number,
): Promise<OwnRequest> => {
  const dossier = await readRequest(ctx, reference);
  permit(command, ctx, dossier.row, version === undefined ? {} : { version });
  const councillor = await readCouncillor(ctx, dossier.row.councillorId);
  return { ...dossier, settings: ctx.settings, councillor, today: londonDate(ctx.now()) };
};
