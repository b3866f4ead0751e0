/** The commands on an incident. Source: need-to-know.md, section 6. */
import { command, type Hindrance } from '../command/command.js';
import { namesCases } from '../disclosure/disclosed.js';
import { isSameCase } from '../visit/case-reference.js';
import { saysUnsettled } from './breach.js';
import type { Incident } from './incident.js';

const closed: Hindrance<Incident, unknown> = {
  rule: 'incident_closed',
  when: ({ closedAt }) => closedAt !== null,
};

/** Closed, and nothing that it froze is left to be ended on the same facts. */
const over: Hindrance<Incident, unknown> = {
  rule: 'incident_closed',
  when: ({ closedAt, live }) => closedAt !== null && !live,
};

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
  closedBy: [closed],
});

/** Data Protection tell the councillor what is alleged, in words of their own: once, before anything is ended
 * for it, and while something that it froze has not ended. */
export const tellAllegation = command({
  name: 'tell_allegation',
  on: 'Incident',
  by: ['data_protection'],
  closedBy: [
    over,
    {
      rule: 'hearing_needless',
      when: ({ causedBy }) => causedBy !== 'councillor' && 'The councillor did not cause this.',
    },
    {
      rule: 'hearing_told',
      when: ({ hearing }) => hearing !== null && 'The councillor has been told what is alleged.',
    },
  ],
});

/** The councillor answers, once. */
export const answerAllegation = command({
  name: 'answer_allegation',
  on: 'Incident',
  by: ['councillor'],
  closedBy: [
    over,
    { rule: 'nothing_to_answer', when: ({ hearing }) => hearing === null || hearing.answeredAt !== null },
  ],
});

/** The host, or Children's Services, name a case that nobody had planned and that the councillor learned of. */
export const addCase = command({
  name: 'add_case',
  on: 'Incident',
  by: ['host', 'childrens_services'],
  closedBy: [closed],
  hinders: [
    {
      rule: 'case_added',
      when: ({ cases }, { addsCase }) =>
        addsCase !== undefined && cases.some((known) => isSameCase(known, addsCase)),
    },
  ],
});

export const close = command({
  name: 'close',
  on: 'Incident',
  by: ['data_protection'],
  closedBy: [
    closed,
    { rule: 'incident_freezes', when: ({ holds }) => holds },
    { rule: 'breach_unsettled', when: saysUnsettled },
  ],
});
