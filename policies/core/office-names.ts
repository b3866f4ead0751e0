import type { Office } from './office.js';

/** Each office as it is called in a sentence. */
export const officeSays: Readonly<Record<Office, string>> = {
  councillor: 'The councillor',
  childrens_services: 'Children’s Services',
  legal: 'Legal Services',
  monitoring_officer: 'The Monitoring Officer',
  democratic_services: 'Democratic Services',
  host: 'The host',
  data_protection: 'Data Protection',
  auditor: 'Internal Audit',
  administrator: 'The administrator',
};
