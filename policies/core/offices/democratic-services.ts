import type { OfficeRules } from '../actions.js';
import type { Actor } from '../subjects.js';

/** A deputy keeps the lists only while the principal is away: else one could make the absence one needs. */
const keeps = ({ holdings }: Actor): boolean =>
  holdings.some(
    ({ office, capacity, principalAbsent }) =>
      office === 'democratic_services' && (capacity !== 'deputy' || principalAbsent === true),
  );

/**
 * Democratic Services keep the register, the deputies and the trail, answer for standing and role, take
 * part in the discussion and sign. Source: need-to-know.md, sections 4, 5 and 8.
 */
export const democraticServices: OfficeRules = ({ can }, actor) => {
  can(['read', 'read_assessment', 'read_discussion', 'read_advice'], 'Request', { submitted: true });
  can(['return', 'answer', 'discuss', 'sign_off', 'withdraw_sign_off'], 'Request', { submitted: true });
  can('name_reviewer', 'Request', { submitted: true });
  can('read', ['Grant', 'Visit', 'Incident', 'Councillor', 'Trail']);
  can(['revoke', 'mark_condition'], 'Grant');
  can('report', 'Incident');
  can('search', 'Disclosures', { by: 'councillor' });
  can('read', ['Hold', 'Retention', 'Disposal']);
  can('read', 'Operations');
  if (keeps(actor)) {
    can('keep', 'Settings');
    can('send_again', 'Operations');
    can(['propose', 'confirm', 'withdraw'], 'Disposal');
    can('give', 'SubjectAccess');
    can('record', ['Deputy', 'Absence', 'RecordedConflict']);
    can('keep', 'Register');
    can('publish', 'Protocol');
    can('create', 'Programme');
  }
  can('create', 'Preview');
};
