import { inTransaction } from '../../db/connection.js';
import { registerMembers } from '../../db/register.js';
import { authorise } from '../../policies/ability.js';
import { londonDate } from '../../policies/london.js';
import { compareRegister as differences, type FeedMember } from '../../policies/register-feed.js';
import { countsOf, withAccounts, type Differences } from '../casework/register-feed/differences.js';
import { withPublicPosts } from '../casework/register-feed/public-posts.js';
import type { Ctx } from '../context.js';
import { asKeeper, trace } from '../casework/trail.js';

/** What a feed would change. Changes nothing; that it was asked is on the trail. */
export const compareRegister = (ctx: Ctx, feed: readonly FeedMember[]): Promise<Differences> =>
  inTransaction(ctx.db, async (trx) => {
    authorise(ctx.ability, 'keep', { kind: 'Register' });
    const found = differences(withPublicPosts(ctx, feed), await registerMembers(trx), londonDate(ctx.now()));
    await trace(trx, ctx, asKeeper(ctx.actor), {
      type: 'register.compared',
      subject: 'register',
      decision: countsOf(found),
    });
    return withAccounts(trx, found);
  });
