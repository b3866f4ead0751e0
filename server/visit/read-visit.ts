import { recordedOne } from '../../db/core/recorded.js';
import { referenceOf } from '../../db/request/reference-of.js';
import { findVisitOnRecord } from '../../db/visit/visit-records.js';
import type { Ctx } from '../case/ctx.js';
import { readingEntry } from '../case/record.js';
import { fileOf, type VisitFile } from './visit-file.js';

/** One visit with its grant and its questions. The reading is on the trail first. @throws NotFound */
export const readVisit = async (ctx: Ctx, id: string): Promise<VisitFile> => {
  const visit = id.toLowerCase();
  // A missing visit takes the same statements as a hidden one, so that the time taken does not disclose which it is.
  const subject = (await referenceOf(ctx.db, `visit:${visit}`)) ?? `visit:${visit}`;
  const now = ctx.now();
  const ask = recordedOne(ctx.db, readingEntry(ctx, { type: 'visit.read', subject, decision: { visit } }));
  return fileOf(await findVisitOnRecord(ctx.db, ctx.ability, { id: visit, now }, ask), now);
};
