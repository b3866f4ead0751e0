import { inTransaction } from '../../db/core/connection.js';
import { registerMembers } from '../../db/register/register.js';
import { authoriseTo } from '../../policies/core/permit.js';
import { keepRegister } from '../../policies/register/commands.js';
import { londonDate } from '../../policies/core/london.js';
import { compareRegister as differences, type FeedMember } from '../../policies/register/register-feed.js';
import { countsOf, withAccounts, type Differences } from './feed/differences.js';
import { withPublicPosts } from './feed/public-posts.js';
import type { Ctx } from '../case/ctx.js';
import { asKeeper, trace } from '../case/trail.js';

/** What a feed would change. Changes nothing; that it was asked is on the trail. */
export const compareRegister = (ctx: Ctx, feed: readonly FeedMember[]): Promise<Differences> =>
  inTransaction(ctx.db, async (trx) => {
    authoriseTo(keepRegister, ctx, { kind: 'Register' });
    const found = differences(withPublicPosts(ctx, feed), await registerMembers(trx), londonDate(ctx.now()));
    trace(trx, ctx, asKeeper(ctx.actor), {
      type: 'register.compared',
      subject: 'register',
      decision: countsOf(found),
    });
    return withAccounts(trx, found);
  });
