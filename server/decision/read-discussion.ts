import { inTransaction } from '../../db/core/connection.js';
import { discussionOf, type DiscussionEntry } from '../../db/decision/discussion.js';
import * as requests from '../../db/request/requests.js';
import { authorise } from '../../policies/core/ability.js';
import type { Ctx } from '../case/ctx.js';
import { shown, type Shown } from '../case/shown.js';
import { trace } from '../case/trail.js';

/**
 * What the offices have said, oldest first; privileged advice only for those who may read it.
 * @throws NotFound, also for who reads the request and not its discussion
 */
export const readDiscussion = (
  ctx: Ctx,
  reference: string,
  page: { readonly limit: number; readonly after?: number | undefined } = { limit: 1000 },
): Promise<Shown<DiscussionEntry>> =>
  inTransaction(ctx.db, async (trx) => {
    const row = await requests.find(trx, ctx.ability, reference);
    authorise(ctx.ability, 'read_discussion', row);
    const advice = ctx.ability.can('read_advice', row);
    trace(trx, ctx, null, { type: 'discussion.read', subject: reference, decision: { advice } });
    return shown(await discussionOf(trx, row, { ...page, limit: page.limit + 1, advice }), page.limit);
  });
