/** The words of the notices about an incident. */
import type { Template, Templates } from '../core/template.js';

const toIncidents: Template['link'] = (_reference, pages) => ({
  text: 'Open the incidents',
  path: pages.incidents,
});

export const incidentNotices = {
  incident_reported: {
    subject: () => 'An incident has been reported',
    body: [
      'Data Protection are asked to look into it today. What it froze is released or ended, with reasons.',
    ],
    due: (day) => `What it froze is to be released or ended by the end of ${day}.`,
    link: toIncidents,
  },
  incident_closed: {
    subject: () => 'An incident has been closed',
    body: ['An incident that you reported has been closed by Data Protection.'],
    link: toIncidents,
  },
} satisfies Templates;
