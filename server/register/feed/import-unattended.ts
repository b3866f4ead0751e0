import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Knex } from 'knex';
import { notifyLast } from '../../../db/core/closing.js';
import { inTransaction } from '../../../db/core/connection.js';
import { isFirst } from '../../../db/people/tries.js';
import * as register from '../../../db/register/register.js';
import { addDays, londonDate, startOfLondonDay } from '../../../policies/core/time/london.js';
import { asChosen, noChoices } from '../../../policies/register/feed-choices.js';
import { registerDiffers } from '../../../policies/register/notices.js';
import { compareRegister, type FeedMember } from '../../../policies/register/register-feed.js';
import {
  quietDays,
  unattended,
  type LeftReason,
  type Unattended,
} from '../../../policies/register/unattended.js';
import type { Doing } from '../../case/ctx.js';
import { noticeToSend } from '../../case/notify.js';
import { asKeeper, record } from '../../case/record.js';
import { withAccounts, type Differences } from './differences.js';
import { withPublicPosts } from './public-posts.js';
import { takeOver } from './take-over.js';

/** How many members were taken over, and how many were left for people, by the reason. */
export type Outcome = Readonly<Record<'added' | 'changed' | LeftReason, number>>;

/** What came of an import that nobody watches. */
export interface ImportedUnattended {
  /** What was taken over, and who is gone or in doubt. */
  readonly taken: Differences;
  readonly outcome: Outcome;
}

/** The service itself, on behalf of the user of the operating system who runs the command. */
export const itself = (systemUser: string): Doing['actor'] => ({
  kind: 'Actor',
  id: 'system',
  name: `The operating-system user ${systemUser}`,
  email: '',
  councillorId: null,
  standing: null,
  holdings: [],
});

const outcomeOf = ({ added, changed, left }: Unattended): Outcome => ({
  added: added.length,
  changed: changed.length,
  gone: left.gone.length,
  doubtful: left.doubtful.length,
  namesake: left.namesake.length,
  address: left.address.length,
  membership: left.membership.length,
});

const digestOf = (left: Unattended['left']): string =>
  createHash('sha256')
    .update(canonicalize(left) ?? '')
    .digest('base64url');

/**
 * Imports a feed while nobody looks on: what leaves nothing to judge is taken over, all of it or none; nobody’s membership
 * begins anew, is shortened or ends by it, and no address of somebody else is taken. Democratic Services get a mail with the
 * numbers where something was taken over or left for them; of the same differences again after `quietDays`.
 * @param doing the service itself, or the person in whose place a program sends the file
 * @param leaveOut numbers of members of the file that are not looked at
 * @throws Invalid as `withPublicPosts`, or if a number is of nobody in the file
 */
export const importUnattended = (
  db: Knex,
  doing: Doing,
  feed: readonly FeedMember[],
  leaveOut: readonly string[] = [],
): Promise<ImportedUnattended> =>
  inTransaction(db, async (trx) => {
    const [at, today] = [doing.now(), londonDate(doing.now())];
    await register.lockRegister(trx);
    const members = await register.registerMembers(trx);
    const chosen = asChosen(compareRegister(withPublicPosts(doing, feed), members, today), {
      ...noChoices,
      leaveOut,
    });
    const found = await withAccounts(trx, chosen);
    const parts = unattended(found, members, today);
    const outcome = outcomeOf(parts);
    const takes = outcome.added + outcome.changed > 0;
    const entry = record(trx, doing, asKeeper(doing.actor), {
      type: takes ? 'register.imported' : 'register.compared',
      subject: 'register',
      decision: { ...outcome, unattended: true },
    });
    await takeOver(trx, doing, parts);
    const leaves = Object.values(parts.left).some((those) => those.length > 0);
    const key = `register:${digestOf(parts.left)}`;
    const until = startOfLondonDay(addDays(today, quietDays));
    const isNews = leaves && (await isFirst(trx, { key, now: at, until }));
    if (takes || isNews) notifyLast(trx, noticeToSend(entry, registerDiffers(outcome), at));
    return { taken: { ...found, added: parts.added, changed: parts.changed }, outcome };
  });
