import type { OfficeRules } from '../actions.js';

/**
 * The host reads what they host, and no more of it than type, window, conditions and the councillor's
 * name. Whoever Children's Services name is the host, so the rule is given to every officer and bites on
 * the row. Source: need-to-know.md, section 5.
 */
export const host: OfficeRules = ({ can }, actor) => {
  if (actor.councillorId === null) can('read', ['Request', 'Grant'], { hostId: actor.id });
};
