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
      'Data Protection are asked to look into it today. What it froze is released, or its freeze confirmed, with reasons.',
    ],
    due: (day) => `What it froze is to be released or confirmed by the end of ${day}.`,
    link: toIncidents,
  },
  allegation_told: {
    subject: () => 'Please answer about an incident',
    body: [
      'An incident concerns you. Its page says what Data Protection ask you about, what happens next and by when.',
    ],
    due: (day) => `You can answer until the end of ${day}.`,
    link: toIncidents,
  },
  allegation_answered: {
    subject: () => 'A councillor has answered about an incident',
    body: ['What they say is on the page of the incident.'],
    link: toIncidents,
  },
  incident_closed: {
    subject: () => 'An incident has been closed',
    body: ['An incident that you reported has been closed by Data Protection.'],
    link: toIncidents,
  },
} satisfies Templates;
