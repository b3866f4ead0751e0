import type { OfficeRules } from '../actions.js';

/**
 * The Monitoring Officer reads, advises, may return a request, and decides reviews.
 * Source: need-to-know.md, sections 4 and 5.
 */
export const monitoringOfficer: OfficeRules = ({ can }) => {
  can(['read', 'read_assessment', 'read_discussion', 'read_advice'], 'Request', { submitted: true });
  can(['return', 'discuss', 'decide_review', 'direct'], 'Request', { submitted: true });
  can('read', ['Grant', 'Visit', 'Incident']);
  can('report', 'Incident');
  can(['read', 'place', 'lift'], 'Hold');
  can('read', 'Disposal');
  can('create', 'Preview');
};
