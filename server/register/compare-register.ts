import { registerMembers } from '../../db/register/register.js';
import { authoriseTo } from '../../policies/permission/permit.js';
import { keepRegister } from '../../policies/register/commands.js';
import { londonDate } from '../../policies/core/time/london.js';
import { compareRegister as differences, type FeedMember } from '../../policies/register/register-feed.js';
import { countsOf, withAccounts, type Differences } from './feed/differences.js';
import { withPublicPosts } from './feed/public-posts.js';
import type { Ctx } from '../case/ctx.js';
import { asKeeper, recordReading } from '../case/record.js';

/** The changes that a feed would make. Changes nothing; the trail records the comparison. */
export const compareRegister = async (ctx: Ctx, feed: readonly FeedMember[]): Promise<Differences> => {
  authoriseTo(keepRegister, ctx, { kind: 'Register' });
  const found = differences(withPublicPosts(ctx, feed), await registerMembers(ctx.db), londonDate(ctx.now()));
  const compared = await withAccounts(ctx.db, found);
  const happening = { type: 'register.compared', subject: 'register', decision: countsOf(found) } as const;
  await recordReading(ctx, happening, asKeeper(ctx.actor));
  return compared;
};
