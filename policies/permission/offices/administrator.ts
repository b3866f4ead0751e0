import type { OfficeRules } from '../actions.js';

/**
 * The administrator keeps the service running and reads none of what it is about: how its jobs fare, and how much
 * mail waits, without a reference or a name. Source: need-to-know.md, section 5.
 */
export const administrator: OfficeRules = ({ can }) => {
  can('read', 'Operations');
};
