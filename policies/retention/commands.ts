/**
 * What is done about what is kept. Democratic Services propose a disposal, a second person of Democratic Services
 * or Data Protection confirms; Legal, the Monitoring Officer and Data Protection place and lift holds.
 * Source: need-to-know.md, section 8.
 */
import { command } from '../command/command.js';
import { holdingOffices } from '../legal-hold/legal-hold.js';

export const place = command({ name: 'place', on: 'Hold', by: holdingOffices });

export const lift = command({
  name: 'lift',
  on: 'Hold',
  by: holdingOffices,
  closedBy: [{ rule: 'hold_lifted', when: ({ liftedAt }) => liftedAt !== null }],
});

export const propose = command({
  name: 'propose',
  on: 'Disposal',
  by: ['democratic_services'],
  to: ['proposed'],
  keeping: true,
});

/** Who confirms is another person than who proposed, whatever office either acts for. */
export const confirmDisposal = command({
  name: 'confirm',
  on: 'Disposal',
  by: ['democratic_services', 'data_protection'],
  from: ['proposed'],
  to: ['disposed'],
  keeping: true,
  elsewhere: 'disposal_over',
  signs: (actor, _acting, { proposedBy }) => (actor.id === proposedBy ? 'two_people' : null),
});

export const withdrawDisposal = command({
  name: 'withdraw',
  on: 'Disposal',
  by: ['democratic_services', 'data_protection'],
  from: ['proposed'],
  to: ['withdrawn'],
  keeping: true,
  elsewhere: 'disposal_over',
});
