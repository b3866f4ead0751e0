/** The commands on an incident. Source: need-to-know.md, section 6. */
import { command } from '../command/command.js';
import { namesCases } from '../disclosure/disclosed.js';
import { saysUnsettled } from './breach.js';

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

/** Data Protection weigh the risk, and supplement it as more is known, until the incident is closed. */
export const assessBreach = command({
  name: 'assess_breach',
  on: 'Incident',
  by: ['data_protection'],
  closedBy: [{ rule: 'incident_closed', when: ({ closedAt }) => closedAt !== null }],
});

export const close = command({
  name: 'close',
  on: 'Incident',
  by: ['data_protection'],
  closedBy: [
    { rule: 'incident_closed', when: ({ closedAt }) => closedAt !== null },
    { rule: 'incident_freezes', when: ({ holds }) => holds },
    { rule: 'breach_unsettled', when: saysUnsettled },
  ],
});
