import { holdsOffice, type Actor } from '../../../policies/people/actor.js';
import type { Ctx } from '../../case/ctx.js';
import { paths } from '../paths.js';
import { retentionPlaces } from './retention-places.js';

/** The places a person may go to; it leaves out places that they may not read. */
export const navigation = ({ actor, ability }: Ctx, here: string) => [
  ...(holdsOffice(actor, 'administrator')
    ? [{ text: 'Set up', href: paths.setUp, active: here.startsWith(paths.setUp) }]
    : []),
  { text: 'Requests', href: paths.requests, active: here.startsWith(paths.requests) },
  ...(readsIncidents(actor) ? [{ text: 'Visits', href: paths.visits, active: isOfVisits(here) }] : []),
  { text: 'Programmes', href: paths.programmes, active: here.startsWith(paths.programmes) },
  ...(actor.councillorId === null
    ? [{ text: 'Absences and deputies', href: paths.standby, active: here.startsWith(paths.standby) }]
    : []),
  ...(readsIncidents(actor)
    ? [{ text: 'Incidents', href: paths.incidents, active: here.startsWith(paths.incidents) }]
    : []),
  ...(ability.can('search', { kind: 'Disclosures', by: 'councillor' })
    ? [{ text: 'Disclosures', href: paths.disclosures, active: here.startsWith(paths.disclosures) }]
    : []),
  ...(actor.councillorId === null ? [] : own(actor.councillorId, here)),
  ...(actor.holdings.some(({ office }) => office === 'democratic_services')
    ? [
        { text: 'Councillors', href: paths.councillors, active: here.startsWith(paths.councillors) },
        { text: 'Protocol', href: paths.protocol, active: here.startsWith(paths.protocol) },
      ]
    : []),
  ...(ability.can('read', 'Finding')
    ? [{ text: 'Findings', href: paths.findings, active: here.startsWith(paths.findings) }]
    : []),
  ...(ability.can('read', 'Person')
    ? [{ text: 'People', href: paths.people, active: here.startsWith(paths.people) }]
    : []),
  ...retentionOf(ability, here),
  ...(ability.can('keep', { kind: 'Settings' })
    ? [{ text: 'Settings', href: paths.settings, active: here.startsWith(paths.settings) }]
    : []),
  ...(ability.can('read', { kind: 'Operations' })
    ? [{ text: 'Jobs and mail', href: paths.operations, active: here.startsWith(paths.operations) }]
    : []),
  ...(ability.can('read', 'AuditRequirement')
    ? [
        {
          text: 'Audit requirements',
          href: paths.auditRequirements,
          active: here.startsWith(paths.auditRequirements),
        },
      ]
    : []),
  ...(ability.can('read', { kind: 'Trail' })
    ? [{ text: 'Audit trail', href: paths.trail, active: here.startsWith(paths.trail) }]
    : []),
];

/** Where a person begins: the administrator, who reads no request, with how far the council is set up. */
export const homeOf = (actor: Actor | undefined): string =>
  actor && holdsOffice(actor, 'administrator') ? paths.setUp : paths.requests;

/** The results of an approval: the visits, the grants, the questions after a visit. */
const isOfVisits = (here: string): boolean =>
  [paths.visits, paths.grant(''), paths.respond('').replace('/respond', '')].some((place) =>
    here.startsWith(place),
  );

/** Anyone who may come to read one: the administrator, who reads nothing, is not sent there. */
const readsIncidents = ({ holdings }: Actor): boolean =>
  holdings.some(({ office }) => office !== 'administrator');

/** Retention: the first of its parts that they may read. */
const retentionOf = (ability: Ctx['ability'], here: string) => {
  const [place] = retentionPlaces(ability);
  return place ? [{ text: 'Retention', href: place.href, active: here.startsWith(paths.retention) }] : [];
};

/** A councillor's own record in the register, and the protocol that they undertake to keep. */
const own = (councillorId: string, here: string) => [
  {
    text: 'Your record',
    href: paths.councillor(councillorId),
    active: here.startsWith(paths.councillors),
  },
  { text: 'Protocol', href: paths.protocol, active: here.startsWith(paths.protocol) },
];
