import { recordedOne } from '../../db/core/recorded.js';
import { findHold, subjectOfHold, type HoldRow } from '../../db/legal-hold/holds.js';
import { aboutCase } from '../incident/follows/incident.js';
import { readingEntry } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';

/** One legal hold; the reading is recorded with the matter that it keeps. @throws NotFound */
export const readHold = async (ctx: Ctx, id: string): Promise<HoldRow> => {
  const hold = id.toLowerCase();
  // A missing hold takes the same statements as a hidden one, so that the time taken does not disclose which it is.
  const about = await subjectOfHold(ctx.db, hold);
  const entry = readingEntry(ctx, {
    type: 'hold.listed',
    subject: about ? aboutCase(about) : `hold:${hold}`,
    decision: { hold },
  });
  return findHold(ctx.db, ctx.ability, hold, recordedOne(ctx.db, entry));
};
