import { unansweredAccess } from '../../../db/subject-access/access-requests.js';
import { wordsOfAccess } from '../../../policies/subject-access/answer-due.js';
import type { Work } from '../job.js';
import { say, sayingOf } from './say.js';

/** Reminds Data Protection of the month of a subject access request, and tells their head when it was missed. */
export const remindOfAccess: Work = async (job) => {
  const now = job.now();
  const found = await unansweredAccess(job.db);
  return say(
    job,
    found.flatMap((access) => {
      const { open, reminder, missed } = wordsOfAccess(job.settings, access, now);
      return [
        ...(reminder ? [sayingOf(open, reminder, 'deadline.reminded')] : []),
        ...missed.map((word) => sayingOf(open, word, 'deadline.missed')),
      ];
    }),
  );
};
