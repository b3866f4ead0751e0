/**
 * What is done about a requirement of Internal Audit: recorded, confirmed by a second person, ended. Source: need-to-know.md,
 * section 5.
 */
import { command } from '../command/command.js';
import type { AuditRequirement } from './requirement.js';

const keepers = ['democratic_services', 'monitoring_officer'] as const;
const over = { elsewhere: 'requirement_over' } as const;

/** Nobody opens records to themselves. */
const own = (actor: { readonly id: string }, { auditorId }: AuditRequirement) =>
  actor.id === auditorId ? ('requirement_own' as const) : null;

export const recordRequirement = command({
  name: 'record_requirement',
  on: 'AuditRequirement',
  by: ['democratic_services'],
  keeping: true,
  to: ['waiting'],
  signs: (actor, _acting, requirement) => own(actor, requirement),
});

export const confirmRequirement = command({
  name: 'confirm_requirement',
  on: 'AuditRequirement',
  by: keepers,
  keeping: true,
  asksProof: true,
  from: ['waiting'],
  to: ['confirmed'],
  ...over,
  signs: (actor, _acting, requirement) =>
    own(actor, requirement) ?? (actor.id === requirement.recordedBy ? 'requirement_two_people' : null),
});

export const endRequirement = command({
  name: 'end_requirement',
  on: 'AuditRequirement',
  by: keepers,
  keeping: true,
  from: ['waiting', 'confirmed'],
  to: ['ended'],
  ...over,
});
