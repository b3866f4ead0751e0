import type { OfficeRules } from '../actions.js';

/**
 * The administrator keeps the service running and reads none of its content: only how the jobs fare, how much mail
 * waits and how far the council is set up, without a reference or a name; and the people with their offices and tokens, and
 * how much waits for those who leave. Source: need-to-know.md, section 5.
 */
export const administrator: OfficeRules = ({ can }) => {
  can('read', ['Operations', 'SetUp']);
  can('read', ['Person', 'OfficeHeld', 'Leavers']);
  // That they exist: nobody gets to see what one holds.
  can('read', 'Token');
};
