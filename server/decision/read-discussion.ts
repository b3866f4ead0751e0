import { recordedOne } from '../../db/core/recorded.js';
import { findDiscussion, type DiscussionEntry, type DiscussionPage } from '../../db/decision/discussion.js';
import type { Ctx } from '../case/ctx.js';
import { shown, type Shown } from '../case/shown.js';
import { readingEntry } from '../case/record.js';

/**
 * The discussion, oldest first; privileged advice only for those who may read it. The entry of the reading says
 * whether it included advice.
 * @throws NotFound, also for a person who may read the request and not its discussion
 */
export const readDiscussion = async (
  ctx: Ctx,
  reference: string,
  page: DiscussionPage = { limit: 1000 },
): Promise<Shown<DiscussionEntry>> => {
  const entry = readingEntry(ctx, { type: 'discussion.read', subject: reference });
  const ask = recordedOne(ctx.db, entry, { advice: 'shown.advice' });
  const within = { ...page, limit: page.limit + 1 };
  return shown(await findDiscussion(ctx.db, ctx.ability, reference, within, ask), page.limit);
};
