import { contestedConflicts } from '../../../db/conflict/conflicts.js';
import { londonDate } from '../../../policies/core/time/london.js';
import { wordsOfContested } from '../../../policies/deadline/settling.js';
import type { Work } from '../job.js';
import { say, sayingOf } from './say.js';

/** Reminds who settles a contested conflict, and tells the head of their office when nobody has. */
export const remindOfConflicts: Work = async (job) => {
  const now = job.now();
  const found = await contestedConflicts(job.db, londonDate(now));
  return say(
    job,
    found.flatMap((conflict) => {
      const words = wordsOfContested(job.settings, conflict, now);
      if (words === null) return [];
      const { open, reminder, missed } = words;
      return [
        ...(reminder ? [sayingOf(open, reminder, 'deadline.reminded')] : []),
        ...missed.map((word) => sayingOf(open, word, 'deadline.missed')),
      ];
    }),
  );
};
