import type { OfficeRules } from '../actions.js';
import { fieldOfOffices, readBy } from '../../correction/correction.js';

/**
 * Councillors read what is their own. They never read the discussion, the seats or the advice, whatever office they
 * hold.
 * Source: need-to-know.md, section 5.
 */
export const councillor: OfficeRules = ({ can, cannot }, actor) => {
  const own = { councillorId: actor.councillorId ?? '' };
  cannot(['read_assessment', 'read_discussion', 'read_advice'], 'Request', own);
  can('read', ['Request', 'Grant', 'Visit', 'Incident'], own);
  // That one is on record, and when it is due. What is in it Data Protection give them, whatever office they hold.
  can('read', 'AccessRequest', own);
  cannot('read_passages', 'AccessRequest', own);
  can('read', 'Councillor', { id: actor.councillorId ?? '' });
  // Of their own, what counts; never a correction of a seat, whatever office they hold.
  cannot('read', 'Correction', { councillorId: own.councillorId, about: { $nin: [...readBy.councillor] } });
  cannot('read', 'Correction', { councillorId: own.councillorId, status: { $ne: 'counts' } });
  cannot('read', 'Correction', { councillorId: own.councillorId, field: fieldOfOffices });
  can('read', 'Correction', {
    ...own,
    about: { $in: [...readBy.councillor] },
    field: { $ne: fieldOfOffices },
    status: 'counts',
  });
};
