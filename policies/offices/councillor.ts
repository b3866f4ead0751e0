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
    ['return', 'name_host', 'answer', 'discuss', 'sign_off', 'withdraw_sign_off', 'decide'],
    'Request',
    own,
  ).because('requester');
  can('read', ['Request', 'Grant'], own);
  can('read', 'Councillor', { id: actor.councillorId ?? '' });
  if (inOffice(actor.standing)) {
    can(['create', 'edit', 'submit', 'withdraw'], 'Request', own);
  } else {
    cannot(['create', 'edit', 'submit', 'withdraw'], 'Request').because('standing');
  }
};
