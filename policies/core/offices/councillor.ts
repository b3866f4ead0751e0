import type { OfficeRules } from '../actions.js';
import type { Standing } from '../subjects.js';

/** In office: sitting or co-opted, not merely elected and no longer past (LGA 1972, section 83). */
export const inOffice = (standing: Standing | null): boolean =>
  standing === 'sitting' || standing === 'coopted';

/**
 * The councillor reads their own. Never the discussion, the seats or the advice, whatever office they hold.
 * Source: need-to-know.md, section 5.
 */
export const councillor: OfficeRules = ({ can, cannot }, actor) => {
  const own = { councillorId: actor.councillorId ?? '' };
  cannot(['read_assessment', 'read_discussion', 'read_advice'], 'Request', own);
  can('read', ['Request', 'Grant', 'Visit', 'Incident'], own);
  can('read', 'Councillor', { id: actor.councillorId ?? '' });
};
