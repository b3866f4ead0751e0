/** The commands on an incident. Source: need-to-know.md, section 6. */
import { command } from '../command/command.js';
import { namesCases } from '../disclosure/disclosed.js';

/** The offices responsible for an observation report what went outside it; so does the host, for what they host. */
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
