import { readCase } from '../../db/case/case-records.js';
import { caseFileAt, type CaseFile } from '../../policies/case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { readingEntry } from '../case/record.js';

/**
 * One request, with everything on record about it. The file and the entry of the reading are one statement: no
 * entry, no content.
 * @throws NotFound
 */
export const readRequest = async (ctx: Ctx, reference: string): Promise<CaseFile> => {
  const entry = readingEntry(ctx, { type: 'request.read', subject: reference });
  return caseFileAt(await readCase(ctx.db, ctx.ability, reference, entry), ctx.settings, ctx.now());
};
