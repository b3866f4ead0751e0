/** The words of the notices about requirements of Internal Audit: never which records, nor why. */
import type { Template, Templates } from '../core/template.js';

const toRequirements: Template['link'] = (_reference, pages) => ({
  text: 'Open the audit requirements',
  path: pages.auditRequirements,
});

export const requirementNotices = {
  requirement_waits: {
    subject: () => 'A requirement of Internal Audit waits for a second person',
    body: [
      'Democratic Services recorded that Internal Audit require named records. Nothing opens until a second person confirms it.',
    ],
    link: toRequirements,
  },
  requirement_stands: {
    subject: () => 'A requirement of Internal Audit has been confirmed',
    body: [
      'The named records open in full to the named auditor, on the days that the requirement names. Each reading is on the trail.',
    ],
    link: toRequirements,
  },
  requirement_ended: {
    subject: () => 'A requirement of Internal Audit has ended',
    body: ['The named records are closed again. The page says who ended the requirement, and why.'],
    link: toRequirements,
  },
} satisfies Templates;
