import type { OfficeRules } from '../actions.js';

/**
 * Children's Services name the host, answer for the family and the work, take part in the discussion and
 * sign; they plan visits, record them, release papers and answer the questions that come of them.
 * Source: need-to-know.md, sections 4 to 6.
 */
export const childrensServices: OfficeRules = ({ can }) => {
  can(['read', 'read_assessment', 'read_discussion', 'read_advice'], 'Request', { submitted: true });
  can(['return', 'name_host', 'answer', 'discuss', 'sign_off', 'withdraw_sign_off'], 'Request', {
    submitted: true,
  });
  can('release_papers', 'Request', { submitted: true });
  can('read', ['Grant', 'Visit', 'Incident']);
  can(['plan_visit', 'revoke', 'mark_condition'], 'Grant');
  can(['move', 'cancel', 'check', 'record_attendance', 'respond'], 'Visit');
  can('report', 'Incident');
  can('search', 'Disclosures');
  can('create', 'Preview');
};
