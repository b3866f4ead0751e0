/** What is done about an incident. Source: need-to-know.md, section 6. */
import { command } from '../command/command.js';
import { namesCases } from '../disclosure/disclosed.js';

/** Who answers for what was observed reports what lay outside; of what they host, its host. */
export const report = command({
  name: 'report',
  on: 'Incident',
  by: ['childrens_services', 'democratic_services', 'legal', 'monitoring_officer', 'data_protection', 'host'],
  hinders: [
    {
      rule: 'names_case',
      keepsApart: true,
      when: (incident, { namesCase }) => namesCase !== undefined && !namesCases(namesCase, incident),
    },
  ],
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
