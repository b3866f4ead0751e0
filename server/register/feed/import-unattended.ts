import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Knex } from 'knex';
import { notifyLast } from '../../../db/core/closing.js';
import { inTransaction } from '../../../db/core/connection.js';
import { isFirst } from '../../../db/people/tries.js';
import * as register from '../../../db/register/register.js';
import type { Settings } from '../../../policies/settings/settings.js';
import { addDays, londonDate, startOfLondonDay } from '../../../policies/core/time/london.js';
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
import { record } from '../../case/record.js';
import { withAccounts } from './differences.js';
import { withPublicPosts } from './public-posts.js';
import { takeOver } from './take-over.js';

export interface UnattendedDeps {
  readonly db: Knex;
  readonly now: () => Date;
  readonly settings: Settings;
}

/** How many members were taken over, and how many were left for people, by the reason. */
export type Outcome = Readonly<Record<'added' | 'changed' | LeftReason, number>>;

/** The service itself, on behalf of the user of the operating system who runs the command. */
const itself = (systemUser: string): Doing['actor'] => ({
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
 * @throws Invalid as `withPublicPosts`
 */
export const importUnattended = (
  { db, now, settings }: UnattendedDeps,
  feed: readonly FeedMember[],
  systemUser: string,
): Promise<Outcome> =>
  inTransaction(db, async (trx) => {
    const doing: Doing = { actor: itself(systemUser), now, settings };
    const [at, today] = [now(), londonDate(now())];
    await register.lockRegister(trx);
    const members = await register.registerMembers(trx);
    const found = await withAccounts(trx, compareRegister(withPublicPosts(doing, feed), members, today));
    const parts = unattended(found, members, today);
    const outcome = outcomeOf(parts);
    const takes = outcome.added + outcome.changed > 0;
    const entry = record(trx, doing, null, {
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
    return outcome;
  });
