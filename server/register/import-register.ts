import { inTransaction } from '../../db/core/connection.js';
import * as register from '../../db/register/register.js';
import { assertUnhindered, authoriseTo } from '../../policies/permission/permit.js';
import { keepRegister } from '../../policies/register/commands.js';
import { londonDate } from '../../policies/core/time/london.js';
import { asChosen, noChoices, type FeedChoices } from '../../policies/register/feed-choices.js';
import { compareRegister, type FeedMember } from '../../policies/register/register-feed.js';
import { countsOf, digestOf, withAccounts, type Differences } from './feed/differences.js';
import { withPublicPosts } from './feed/public-posts.js';
import { takeOver } from './feed/take-over.js';
import type { Ctx } from '../case/ctx.js';
import { asKeeper, record } from '../case/record.js';

interface Given {
  readonly shown?: string | null;
  readonly choices?: FeedChoices;
}

/**
 * Imports the additions and changes of a feed, all of them or none. It only lists the members who are gone: each ends
 * when somebody confirms it. Two imports at once come one after the other.
 * @param given the digest of the differences that a person looked at, if somebody did, and what they chose of them
 * @throws Conflict if the differences have changed since; Invalid if a choice is about nobody in the file
 */
export const importRegister = (
  ctx: Ctx,
  feed: readonly FeedMember[],
  { shown = null, choices = noChoices }: Given = {},
): Promise<Differences> =>
  inTransaction(ctx.db, async (trx) => {
    authoriseTo(keepRegister, ctx, { kind: 'Register' });
    await register.lockRegister(trx);
    const found = compareRegister(
      withPublicPosts(ctx, feed),
      await register.registerMembers(trx),
      londonDate(ctx.now()),
    );
    if (shown !== null) {
      assertUnhindered(keepRegister, { kind: 'Register' }, { shown, found: digestOf(found) });
    }
    const chosen = asChosen(found, choices);
    const taken = await withAccounts(trx, chosen);
    record(trx, ctx, asKeeper(ctx.actor), {
      type: 'register.imported',
      subject: 'register',
      decision: { ...countsOf(chosen), leftOut: choices.leaveOut.length },
    });
    await takeOver(trx, ctx, taken);
    return taken;
  });
