import { londonDate } from '../../../policies/core/time/london.js';
import type { FeedMember } from '../../../policies/register/register-feed.js';
import { invalid } from '../../../policies/core/rules.js';
import { screen, screenAll } from '../../../policies/core/words/screening.js';
import type { Ctx } from '../../case/ctx.js';

/** @throws Invalid where a name or a ward holds what is never stored: there it is no mere addition */
const assertPublic = (member: FeedMember, place: number, today: string): void => {
  const faults = screenAll(
    { [`member.${place}.name`]: member.name, [`member.${place}.ward`]: member.ward ?? undefined },
    { today, allowOldDates: true },
  );
  if (faults.length > 0) throw invalid('feed', faults);
};

/**
 * The feed without what stands among the posts and is none: some councils write a telephone number or an
 * address there. It goes the way of the telephone number that has a field of its own, unsaid and unkept.
 * A post may name the year it was taken up.
 * @throws Invalid, naming name or ward of a member, counted from one among those with a seat
 */
export const withPublicPosts = (ctx: Ctx, feed: readonly FeedMember[]): FeedMember[] => {
  const today = londonDate(ctx.now());
  const options = { field: 'posts', today, allowOldDates: true };
  for (const [index, member] of feed.entries()) assertPublic(member, index + 1, today);
  return feed.map((member) => ({
    ...member,
    posts: member.posts.filter((post) => screen(post, options).length === 0),
  }));
};
