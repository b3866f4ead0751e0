import { recordedOne } from '../../db/core/recorded.js';
import { findToken, type TokenRow } from '../../db/token/tokens.js';
import { londonDate } from '../../policies/core/time/london.js';
import type { Ctx } from '../case/ctx.js';
import { readingEntry } from '../case/record.js';

/** One token; the reading is recorded. @throws NotFound */
export const readToken = (ctx: Ctx, given: string): Promise<TokenRow> => {
  const id = given.toLowerCase();
  const entry = readingEntry(ctx, { type: 'token.listed', subject: `token:${id}` });
  return findToken(ctx.db, ctx.ability, { id, today: londonDate(ctx.now()) }, recordedOne(ctx.db, entry));
};
