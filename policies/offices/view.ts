/**
 * As whom somebody reads a request or a grant, and so how much of it: need-to-know.md, section 5, row by
 * row. Whoever reads in two ways reads in the wider one, except that one's own request is always read as
 * the councillor who made it.
 */
import type { AppAbility } from '../actions.js';
import type { Actor, Grant, ObservationRequest, Office } from '../subjects.js';

export type View = 'own' | 'office' | 'data_protection' | 'auditor' | 'host';

const holds = (actor: Actor, office: Office) => actor.holdings.some((holding) => holding.office === office);

const isOffice = (actor: Actor, row: Pick<ObservationRequest | Grant, 'actedBy'>) =>
  row.actedBy.includes(actor.id) ||
  (['childrens_services', 'democratic_services', 'legal', 'monitoring_officer'] as const).some((office) =>
    holds(actor, office),
  );

/**
 * @throws Error where the person may not read it at all: ask the ability first
 */
export const viewOf = (
  { actor, ability }: { readonly actor: Actor; readonly ability: AppAbility },
  row: ObservationRequest | Grant,
): View => {
  if (!ability.can('read', row)) throw new Error('Asked how somebody reads what they may not read.');
  if (actor.councillorId !== null && actor.councillorId === row.councillorId) return 'own';
  if (isOffice(actor, row)) return 'office';
  if (holds(actor, 'data_protection')) return 'data_protection';
  return row.hostId === actor.id ? 'host' : 'auditor';
};
