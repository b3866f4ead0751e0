import { readCase } from '../../db/case/case-records.js';
import { caseFileAt, type CaseFile } from '../../policies/case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { readingEntry } from '../case/record.js';

/**
 * The test of a request as it stands. @throws NotFound, also for a person who may read the request and not its test
 */
export const readAssessment = async (ctx: Ctx, reference: string): Promise<CaseFile> => {
  const entry = readingEntry(ctx, { type: 'assessment.read', subject: reference });
  const record = await readCase(ctx.db, ctx.ability, reference, entry, 'read_assessment');
  return caseFileAt(record, ctx.settings, ctx.now());
};
