import type { OfficeRules } from '../actions.js';

/**
 * Internal Audit reads the trail, and of requests the metadata alone: who, when, in what capacity; no
 * text. Source: need-to-know.md, section 5.
 */
export const auditor: OfficeRules = ({ can }, actor) => {
  can('read', 'Request', { submitted: true });
  can('read', ['Grant', 'Visit', 'Incident', 'Trail', 'Disposal']);
  can('read', 'Token', { personId: actor.id });
};
