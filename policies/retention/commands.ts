/**
 * What is done about what is kept. Democratic Services propose a disposal, a second person of Democratic Services
 * or Data Protection confirms.
 * Source: need-to-know.md, section 8.
 */
import { command } from '../command/command.js';
import { isAnythingDue, isSameDisposal, type Due, type ProposedOf } from './retention.js';

const isHeldBack = ({ matters }: Due): boolean => matters.some(({ state }) => state === 'held');

const hasChanged = ({
  due,
  proposed,
}: {
  readonly due?: Due | undefined;
  readonly proposed?: ProposedOf | undefined;
}): boolean => due !== undefined && proposed !== undefined && !isSameDisposal(proposed, due);

export const propose = command({
  name: 'propose',
  on: 'Disposal',
  by: ['democratic_services'],
  to: ['proposed'],
  keeping: true,
  closedBy: [
    { rule: 'disposal_proposed', when: (_proposal, { isProposed }) => isProposed === true },
    {
      rule: 'held',
      when: (_proposal, { due }) => due !== undefined && !isAnythingDue(due) && isHeldBack(due),
    },
    {
      rule: 'nothing_due',
      when: (_proposal, { due, notifications }) =>
        notifications === 0 || (due !== undefined && !isAnythingDue(due)),
    },
  ],
});

/** The person who confirms must not be the person who proposed, whatever offices they act for. */
export const confirmDisposal = command({
  name: 'confirm',
  on: 'Disposal',
  by: ['democratic_services', 'data_protection'],
  asksProof: true,
  from: ['proposed'],
  to: ['disposed'],
  keeping: true,
  elsewhere: 'disposal_over',
  hinders: [
    {
      rule: 'held',
      when: (_proposal, given) => hasChanged(given) && given.due !== undefined && isHeldBack(given.due),
    },
    { rule: 'disposal_changed', when: (_proposal, given) => hasChanged(given) },
  ],
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
