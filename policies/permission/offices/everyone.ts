import type { OfficeRules } from '../actions.js';

/**
 * Every officer reads the council's settings, and everybody what became of a text that they reported, and what was
 * recorded as a conflict of theirs. Source: need-to-know.md, sections 4, 5 and 6a.
 */
export const everyone: OfficeRules = ({ can }, actor) => {
  can('read', ['Redaction', 'RecordedConflict', 'Correction'], { personId: actor.id });
  if (actor.councillorId === null) can('read', 'Settings');
};

/** Officers keep reading what they acted on. Source: need-to-know.md, section 5. */
export const acted: OfficeRules = ({ can }, actor) => {
  can('read', ['Request', 'Grant', 'Visit', 'Incident'], { actedBy: actor.id });
  can(['read_assessment', 'read_discussion'], 'Request', { actedBy: actor.id });
  // A person named by the Chief Executive acts in the place of an office, for that request alone.
  can(['read', 'read_assessment', 'read_discussion'], 'Request', { namedIds: actor.id });
};
