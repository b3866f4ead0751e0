import type { FeedMember } from '../../../policies/register/register-feed.js';
import { Invalid } from '../../../policies/core/refusals.js';
import { invalid } from '../../../policies/core/rules.js';
import { readFeed, type FeedFile } from './file/read-feed.js';

/** The members in an uploaded file. @throws Invalid by the rule `feed`, for any fault */
export const readUpload = (file: FeedFile): FeedMember[] => {
  try {
    return readFeed(file);
  } catch (error) {
    throw error instanceof Invalid ? invalid('feed', error.errors) : error;
  }
};
