import { inTransaction } from '../../db/core/connection.js';
import type { Ctx } from '../case/ctx.js';
import { trace } from '../case/trail.js';
import { visitFile, type VisitFile } from './visit-file.js';

/** One visit with its grant and its questions. The reading is on the trail first. @throws NotFound */
export const readVisit = (ctx: Ctx, id: string): Promise<VisitFile> =>
  inTransaction(ctx.db, async (trx) => {
    const file = await visitFile(trx, ctx, id);
    const { visit } = file;
    trace(trx, ctx, null, {
      type: 'visit.read',
      subject: visit.reference,
      decision: { visit: visit.id },
    });
    return file;
  });
