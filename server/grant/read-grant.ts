import { recordedOne } from '../../db/core/recorded.js';
import { referenceOf } from '../../db/request/reference-of.js';
import { findGrant } from '../../db/grant/grants.js';
import type { Grant } from '../../policies/grant/grant.js';
import type { Ctx } from '../case/ctx.js';
import { readingEntry } from '../case/record.js';

/** One grant with the facts its limits rest on. The reading is on the trail first. @throws NotFound */
export const readGrant = async (ctx: Ctx, id: string): Promise<Grant> => {
  // A missing grant takes the same statements as a hidden one, so that the time taken does not disclose which it is.
  const subject = (await referenceOf(ctx.db, `grant:${id}`)) ?? `grant:${id}`;
  const entry = readingEntry(ctx, { type: 'grant.read', subject });
  return findGrant(ctx.db, ctx.ability, id, ctx.now(), recordedOne(ctx.db, entry));
};
