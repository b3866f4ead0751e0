import type { OfficeRules } from '../actions.js';
import { readBy } from '../../correction/correction.js';

/**
 * The host reads the requests they host: only type, window, conditions and the councillor's name. Children's Services
 * name the host, so every officer gets the rule, and the row decides.
 * Source: need-to-know.md, section 5.
 */
export const host: OfficeRules = ({ can }, actor) => {
  can('read', ['Request', 'Grant', 'Visit', 'Incident'], { hostId: actor.id });
  // A councillor who came without any grant has no host: an officer who hosts such work says that they were there.
  if (actor.holdings.some(({ office }) => office === 'host')) can('report', 'Incident', { hostId: null });
  can('read', 'Correction', { hostId: actor.id, about: { $in: [...readBy.host] }, status: 'counts' });
};
