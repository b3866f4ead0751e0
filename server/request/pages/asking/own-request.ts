import { permit } from '../../../../policies/permission/permit.js';
import { londonDate } from '../../../../policies/core/time/london.js';
import type { edit, withdraw } from '../../../../policies/request/commands.js';
import type { Before } from '../../../../policies/request/submission.js';
import type { Ctx } from '../../../case/ctx.js';
import type { CaseFile } from '../../../../policies/case/case-file.js';
import { readRequest } from '../../read-request.js';

/** A request that this councillor may change, with their register entry. */
export interface OwnRequest extends CaseFile, Before {}

/**
 * Reads one's own request to give a command about it: refused before a form is shown that could not be sent.
 * @throws NotFound, Forbidden, Conflict
 */
export const ownRequest = async (
  ctx: Ctx,
  reference: string,
  command: typeof edit | typeof withdraw,
  version?: number,
): Promise<OwnRequest> => {
  const file = await readRequest(ctx, reference);
  permit(command, ctx, file, { version });
  return { ...file, today: londonDate(ctx.now()) };
};
