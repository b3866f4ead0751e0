import { recordedList } from '../../db/core/recorded.js';
import { listCouncillors as load } from '../../db/register/councillors.js';
import type { Councillor } from '../../policies/register/member.js';
import type { Ctx } from '../case/ctx.js';
import { shown, type Shown } from '../case/shown.js';
import { readingEntry } from '../case/record.js';

/** A page of the councillors this person may read, by name; the listing is one entry on the trail. */
export const listCouncillors = async (
  ctx: Ctx,
  given: Parameters<typeof load>[2],
): Promise<Shown<Councillor>> => {
  const entry = readingEntry(ctx, { type: 'councillor.listed', subject: 'councillors' });
  const ask = recordedList(ctx.db, entry, { upTo: given.limit });
  return shown(await load(ctx.db, ctx.ability, { ...given, limit: given.limit + 1 }, ask), given.limit);
};
