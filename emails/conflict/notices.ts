/** The words of the notices about recorded conflicts of interest. */
import type { Template, Templates } from '../core/template.js';

const toConflicts: Template['link'] = (_reference, pages) => ({
  text: 'Open the conflicts of interest',
  path: pages.conflicts,
});

export const conflictNotices = {
  conflict_recorded: {
    subject: () => 'A conflict of interest has been recorded',
    body: [
      'Democratic Services have recorded a conflict of interest. The person who has it signs nothing that it is about.',
      'If it is yours and you think it is wrong, you can contest it. It stands until it is settled.',
    ],
    link: toConflicts,
  },
  conflict_contested: {
    subject: () => 'A conflict of interest is contested',
    body: [
      'Somebody contests a conflict of interest that was recorded about them. It stands until it is settled.',
    ],
    due: (day) => `It is to be settled by the end of ${day}.`,
    link: toConflicts,
  },
  conflict_settled: {
    subject: () => 'A contested conflict of interest has been settled',
    body: ['The page says whether it stands, and why.'],
    link: toConflicts,
  },
  conflict_ended: {
    subject: () => 'A conflict of interest has ended',
    body: ['From now on the person may sign again. What was refused before stays refused.'],
    link: toConflicts,
  },
} satisfies Templates;
