import type { OfficeRules } from '../actions.js';

/**
 * The host reads what they host, and no more of it than type, window, conditions and the councillor's
 * name. Children's Services name the host, so the rule is given to every officer and bites on the row.
 * Source: need-to-know.md, section 5.
 */
export const host: OfficeRules = ({ can }, actor) => {
  can('read', ['Request', 'Grant', 'Visit', 'Incident'], { hostId: actor.id });
  // A councillor who came without any grant has no host: an officer who hosts such work says that they were there.
  if (actor.holdings.some(({ office }) => office === 'host')) can('report', 'Incident', { hostId: null });
};
