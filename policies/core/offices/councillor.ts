import type { OfficeRules } from '../actions.js';
import type { Standing } from '../subjects.js';

/** In office: sitting or co-opted, not merely elected and no longer past (LGA 1972, section 83). */
export const inOffice = (standing: Standing | null): boolean =>
  standing === 'sitting' || standing === 'coopted';

/**
 * The councillor asks, and reads their own. Never the discussion, the seats or the advice.
 * Source: need-to-know.md, sections 4 and 5; standing: Local Government Act 1972, section 83.
 */
export const councillor: OfficeRules = ({ can, cannot }, actor) => {
  const own = { councillorId: actor.councillorId ?? '' };
  cannot(['read_assessment', 'read_discussion', 'read_advice'], 'Request', own);
  cannot(
    [
      'return',
      'name_host',
      'answer',
      'discuss',
      'sign_off',
      'withdraw_sign_off',
      'decide',
      'name_reviewer',
      'decide_review',
      'direct',
      'record_right',
      'release_papers',
    ],
    'Request',
    own,
  ).because('requester');
  cannot(['plan_visit', 'revoke', 'mark_condition', 'release'], 'Grant', own).because('requester');
  cannot(['move', 'cancel', 'check', 'record_attendance', 'respond'], 'Visit', own).because('requester');
  cannot(['report', 'close'], 'Incident', own).because('requester');
  cannot(['place', 'lift'], 'Hold', own).because('own_data');
  cannot(['propose', 'confirm', 'withdraw'], 'Disposal', own).because('own_data');
  cannot('give', 'SubjectAccess', own).because('own_data');
  can('read', ['Request', 'Grant', 'Visit', 'Incident'], own);
  can('confirm', 'Visit', own);
  can('read', 'Councillor', { id: actor.councillorId ?? '' });
  if (inOffice(actor.standing)) {
    can(['create', 'edit', 'submit', 'withdraw', 'ask_review'], 'Request', own);
    can('ask', 'Visit', own);
    can('accept', 'Protocol');
  } else {
    cannot(['create', 'edit', 'submit', 'withdraw', 'ask_review'], 'Request').because('standing');
    cannot('ask', 'Visit').because('standing');
    cannot('accept', 'Protocol').because('standing');
  }
};
