/**
 * The view in which a person reads a request or a grant, and so how much of it: need-to-know.md, section 5, row by
 * row. A person with two views gets the wider one, except that the councillor who made a request always reads it as
 * its author.
 */
import type { AppAbility } from '../actions.js';
import { requirementFor, type Actor } from '../../people/actor.js';
import { decidingOffices, type Office } from '../../core/office.js';
import type { Grant } from '../../grant/grant.js';
import type { Incident } from '../../incident/incident.js';
import type { ObservationRequest } from '../../request/request.js';
import type { Visit } from '../../visit/visit.js';

export type View = 'own' | 'office' | 'data_protection' | 'auditor' | 'host';

const holds = (actor: Actor, office: Office) => actor.holdings.some((holding) => holding.office === office);

const isOffice = (
  actor: Actor,
  row: Pick<ObservationRequest | Grant, 'actedBy'> & Partial<Pick<ObservationRequest, 'namedIds'>>,
) =>
  row.actedBy.includes(actor.id) ||
  // Whom the Chief Executive has named reads in the place of the office.
  row.namedIds?.includes(actor.id) ||
  (['childrens_services', 'democratic_services', 'legal', 'monitoring_officer'] as const).some((office) =>
    holds(actor, office),
  );

/**
 * The view in which a list shows it: what opens to an auditor is read by itself, under the requirement, and in no list.
 * @throws Error where the person may not read it at all: ask the ability first
 */
export const listedViewOf = (
  { actor, ability }: { readonly actor: Actor; readonly ability: AppAbility },
  row: ObservationRequest | Grant | Visit,
): View => {
  if (!ability.can('read', row)) throw new Error('Asked how somebody reads what they may not read.');
  if (actor.councillorId !== null && actor.councillorId === row.councillorId) return 'own';
  if (isOffice(actor, row)) return 'office';
  if (holds(actor, 'data_protection')) return 'data_protection';
  return row.hostId === actor.id ? 'host' : 'auditor';
};

/**
 * The view in which a person reads it by itself. A requirement of Internal Audit opens it to the auditor whom it names as it
 * is open to the offices; the case stays closed, and so does privileged advice.
 * @throws Error where the person may not read it at all: ask the ability first
 */
export const viewOf = (
  reader: { readonly actor: Actor; readonly ability: AppAbility },
  row: ObservationRequest | Grant | Visit,
): View => {
  const view = listedViewOf(reader, row);
  return view === 'auditor' && requirementFor(reader.actor, row.reference) !== null ? 'office' : view;
};

/**
 * The view in which a person reads an incident: their own part of it, all of it, the host's view, or its metadata. A
 * host who reported an incident keeps the host's view of it.
 * @throws Error if the person may not read it at all: ask the ability first
 */
export const incidentViewOf = (
  { actor, ability }: { readonly actor: Actor; readonly ability: AppAbility },
  row: Incident,
): Exclude<View, 'data_protection'> => {
  if (!ability.can('read', row)) throw new Error('Asked how somebody reads what they may not read.');
  if (actor.councillorId !== null && actor.councillorId === row.councillorId) return 'own';
  const isOfficer = [...decidingOffices, 'data_protection' as const].some((office) => holds(actor, office));
  if (isOfficer) return 'office';
  return row.hostId === actor.id || row.actedBy.includes(actor.id) ? 'host' : 'auditor';
};
