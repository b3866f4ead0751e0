/** What is done about an incident. Source: need-to-know.md, section 6. */
import { command } from '../command/command.js';

/** Who answers for what was observed reports what lay outside; of what they host, its host. */
export const report = command({
  name: 'report',
  on: 'Incident',
  by: ['childrens_services', 'democratic_services', 'legal', 'monitoring_officer', 'data_protection', 'host'],
});

export const close = command({
  name: 'close',
  on: 'Incident',
  by: ['data_protection'],
  closedBy: [
    { rule: 'incident_closed', when: ({ closedAt }) => closedAt !== null },
    { rule: 'incident_freezes', when: ({ holds }) => holds },
  ],
});
