import { londonDate } from '../../../policies/london.js';
import type { FeedMember } from '../../../policies/register-feed.js';
import { screen } from '../../../policies/screening.js';
import type { Ctx } from '../../context.js';

/**
 * The feed without what stands among the posts and is none: some councils write a telephone number or an
 * address there. It goes the way of the telephone number that has a field of its own, unsaid and unkept.
 * A post may name the year it was taken up.
 */
export const withPublicPosts = (ctx: Ctx, feed: readonly FeedMember[]): FeedMember[] => {
  const options = { field: 'posts', today: londonDate(ctx.now()), allowOldDates: true };
  return feed.map((member) => ({
    ...member,
    posts: member.posts.filter((post) => screen(post, options).length === 0),
  }));
};
