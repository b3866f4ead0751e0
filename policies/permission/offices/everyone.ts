import type { OfficeRules } from '../actions.js';

/**
 * Every officer reads the council's settings, and keeps reading what they acted on.
 * Source: need-to-know.md, section 5.
 */
export const everyone: OfficeRules = ({ can }, actor) => {
  if (actor.councillorId !== null) return;
  can('read', 'Settings');
  can('read', ['Request', 'Grant', 'Visit', 'Incident'], { actedBy: actor.id });
  can(['read_assessment', 'read_discussion'], 'Request', { actedBy: actor.id });
  // A person named by the Chief Executive acts in the place of an office, for that request alone.
  can(['read', 'read_assessment', 'read_discussion'], 'Request', { namedIds: actor.id });
};
