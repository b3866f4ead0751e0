import type { OfficeRules } from '../actions.js';

/**
 * Legal answer the questions of law, take part in the discussion, may mark advice as privileged, and
 * approve or refuse. Source: need-to-know.md, sections 4 and 5.
 */
export const legal: OfficeRules = ({ can }) => {
  can(['read', 'read_assessment', 'read_discussion', 'read_advice'], 'Request', { submitted: true });
  can(['return', 'answer', 'discuss', 'decide'], 'Request', { submitted: true });
  can('record_right', 'Request', { submitted: true });
  can('read', ['Grant', 'Visit', 'Incident']);
  can(['revoke', 'mark_condition'], 'Grant');
  can('report', 'Incident');
  can(['read', 'place', 'lift'], 'Hold');
  can('read', 'Disposal');
  can('create', 'Preview');
};
