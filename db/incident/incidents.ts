import type { Knex } from 'knex';
import type { AppAbility } from '../../policies/permission/ability.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { Acting } from '../../policies/people/actor.js';
import type { Category } from '../../policies/core/category.js';
import type { Cause } from '../../policies/core/cause.js';
import type { Named } from '../../policies/core/separated.js';
import type { DisclosedWithout, Incident, IncidentKind } from '../../policies/incident/incident.js';
import type { Conflicted } from '../../policies/core/conflict.js';
import { prepared } from '../core/prepared.js';
import { visible, type Columns } from '../core/visible.js';
import { firstOf } from '../core/rows/first-of.js';
import { allowed } from '../core/rows/tables.js';
import { within } from '../core/rows/within.js';

/** Where the fields that the rules speak of are stored: an incident has a councillor even where it has no request. */
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
  readonly text: string | null;
  readonly outside: readonly string[];
  readonly disclosed: DisclosedWithout | null;
  readonly at: Date;
  readonly by: string;
  readonly acting: Acting;
}

export const insertIncident = async (trx: Knex.Transaction, given: NewIncident): Promise<string> => {
  const rows = await trx('incidents')
    .insert({
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
    })
    .returning('id');
  return firstOf(rows).id;
};

/** The columns of `incidentSelected`, by their names. */
export interface IncidentRow {
  readonly id: string;
  readonly seq: number;
  readonly what: IncidentKind;
  readonly caused_by: Cause;
  readonly councillor_id: string;
  readonly councillor_name: string;
  readonly reference: string | null;
  readonly grant_id: string | null;
  readonly visit_id: string | null;
  readonly host_id: string | null;
  readonly manager_id: string | null;
  readonly acted_by: string[];
  readonly conflicts: readonly Conflicted[];
  readonly named: readonly Named[];
  readonly reported_by: string;
  readonly reporter_name: string;
  readonly reported_at: Date;
  readonly happened_at: Date;
  readonly text: string | null;
  readonly outside: readonly string[];
  readonly case_reference: string | null;
  readonly categories: readonly Category[];
  readonly disclosed_from: Date | null;
  readonly disclosed_until: Date | null;
  readonly holds: boolean;
  readonly closed_at: Date | null;
  readonly closed_reasons: string | null;
}

/**
 * An incident with its place in the list, and the name of who reported it. `holds` as it is stored: a grant
 * may have lapsed since.
 */
export type ListedIncident = Incident & { readonly seq: number; readonly reporterName: string };

/** Everything on record about the incidents of alias `i`, of the requests of alias `r`. */
export const incidentSelected = `i.id, i.seq, i.what, i.caused_by, i.councillor_id, i.grant_id, i.visit_id, i.acted_by,
  (select name from councillors where id = i.councillor_id) as councillor_name,
  r.reference, r.host_id, r.manager_id,
  coalesce((select jsonb_agg(jsonb_build_object('personId', c.person_id, 'kind', c.kind))
    from conflicts c where c.reference = r.reference or c.councillor_id = i.councillor_id), '[]') as conflicts,
  coalesce((select jsonb_agg(jsonb_build_object('office', n.office, 'personId', n.person_id) order by n.seq)
    from named_people n where n.request_id = r.id), '[]') as named,
  i.reported_by, (select name from people where id = i.reported_by) as reporter_name, i.reported_at,
  i.happened_at, i.text, i.outside, i.closed_at, i.closed_reasons,
  i.case_reference, i.categories, i.disclosed_from, i.disclosed_until,
  exists (select from grant_freezes f join grants g on g.id = f.grant_id
    where f.incident_id = i.id and f.released_at is null and g.ended_at is null) as holds`;

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
  text: row.text,
  outside: row.outside,
  disclosed: row.disclosed_from && {
    caseReference: row.case_reference,
    categories: row.categories,
    from: row.disclosed_from,
    until: row.disclosed_until,
  },
  holds: row.holds,
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
  const rows = (await visible(query, ability, 'read', 'Incident', incidentColumns)) as IncidentRow[];
  return rows.map(toIncident);
};

/** One incident, if this person may read it. @throws NotFound */
export const findIncident = async (db: Knex, ability: AppAbility, id: string): Promise<ListedIncident> => {
  const [incident] = await load(db, ability, (query) => void query.where('i.id', id));
  if (!incident) throw new NotFound();
  return incident;
};

/** What an entry about an incident is recorded under, whoever may read it; null where there is none of that id. */
export const subjectOfIncident = async (
  db: Knex,
  id: string,
): Promise<{ readonly reference: string | null; readonly councillorId: string } | null> => {
  const [found]: { reference: string | null; councillorId: string }[] = await prepared(
    db('incidents as i')
      .leftJoin('requests as r', 'r.id', 'i.request_id')
      .where('i.id', id)
      .select('r.reference', 'i.councillor_id as councillorId'),
  );
  return found ?? null;
};

/** Closes an incident, with reasons; whoever closed it keeps reading it. */
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

/** Since when papers were out without authority, by request, of what incidents tell already: `1 2026-03-02T10:00:00.000Z`. */
export const incidentReleases = async (
  db: Knex,
  requests: readonly number[],
): Promise<ReadonlySet<string>> => {
  const rows: { request: number; at: Date }[] = await db('incidents')
    .where({ what: 'unauthorised_access' })
    .whereNull('visit_id')
    .whereRaw('request_id = any(?::bigint[])', [[...requests]])
    .select('request_id as request', 'happened_at as at');
  return new Set(rows.map(({ request, at }) => releaseKey(request, at)));
};

/** How `incidentReleases` names one. */
export const releaseKey = (request: number, since: Date): string => `${request} ${since.toISOString()}`;

/** Of these visits, those of which an incident tells that they were without authority. */
export const incidentVisits = async (db: Knex, visits: readonly string[]): Promise<ReadonlySet<string>> =>
  new Set(
    await db('incidents')
      .where({ what: 'unauthorised_access' })
      .whereRaw('visit_id = any(?::uuid[])', [[...visits]])
      .pluck<string[]>('visit_id'),
  );
