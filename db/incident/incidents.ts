import type { Knex } from 'knex';
import { z } from 'zod';
import type { AppAbility } from '../../policies/permission/ability.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { Acting } from '../../policies/people/actor.js';
import { categories, exposures, type Exposure } from '../../policies/core/category.js';
import { causes, type Cause } from '../../policies/core/cause.js';
import {
  incidentKinds,
  type DisclosedWithout,
  type Incident,
  type IncidentKind,
} from '../../policies/incident/incident.js';
import { planned } from '../core/ask.js';
import { moment, rowsOf } from '../core/rows/rows-of.js';
import { instant, whole } from '../core/rows/stored.js';
import { conflictsOf, storedConflict, storedNamed } from '../core/rows/separation.js';
import { visible, type Columns } from '../core/visible.js';
import { allowed } from '../core/rows/tables.js';
import { allegationSelected, casesSelected, storedAllegation } from './allegations.js';
import { assessmentsSelected, awareAtSelected, storedAssessment } from './assessments.js';
import { within } from '../core/rows/within.js';

/** Where the fields in the rules are stored: an incident has a councillor even if it has no request. */
export const incidentColumns: Columns = {
  councillorId: 'i.councillor_id',
  hostId: 'r.host_id',
  actedBy: { column: 'i.acted_by', array: true },
};

export interface NewIncident {
  readonly what: IncidentKind;
  readonly causedBy: Cause;
  readonly councillorId: string;
  readonly reference: string | null;
  readonly grantId: string | null;
  readonly visitId: string | null;
  readonly happenedAt: Date;
  readonly awareAt: Date;
  readonly exposed: Exposure | null;
  readonly text: string | null;
  readonly outside: readonly string[];
  readonly disclosed: DisclosedWithout | null;
  readonly at: Date;
  readonly by: string;
  readonly acting: Acting;
}

/** A new incident, under an id of its own. */
export const addingIncident = (trx: Knex.Transaction, id: string, given: NewIncident): Knex.QueryBuilder =>
  trx('incidents').insert({
    id,
    what: given.what,
    caused_by: given.causedBy,
    councillor_id: given.councillorId,
    request_id:
      given.reference === null
        ? null
        : trx('requests').where({ reference: given.reference }).select('id').limit(1),
    grant_id: given.grantId,
    visit_id: given.visitId,
    happened_at: given.happenedAt,
    aware_at: given.awareAt,
    exposed: given.exposed,
    text: given.text,
    outside: given.outside,
    case_reference: given.disclosed?.caseReference ?? null,
    categories: given.disclosed?.categories ?? [],
    disclosed_from: given.disclosed?.from ?? null,
    disclosed_until: given.disclosed?.until ?? null,
    reported_at: given.at,
    reported_by: given.by,
    office: within(allowed['incidents.office'], given.acting.office),
    capacity: given.acting.capacity,
    acted_by: [given.by],
  });

/** How the record of its visit was judged as it was corrected. */
const correctedSelected = `coalesce((
  select jsonb_agg(jsonb_build_object('at', c.settled_at, 'outside', c.judged -> 'outside') order by c.seq)
  from corrections c where c.visit_id = i.visit_id and c.of_kind = 'attendance' and c.status = 'counts'), '[]')`;

const storedCorrected = z.strictObject({
  at: instant,
  outside: z.array(z.string()),
});

/** The columns of `incidentSelected`, by their names. */
export const storedIncident = z.strictObject({
  id: z.string(),
  seq: whole,
  what: z.enum(incidentKinds),
  caused_by: z.enum(causes),
  councillor_id: z.string(),
  councillor_name: z.string(),
  reference: z.string().nullable(),
  grant_id: z.string().nullable(),
  visit_id: z.string().nullable(),
  host_id: z.string().nullable(),
  manager_id: z.string().nullable(),
  acted_by: z.array(z.string()),
  conflicts: z.array(storedConflict),
  named: z.array(storedNamed),
  reported_by: z.string(),
  reporter_name: z.string(),
  reported_at: moment,
  happened_at: moment,
  aware_at: moment,
  exposed: z.enum(exposures).nullable(),
  assessments: z.array(storedAssessment),
  text: z.string().nullable(),
  outside: z.array(z.string()),
  case_reference: z.string().nullable(),
  categories: z.array(z.enum(categories)),
  disclosed_from: moment.nullable(),
  disclosed_until: moment.nullable(),
  hearing: storedAllegation.nullable(),
  cases: z.array(z.string()),
  corrections: z.array(storedCorrected),
  holds: z.boolean(),
  live: z.boolean(),
  closed_at: moment.nullable(),
  closed_reasons: z.string().nullable(),
});
export type IncidentRow = z.infer<typeof storedIncident>;

/**
 * An incident with its place in the list, and the name of who reported it. `holds` as it is stored: a grant
 * may have lapsed since.
 */
export type ListedIncident = Incident & { readonly seq: number; readonly reporterName: string };

/** Everything on record about the incidents of alias `i`, of the requests of alias `r`. */
export const incidentSelected = `i.id, i.seq, i.what, i.caused_by, i.councillor_id, i.grant_id, i.visit_id, i.acted_by,
  (select name from councillors where id = i.councillor_id) as councillor_name,
  r.reference, r.host_id, r.manager_id,
  ${conflictsOf('i.councillor_id')} as conflicts,
  coalesce((select jsonb_agg(jsonb_build_object('office', n.office, 'personId', n.person_id) order by n.seq)
    from named_people n where n.request_id = r.id), '[]') as named,
  i.reported_by, (select name from people where id = i.reported_by) as reporter_name, i.reported_at,
  i.happened_at, ${awareAtSelected} as aware_at, i.exposed, ${assessmentsSelected} as assessments,
  i.text, i.outside, i.closed_at, i.closed_reasons,
  ${allegationSelected} as hearing, ${casesSelected} as cases, ${correctedSelected} as corrections,
  i.case_reference, i.categories, i.disclosed_from, i.disclosed_until,
  exists (select from grant_freezes f join grants g on g.id = f.grant_id
    where f.incident_id = i.id and f.released_at is null and g.ended_at is null) as holds,
  exists (select from grant_freezes f join grants g on g.id = f.grant_id
    where f.incident_id = i.id and g.ended_at is null) as live`;

export const toIncident = (row: IncidentRow): ListedIncident => ({
  kind: 'Incident',
  id: row.id,
  seq: row.seq,
  what: row.what,
  causedBy: row.caused_by,
  reference: row.reference,
  grantId: row.grant_id,
  visitId: row.visit_id,
  councillorId: row.councillor_id,
  councillorName: row.councillor_name,
  hostId: row.host_id,
  managerId: row.manager_id,
  actedBy: row.acted_by,
  conflicts: row.conflicts,
  // Nobody signs an incident, so that no earlier signature matters to it.
  signedBefore: [],
  signers: [],
  named: row.named,
  reportedBy: row.reported_by,
  reporterName: row.reporter_name,
  reportedAt: row.reported_at,
  happenedAt: row.happened_at,
  awareAt: row.aware_at,
  exposed: row.exposed,
  assessments: row.assessments,
  text: row.text,
  outside: row.outside,
  disclosed: row.disclosed_from && {
    caseReference: row.case_reference,
    categories: row.categories,
    from: row.disclosed_from,
    until: row.disclosed_until,
  },
  hearing: row.hearing,
  cases: row.cases,
  corrections: row.corrections,
  holds: row.holds,
  live: row.live,
  closedAt: row.closed_at,
  closedReasons: row.closed_reasons,
});

const load = async (
  db: Knex,
  ability: AppAbility,
  narrow: (query: Knex.QueryBuilder) => void,
): Promise<ListedIncident[]> => {
  const query = db('incidents as i')
    .leftJoin('requests as r', 'r.id', 'i.request_id')
    .select(db.raw(incidentSelected));
  narrow(query);
  const rows = await rowsOf(storedIncident, visible(query, ability, 'read', 'Incident', incidentColumns));
  return rows.map(toIncident);
};

/** One incident, if this person may read it. @throws NotFound */
export const findIncident = async (db: Knex, ability: AppAbility, id: string): Promise<ListedIncident> => {
  const [incident] = await load(db, ability, (query) => void query.where('i.id', id));
  if (!incident) throw new NotFound();
  return incident;
};

/**
 * The subject under which the trail records entries about an incident, without a check of who may read it; null if
 * there is no incident of that id.
 */
export const subjectOfIncident = async (
  db: Knex,
  id: string,
): Promise<{ readonly reference: string | null; readonly councillorId: string } | null> => {
  const [found] = await planned(
    z.strictObject({ reference: z.string().nullable(), councillorId: z.string() }),
    db('incidents as i')
      .leftJoin('requests as r', 'r.id', 'i.request_id')
      .where('i.id', id)
      .select('r.reference', 'i.councillor_id as councillorId'),
  );
  return found ?? null;
};

/** Locks an incident that this person may read: nobody assesses or closes it until the transaction ends. @throws NotFound */
export const lockIncident = async (
  trx: Knex.Transaction,
  ability: AppAbility,
  id: string,
): Promise<ListedIncident> => {
  await trx('incidents').where({ id }).forNoKeyUpdate().select('id');
  return findIncident(trx, ability, id);
};

/** Closes an incident, with reasons; the person who closed it keeps reading it. */
export const closeIncident = async (
  trx: Knex.Transaction,
  id: string,
  { at, by, reasons }: { readonly at: Date; readonly by: string; readonly reasons: string },
): Promise<void> => {
  await trx('incidents')
    .where({ id })
    .update({
      closed_at: at,
      closed_by: by,
      closed_reasons: reasons,
      acted_by: trx.raw('case when acted_by @> array[?::uuid] then acted_by else acted_by || ?::uuid end', [
        by,
        by,
      ]),
    });
};

/**
 * The papers that incidents already report as out without authority, by request and since when: `1
 * 2026-03-02T10:00:00.000Z`.
 */
export const incidentReleases = async (
  db: Knex,
  requests: readonly number[],
): Promise<ReadonlySet<string>> => {
  const rows = await db('incidents')
    .where({ what: 'unauthorised_access' })
    .whereNull('visit_id')
    .whereRaw('request_id = any(?::bigint[])', [[...requests]])
    .select('request_id', 'happened_at');
  return new Set(
    rows.flatMap(({ request_id: request, happened_at: at }) =>
      request === null ? [] : [releaseKey(request, at)],
    ),
  );
};

/** How `incidentReleases` names one. */
export const releaseKey = (request: number, since: Date): string => `${request} ${since.toISOString()}`;

/** The visits of this list that an incident already reports as without authority. */
export const incidentVisits = async (db: Knex, visits: readonly string[]): Promise<ReadonlySet<string>> =>
  new Set(
    (
      await db('incidents')
        .where({ what: 'unauthorised_access' })
        .whereRaw('visit_id = any(?::uuid[])', [[...visits]])
        .select('visit_id')
    ).flatMap(({ visit_id: visit }) => visit ?? []),
  );
