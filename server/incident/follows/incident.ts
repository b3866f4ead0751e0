import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { together } from '../../../db/core/together.js';
import { addingFreezes } from '../../../db/grant/freezes.js';
import { openRecordsOf } from '../../../db/grant/grants.js';
import { addingIncident } from '../../../db/incident/incidents.js';
import { isLive } from '../../../policies/grant/access.js';
import { deadline, type Deadline } from '../../../policies/core/time/deadlines.js';
import { grantAt, type GrantRecord } from '../../../policies/grant/grant-record.js';
import type { Exposure } from '../../../policies/core/category.js';
import { incidentReported } from '../../../policies/incident/notices.js';
import type { Settings } from '../../../policies/settings/settings.js';
import type { Acting } from '../../../policies/people/actor.js';
import type { Cause } from '../../../policies/core/cause.js';
import type { Separated } from '../../../policies/core/separated.js';
import type { Grant } from '../../../policies/grant/grant.js';
import type { DisclosedWithout, Incident, IncidentKind } from '../../../policies/incident/incident.js';
import type { Doing } from '../../case/ctx.js';
import { notifyPause } from '../../grant/follows/grant-end.js';
import { notify } from '../../case/notify.js';
import { record } from '../../case/record.js';

export interface RaisedIncident {
  readonly what: IncidentKind;
  readonly causedBy: Cause;
  /** Whose access it is about. */
  readonly councillorId: string;
  /** The grant concerned; null if there is none. */
  readonly record: Pick<GrantRecord, 'id' | 'reference'> | null;
  /** The request, where one is concerned and no grant. */
  readonly reference?: string | null;
  readonly visitId: string | null;
  /** Not after now. */
  readonly happenedAt: Date;
  /** When any officer became aware of it; left out where that was now. */
  readonly awareAt?: Date | undefined;
  /** Whether personal data of others was exposed; left out where nothing speaks for it. */
  readonly exposed?: Exposure | null | undefined;
  /** Screened already; null if nobody wrote anything. */
  readonly text: string | null;
  /** The limits that did not hold, coded. */
  readonly outside: readonly string[];
  /** A disclosure without any visit; null if the incident is about something else. */
  readonly disclosed?: DisclosedWithout | null;
  /** What is written in one statement with the incident, by its id, because it is what the incident is about. */
  readonly besides?: (incidentId: string) => readonly Knex.QueryBuilder[];
}

/** The day by which grants frozen at that moment must be released or ended (need-to-know.md, section 6). */
export const releaseDue = (settings: Settings, frozenAt: Date): string | null =>
  releaseDeadline(settings, frozenAt).at;

/** The same with its working. */
export const releaseDeadline = (settings: Settings, frozenAt: Date): Deadline =>
  deadline(settings, 'release_or_end', frozenAt, settings.periods.frozen, []);

/** If a limit did not hold, the councillor had no right to be there; otherwise they went beyond their right. */
export const whatIncident = ({ authorised }: { readonly authorised: boolean | null }): IncidentKind =>
  authorised ? 'outside_scope' : 'unauthorised_access';

/** The subject of an entry without a request: the councillor. */
export const aboutCouncillor = (councillorId: string): string => `councillor:${councillorId}`;

/** The subject of an entry about something of a request, where it has one, or else of the councillor. */
export const aboutCase = ({
  reference,
  councillorId,
}: {
  readonly reference: string | null;
  readonly councillorId: string;
}): string => reference ?? aboutCouncillor(councillorId);

/**
 * Records something outside what was approved, and notifies Data Protection the same day. If the councillor caused
 * it, all their live grants freeze until Data Protection release or end each (need-to-know.md, section 6).
 *
 * The caller holds the councillor's row, as everybody who locks one of their grants does (db/grant/grants.ts): their grants
 * are looked at here, and nobody waits in a circle.
 * @returns the incident's id
 */
export const raiseIncident = async (
  trx: Knex.Transaction,
  ctx: Doing,
  acting: Acting,
  given: RaisedIncident,
): Promise<string> => {
  const at = ctx.now();
  const frozen = given.causedBy === 'councillor' ? await liveGrants(trx, given.councillorId, at) : [];
  const due = frozen.length > 0 ? releaseDue(ctx.settings, at) : null;
  const reference = given.record?.reference ?? given.reference ?? null;
  const { disclosed = null, awareAt = at, exposed = null } = given;
  const incidentId = randomUUID();
  const incident = addingIncident(trx, incidentId, {
    ...given,
    reference,
    grantId: given.record?.id ?? null,
    awareAt,
    exposed,
    disclosed,
    at,
    by: ctx.actor.id,
    acting,
  });
  const grants = frozen.map(({ id }) => id);
  await together(trx, [
    incident,
    ...(grants.length > 0 ? [addingFreezes(trx, { grants, incidentId, at })] : []),
    ...(given.besides?.(incidentId) ?? []),
  ]);
  const entry = record(trx, ctx, acting, {
    type: 'incident.reported',
    subject: reference ?? aboutCouncillor(given.councillorId),
    decision: {
      incident: incidentId,
      what: given.what,
      causedBy: given.causedBy,
      outside: [...given.outside],
      visit: given.visitId,
      frozen: frozen.length,
      awareAt: awareAt.toISOString(),
      exposed,
      ...(disclosed ? { disclosed: onTrail(disclosed) } : {}),
    },
  });
  notify(trx, ctx, entry, incidentReported(due));
  for (const grant of frozen) {
    const because = record(trx, ctx, acting, {
      type: 'grant.frozen',
      subject: grant.reference,
      decision: { incident: incidentId, due },
    });
    notifyPause(trx, ctx, because, grant);
  }
  return incidentId;
};

/** A disclosure as the trail records it: never of which case. */
const onTrail = ({ categories, from, until }: DisclosedWithout) => ({
  categories: [...categories],
  from: from.toISOString(),
  until: until?.toISOString() ?? null,
});

/**
 * The grants to freeze, including the one concerned: if it stayed open, the same person could go on where it
 * happened.
 */
const liveGrants = async (trx: Knex.Transaction, councillorId: string, at: Date): Promise<Grant[]> =>
  (await openRecordsOf(trx, councillorId))
    .map((known) => grantAt(known, at))
    .filter((grant) => isLive(grant, at));

/** Without a request, only the councillor must be kept apart. */
export const nobodyBut = (councillorId: string): Separated => ({
  councillorId: councillorId.toLowerCase(),
  hostId: null,
  managerId: null,
  conflicts: [],
  signedBefore: [],
  signers: [],
  named: [],
});

/** The incident that is about to be, as the rules see it. */
export const incidentAbout = (row: Separated): Incident => ({
  ...row,
  kind: 'Incident',
  id: '',
  what: 'other',
  causedBy: 'other',
  reference: null,
  grantId: null,
  visitId: null,
  councillorName: '',
  actedBy: [],
  reportedBy: '',
  reportedAt: new Date(0),
  happenedAt: new Date(0),
  awareAt: new Date(0),
  exposed: null,
  assessments: [],
  hearing: null,
  cases: [],
  corrections: [],
  text: null,
  outside: [],
  disclosed: null,
  holds: false,
  live: false,
  closedAt: null,
  closedReasons: null,
});
