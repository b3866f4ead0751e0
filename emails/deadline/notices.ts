/** The words of the notice that gathers reminders. */
import { toList, type Templates } from '../core/template.js';

export const deadlineNotices = {
  // Its body is the lines of reminders.ts.
  digest: {
    subject: () => 'Things that are due',
    body: [],
    link: toList,
  },
} satisfies Templates;
