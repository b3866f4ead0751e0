import { findCorrection, type CorrectionRow } from '../../db/correction/corrections.js';
import type { Ctx } from '../case/ctx.js';
import { recordReading } from '../case/record.js';
import { aboutCorrection } from './about-correction.js';

/** One correction. The reading is recorded. @throws NotFound */
export const readCorrection = async (ctx: Ctx, id: string): Promise<CorrectionRow> => {
  const correction = await findCorrection(ctx.db, ctx.ability, id);
  await recordReading(ctx, {
    type: 'correction.read',
    subject: aboutCorrection(correction),
    decision: { correction: correction.id },
  });
  return correction;
};

/** A correction as a command left it: the command is the entry on the trail. */
export const correctionAfter = (
  { db, ability }: Pick<Ctx, 'db' | 'ability'>,
  id: string,
): Promise<CorrectionRow> => findCorrection(db, ability, id);
