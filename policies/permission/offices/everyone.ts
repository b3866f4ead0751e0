import type { OfficeRules } from '../actions.js';

/**
 * An officer reads what the council has set for itself, and who has acted keeps reading what they acted on.
 * Source: need-to-know.md, section 5.
 */
export const everyone: OfficeRules = ({ can }, actor) => {
  if (actor.councillorId !== null) return;
  can('read', 'Settings');
  can('read', ['Request', 'Grant', 'Visit', 'Incident'], { actedBy: actor.id });
  can(['read_assessment', 'read_discussion'], 'Request', { actedBy: actor.id });
  // Whom the Chief Executive has named stands in the place of an office, for that request alone.
  can(['read', 'read_assessment', 'read_discussion'], 'Request', { namedIds: actor.id });
};
