import { recordedList } from '../../db/core/recorded.js';
import { listTokens as load, type TokenRow } from '../../db/token/tokens.js';
import { NotFound } from '../../policies/core/refusals.js';
import { londonDate } from '../../policies/core/time/london.js';
import type { Ctx } from '../case/ctx.js';
import { readingEntry } from '../case/record.js';
import { shown, type Shown } from '../case/shown.js';

/**
 * A page of the tokens that this person may read, newest first: their own, or of an administrator all. The listing is one
 * entry on the trail. @throws NotFound
 */
export const listTokens = async (
  ctx: Ctx,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
): Promise<Shown<TokenRow>> => {
  if (!ctx.ability.can('read', 'Token')) throw new NotFound();
  const entry = readingEntry(ctx, { type: 'token.listed', subject: 'tokens' });
  const ask = recordedList(ctx.db, entry, { upTo: limit });
  const asked = { limit: limit + 1, before, today: londonDate(ctx.now()) };
  return shown(await load(ctx.db, ctx.ability, asked, ask), limit);
};
