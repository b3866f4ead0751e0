/**
 * What is done about a legal hold: Legal, the Monitoring Officer and Data Protection place and lift it.
 * Source: need-to-know.md, section 8.
 */
import { command } from '../command/command.js';
import { holdingOffices } from './legal-hold.js';

export const place = command({ name: 'place', on: 'Hold', by: holdingOffices });

export const lift = command({
  name: 'lift',
  on: 'Hold',
  by: holdingOffices,
  closedBy: [{ rule: 'hold_lifted', when: ({ liftedAt }) => liftedAt !== null }],
});
