import type { OfficeRules } from '../actions.js';

/**
 * Democratic Services keep the register, the deputies and the trail, answer for standing and role, take
 * part in the discussion and sign. Source: need-to-know.md, sections 4 and 5.
 */
export const democraticServices: OfficeRules = ({ can }) => {
  can(['read', 'read_assessment', 'read_discussion', 'read_advice'], 'Request', { submitted: true });
  can(['return', 'answer', 'discuss', 'sign_off', 'withdraw_sign_off'], 'Request', { submitted: true });
  can('read', ['Grant', 'Councillor', 'Trail']);
  can('record', ['Deputy', 'Absence', 'RecordedConflict']);
  can('create', 'Preview');
};
