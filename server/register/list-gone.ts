import { recordedList } from '../../db/core/recorded.js';
import { readCouncillors } from '../../db/register/councillors.js';
import type { Councillor } from '../../policies/register/member.js';
import type { Ctx } from '../case/ctx.js';
import { readingEntry } from '../case/record.js';

/** The members whom an import listed as gone, as they are now; each one is confirmed separately. */
export const listGone = (ctx: Ctx, ids: readonly string[]): Promise<Councillor[]> => {
  const entry = readingEntry(ctx, { type: 'councillor.listed', subject: 'councillors' });
  return readCouncillors(ctx.db, ctx.ability, ids, recordedList(ctx.db, entry));
};
