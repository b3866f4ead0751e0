/** The words of the notices about corrections. */
import { correctionsReference } from '../../policies/core/notices.js';
import type { Template, Templates } from '../core/template.js';

const toCorrections: Template['link'] = (_reference, pages) => ({
  text: 'Open the corrections',
  path: pages.corrections,
});

const says =
  (happened: string): Template['subject'] =>
  (reference) =>
    reference === correctionsReference ? happened : `${reference}: ${happened.toLowerCase()}`;

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
