import type { OfficeRules } from '../actions.js';

/**
 * The host reads what they host, and no more of it than type, window, conditions and the councillor's
 * name; they plan, check and record the visits. Whoever Children's Services name is the host, so the rule is given to every officer and bites on
 * the row. Source: need-to-know.md, section 5.
 */
export const host: OfficeRules = ({ can }, actor) => {
  if (actor.councillorId !== null) return;
  const hosted = { hostId: actor.id };
  can('read', ['Request', 'Grant', 'Visit', 'Incident'], hosted);
  can(['plan_visit', 'revoke', 'mark_condition'], 'Grant', hosted);
  can(['move', 'cancel', 'check', 'record_attendance'], 'Visit', hosted);
  can('report', 'Incident', hosted);
  // Who came without any grant has no host: whoever hosts such work says that they were there.
  if (actor.holdings.some(({ office }) => office === 'host')) can('report', 'Incident', { hostId: null });
};
