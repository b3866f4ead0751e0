import type { FeedMember } from '../../../policies/register/register-feed.js';
import { Invalid } from '../../../policies/core/refusals.js';
import { invalid } from '../../../policies/core/rules.js';
import { readFeed, type FeedFile } from './read-feed.js';

/** The members in a file that was sent. @throws Invalid by the rule `feed`, whatever is wrong with it */
export const readUpload = (file: FeedFile): FeedMember[] => {
  try {
    return readFeed(file);
  } catch (error) {
    throw error instanceof Invalid ? invalid('feed', error.errors) : error;
  }
};
