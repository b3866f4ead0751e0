import type { OfficeRules } from '../actions.js';

/**
 * Children's Services name the host, answer for the family and the work, take part in the discussion and
 * sign. Source: need-to-know.md, sections 4 and 5.
 */
export const childrensServices: OfficeRules = ({ can }) => {
  can(['read', 'read_assessment', 'read_discussion', 'read_advice'], 'Request', { submitted: true });
  can(['return', 'name_host', 'answer', 'discuss', 'sign_off', 'withdraw_sign_off'], 'Request', {
    submitted: true,
  });
  can('read', 'Grant');
  can('create', 'Preview');
};
