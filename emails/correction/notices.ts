/** The words of the notices about corrections. */
import { conflictsReference, correctionsReference } from '../../policies/core/notices.js';
import type { Template, Templates } from '../core/template.js';

/** A conflict of interest shows its corrections itself, to the person who has it too. */
const toCorrections: Template['link'] = (reference, pages) =>
  reference === conflictsReference
    ? { text: 'Open the conflicts of interest', path: pages.conflicts }
    : { text: 'Open the corrections', path: pages.corrections };

const says =
  (happened: string): Template['subject'] =>
  (reference) =>
    reference === correctionsReference || reference === conflictsReference
      ? happened
      : `${reference}: ${happened.toLowerCase()}`;

export const correctionNotices = {
  correction_to_confirm: {
    subject: says('A correction waits for you'),
    body: [
      'Somebody proposed to correct what is on record. A second person, of your office, confirms or refuses it.',
    ],
    link: toCorrections,
  },
  record_corrected: {
    subject: says('The record was corrected'),
    body: [
      'Something on record was corrected. What was written before stands beside it.',
      'A correction changes no decision.',
    ],
    link: toCorrections,
  },
  correction_refused: {
    subject: says('A correction was not confirmed'),
    body: ['A second person did not confirm the correction that you proposed, and gave reasons.'],
    link: toCorrections,
  },
} satisfies Templates;
