import { londonDate } from '../../../policies/core/time/london.js';
import type { FeedMember } from '../../../policies/register/register-feed.js';
import { invalid } from '../../../policies/core/rules.js';
import { screen, screenAll } from '../../../policies/core/words/screening.js';
import type { Ctx } from '../../case/ctx.js';

/** @throws Invalid if a name or a ward holds personal data that is never stored: those fields cannot be left out */
const assertPublic = (member: FeedMember, place: number, today: string): void => {
  const faults = screenAll(
    { [`member.${place}.name`]: member.name, [`member.${place}.ward`]: member.ward ?? undefined },
    { today, allowOldDates: true },
  );
  if (faults.length > 0) throw invalid('feed', faults);
};

/**
 * The feed without entries that are no posts: some councils write a telephone number or an address there. Like the
 * telephone number in its own field, they are neither mentioned nor stored. A post may name the year in which it
 * began.
 * @throws Invalid, naming name or ward of a member, counted from one among those with a seat
 */
export const withPublicPosts = (ctx: Pick<Ctx, 'now'>, feed: readonly FeedMember[]): FeedMember[] => {
  const today = londonDate(ctx.now());
  const options = { field: 'posts', today, allowOldDates: true };
  for (const [index, member] of feed.entries()) assertPublic(member, index + 1, today);
  return feed.map((member) => ({
    ...member,
    posts: member.posts.filter((post) => screen(post, options).length === 0),
  }));
};
