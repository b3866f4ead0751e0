import type { Named } from '../../policies/core/separated.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { readRequest } from '../request/read-request.js';
import { namable } from './namable.js';

/**
 * A request, with the offices that nobody is free to act for today, so that the Chief Executive may name somebody.
 * The reading of the request is recorded. @throws NotFound
 */
export const readNaming = async (
  ctx: Ctx,
  reference: string,
): Promise<{ readonly file: CaseFile; readonly offices: readonly Named['office'][] }> => {
  const file = await readRequest(ctx, reference);
  return { file, offices: await namable(ctx.db, file.row, ctx.now()) };
};
