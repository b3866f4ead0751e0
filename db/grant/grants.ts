import type { Knex } from 'knex';
import type { AppAbility } from '../../policies/core/ability.js';
import { NotFound } from '../../policies/core/refusals.js';
import { grantAt, type GrantRecord, type VisitRecord } from '../../policies/grant/grant-record.js';
import type { ObservationTypeKey } from '../../policies/core/observation-types.js';
import type {
  Attendance,
  Category,
  Condition,
  Conflicted,
  DateSpan,
  Grant,
  Named,
  ObservationRequest,
  RequestContent,
  Separated,
  Visit,
} from '../../policies/core/subjects.js';
import { prepared } from '../core/prepared.js';
import { registerHistoryOf, toRegister, type StoredFacts } from '../register/register-history.js';
import { requestColumns, separatedColumns } from '../request/requests.js';
import { visible } from '../core/visible.js';

/** Makes the grant of an approved request, with its conditions, and answers with its id. */
export const insertGrant = async (
  trx: Knex.Transaction,
  row: Pick<ObservationRequest, 'id' | 'version'>,
  given: {
    readonly signOffId: string;
    readonly window: DateSpan;
    readonly events: number;
    readonly categories: readonly Category[];
    readonly conditions: readonly Condition[];
    readonly at: Date;
  },
): Promise<string> => {
  const [grant] = await trx('grants')
    .insert({
      request_id: row.id,
      version: row.version,
      sign_off_id: given.signOffId,
      window_from: given.window.from,
      window_to: given.window.to,
      events: given.events,
      categories: given.categories,
      made_at: given.at,
    })
    .returning<{ id: string }[]>('id');
  const id = grant?.id ?? '';
  if (given.conditions.length > 0) {
    await trx('grant_conditions').insert(
      given.conditions.map((condition, position) => ({
        id: condition.id,
        grant_id: id,
        position,
        text: condition.text,
        owner: condition.owner,
        before: condition.before,
      })),
    );
  }
  return id;
};

interface GrantRow {
  readonly id: string;
  readonly request_id: number;
  readonly reference: string;
  readonly councillor_id: string;
  readonly councillor_name: string;
  readonly breach_upheld_on: string | null;
  readonly host_id: string | null;
  readonly host_name: string | null;
  readonly manager_id: string | null;
  readonly acted_by: string[];
  readonly conflicts: readonly Conflicted[];
  readonly signed_before: readonly string[];
  readonly signers: readonly string[];
  readonly named: readonly Named[];
  readonly observation_type: ObservationTypeKey;
  readonly window_from: string;
  readonly window_to: string;
  readonly events: number;
  readonly categories: readonly Category[];
  readonly made_at: Date;
  readonly ended_at: Date | null;
  readonly ended_because: Grant['endedBecause'];
  readonly content: RequestContent;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly conditions: readonly (Omit<Condition, 'state'> & {
    readonly states: readonly Timed<Condition['state']>[];
  })[];
  readonly freezes: readonly { readonly from: string; readonly to: string | null }[];
  readonly arrivals: readonly string[];
  readonly register: readonly StoredFacts[];
  readonly acceptances: readonly Timed<number>[];
  readonly protocols: readonly Timed<number>[];
  readonly journey_ends: readonly string[];
  readonly visits: readonly VisitRow[];
}

/** A fact and its time as JSON brings them. */
interface Timed<T> {
  readonly at: string;
  readonly value: T;
}

type OfCase<T> = Timed<T> & { readonly caseKey: string | null };
type OfOccasion<T> = OfCase<T> & { readonly date: string };

interface VisitRow {
  readonly id: string;
  readonly plannedAt: string;
  readonly endedAt: string | null;
  readonly endedBecause: Visit['endedBecause'];
  readonly journeyEndedAt: string | null;
  readonly plans: readonly OfCase<VisitRecord['plans'][number]['value']>[];
  readonly checked: readonly OfOccasion<Visit['checks']>[];
  readonly attendance:
    | (Omit<Attendance, 'arrived' | 'left' | 'recordedAt' | 'confirmation'> & {
        readonly arrived: string | null;
        readonly left: string | null;
        readonly recordedAt: string;
        readonly confirmation: {
          readonly agrees: boolean;
          readonly comment: string | null;
          readonly at: string;
        } | null;
      })
    | null;
}

/** The visits of the grants of alias `g`, each with its plans, its checks and what happened. */
const visitsOfGrant = `coalesce((select jsonb_agg(jsonb_build_object(
    'id', v.id, 'plannedAt', v.planned_at, 'endedAt', v.ended_at, 'endedBecause', v.ended_because,
    'journeyEndedAt', v.journey_ended_at,
    'plans', (select jsonb_agg(jsonb_build_object('at', p.at, 'caseKey', p.case_key, 'value', jsonb_build_object(
        'date', p.date, 'from', p.from_time, 'to', p.to_time, 'caseReference', p.case_reference,
        'chaperone', p.chaperone, 'conferenceOn', p.conference_on)) order by p.seq)
      from visit_plans p where p.visit_id = v.id),
    'checked', coalesce((select jsonb_agg(jsonb_build_object('at', c.at, 'caseKey', c.case_key,
        'date', c.date, 'value', jsonb_build_object(
        c.question, jsonb_strip_nulls(jsonb_build_object('answer', c.answer, 'reason', c.reason)))) order by c.seq)
      from visit_checks c where c.visit_id = v.id), '[]'),
    'attendance', (select jsonb_build_object(
        'outcome', a.outcome, 'arrived', a.arrived_at, 'left', a.left_at, 'chaperone', a.chaperone,
        'categories', a.categories, 'closedPartsLeft', a.closed_parts_left, 'departures', a.departures,
        'authorised', a.authorised, 'outside', a.outside, 'recordedAt', a.recorded_at,
        'confirmation', (select jsonb_build_object('agrees', n.agrees, 'comment', n.comment, 'at', n.at)
          from attendance_confirmations n where n.visit_id = a.visit_id))
      from attendances a where a.visit_id = v.id)) order by v.seq)
  from visits v where v.grant_id = g.id), '[]')`;

/** When another stage of the same child's journey was found to have ended it. */
const journeyEnds = `case when r.observation_type = 'childs_journey' then coalesce(
    (select jsonb_agg(e.journey_ended_at) from public.journey_stages(r.id) stage
       join grants o on o.request_id = stage and o.id <> g.id
       join visits e on e.grant_id = o.id and e.journey_ended_at is not null), '[]') else '[]' end`;

const selected = `g.id, r.id as request_id, r.reference, r.observation_type, ${separatedColumns},
  (select breach_upheld_on from councillors where id = r.councillor_id) as breach_upheld_on,
  g.window_from, g.window_to, g.events, g.categories, g.made_at, g.ended_at, g.ended_because,
  (select content from request_versions v where v.request_id = r.id and v.version = g.version) as content,
  coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'text', c.text, 'owner', c.owner, 'before', c.before,
      'states', coalesce((select jsonb_agg(jsonb_build_object('at', s.at, 'value', s.state) order by s.seq)
        from grant_condition_states s where s.condition_id = c.id), '[]')) order by c.position)
    from grant_conditions c where c.grant_id = g.id), '[]') as conditions,
  coalesce((select jsonb_agg(jsonb_build_object('from', f.frozen_at, 'to', f.released_at) order by f.frozen_at)
    from grant_freezes f where f.grant_id = g.id), '[]') as freezes,
  coalesce((select jsonb_agg(a.arrived_at order by a.arrived_at)
    from attendances a where a.grant_id = g.id and a.authorised is not null), '[]') as arrivals,
  ${registerHistoryOf('r.councillor_id')} as register,
  coalesce((select jsonb_agg(jsonb_build_object('at', u.accepted_at, 'value', u.version) order by u.version)
    from protocol_acceptances u where u.councillor_id = r.councillor_id), '[]') as acceptances,
  coalesce((select jsonb_agg(jsonb_build_object('at', p.in_force_from, 'value', p.version) order by p.version)
    from protocol_versions p), '[]') as protocols,
  coalesce((select jsonb_object_agg(a.question, a.answer) from answers a
    where a.request_id = r.id and a.version = g.version
      and a.question in ('agreements', 'connection', 'prerequisites')), '{}') as answers,
  ${journeyEnds} as journey_ends,
  ${visitsOfGrant} as visits`;

const holds = (answer: unknown, value: string): boolean =>
  answer === value ||
  (typeof answer === 'object' && answer !== null && Object.values(answer).includes(value));

/** The undertaking and the training are in the register and are limits of their own; the check is not. */
const dbsBooked = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'dbs' in answer && answer.dbs === 'booked';

/** What the approval in principle left open: it stops attendance until it is closed. */
const leftOpen = (answers: Readonly<Record<string, unknown>>): Grant['open'] => [
  ...(holds(answers['agreements'], 'pending') ? (['agreements'] as const) : []),
  ...(answers['connection'] === 'unchecked' ? (['connection'] as const) : []),
  ...(dbsBooked(answers['prerequisites']) ? (['prerequisites'] as const) : []),
];

const date = (at: string): Date => new Date(at);
const dateOrNull = (at: string | null): Date | null => (at === null ? null : new Date(at));
/** As they are, each with its time. */
const timed = <F extends { readonly at: string }>(facts: readonly F[]): (Omit<F, 'at'> & { at: Date })[] =>
  facts.map((fact) => ({ ...fact, at: date(fact.at) }));

const toAttendance = (row: VisitRow['attendance']): Attendance | null =>
  row && {
    ...row,
    arrived: dateOrNull(row.arrived),
    left: dateOrNull(row.left),
    recordedAt: date(row.recordedAt),
    confirmation: row.confirmation && { ...row.confirmation, at: date(row.confirmation.at) },
  };

const separated = (row: GrantRow): Separated => ({
  councillorId: row.councillor_id,
  hostId: row.host_id,
  managerId: row.manager_id,
  conflicts: row.conflicts,
  signedBefore: row.signed_before,
  signers: row.signers,
  named: row.named,
});

const toRecord = (row: GrantRow): GrantRecord => {
  const shared = {
    ...separated(row),
    reference: row.reference,
    councillorName: row.councillor_name,
    hostName: row.host_name,
    actedBy: row.acted_by,
    observationType: row.observation_type,
  };
  return {
    ...shared,
    kind: 'Grant',
    id: row.id,
    window: { from: row.window_from, to: row.window_to },
    events: row.events,
    categories: row.categories,
    madeAt: row.made_at,
    endedAt: row.ended_at,
    endedBecause: row.ended_because,
    conditions: row.conditions.map(({ states, ...condition }) => ({ ...condition, states: timed(states) })),
    freezes: row.freezes.map(({ from, to }) => ({ from: date(from), to: dateOrNull(to) })),
    arrivals: row.arrivals.map(date),
    appointmentId: row.content.role?.appointmentId ?? null,
    member: { id: row.councillor_id, name: row.councillor_name, breachUpheldOn: row.breach_upheld_on },
    register: toRegister(row.register),
    acceptances: timed(row.acceptances),
    protocols: timed(row.protocols),
    journeyEnds: row.journey_ends.map(date),
    leftOpen: leftOpen(row.answers),
    visits: row.visits.map((visit): VisitRecord => ({
      ...shared,
      kind: 'Visit',
      id: visit.id,
      grantId: row.id,
      plannedAt: date(visit.plannedAt),
      endedAt: dateOrNull(visit.endedAt),
      endedBecause: visit.endedBecause,
      journeyEndedAt: dateOrNull(visit.journeyEndedAt),
      plans: timed(visit.plans),
      checked: timed(visit.checked),
      attendance: toAttendance(visit.attendance),
    })),
  };
};

/** @param narrow in as many words for every call of one kind: the plan is kept by what the query says */
const load = async (
  db: Knex,
  ability: AppAbility,
  narrow: (query: Knex.QueryBuilder) => void,
  kind: 'Grant' | 'Visit' = 'Grant',
): Promise<GrantRecord[]> => {
  const query = db('grants as g').join('requests as r', 'r.id', 'g.request_id').select(db.raw(selected));
  narrow(query);
  const rows = (await prepared(visible(query, ability, 'read', kind, requestColumns))) as GrantRow[];
  return rows.map(toRecord);
};

/**
 * Every grant of a councillor that nobody has ended, oldest first: for what befalls all of them at once,
 * and so whatever the person who acts may read.
 */
export const openRecordsOf = async (db: Knex, councillorId: string): Promise<GrantRecord[]> => {
  const rows = (await openGrants(db).where('r.councillor_id', councillorId)) as GrantRow[];
  return rows.map(toRecord);
};

/** Those of these grants that nobody has ended, in no order: as `openRecordsOf`, whatever may be read. */
export const openRecordsAmong = async (db: Knex, ids: readonly string[]): Promise<GrantRecord[]> => {
  const rows = (await openGrants(db).whereRaw('g.id = any(?::uuid[])', [[...ids]])) as GrantRow[];
  return rows.map(toRecord);
};

/** Every grant of a councillor under which somebody attended with authority, ended or not, oldest first. */
export const attendedRecordsOf = async (db: Knex, councillorId: string): Promise<GrantRecord[]> => {
  const rows = (await anyGrants(db)
    .where('r.councillor_id', councillorId)
    .whereRaw('exists (select from attendances a where a.grant_id = g.id and a.authorised)')) as GrantRow[];
  return rows.map(toRecord);
};

/** The records of these grants, whoever may read them. */
export const recordsById = async (
  db: Knex,
  ids: readonly string[],
): Promise<ReadonlyMap<string, GrantRecord>> => {
  if (ids.length === 0) return new Map();
  const rows = (await anyGrants(db).whereRaw('g.id = any(?::uuid[])', [[...ids]])) as GrantRow[];
  return new Map(rows.map((row) => [row.id, toRecord(row)]));
};

/** Grants, whoever may read them: for what the service does itself. */
const anyGrants = (db: Knex) =>
  db('grants as g').join('requests as r', 'r.id', 'g.request_id').select(db.raw(selected)).orderBy('r.id');

/** Those that nobody has ended. */
const openGrants = (db: Knex) => anyGrants(db).whereNull('g.ended_at');

/** The records of these grants, of those that this person may read, in no order. */
export const recordsOf = (db: Knex, ability: AppAbility, ids: readonly string[]): Promise<GrantRecord[]> =>
  load(db, ability, (query) => void query.whereRaw('g.id = any(?::uuid[])', [[...ids]]), 'Visit');

/**
 * Everything on record about a grant, of whatever time.
 * @throws NotFound where there is none, or none that this person may read
 */
export const findRecord = async (db: Knex, ability: AppAbility, id: string): Promise<GrantRecord> => {
  const [record] = await load(db, ability, (query) => void query.where('g.id', id));
  if (!record) throw new NotFound();
  return record;
};

/** The record of the grant that a visit belongs to, and the visit. @throws NotFound as `findRecord` */
export const findVisit = async (
  db: Knex,
  ability: AppAbility,
  id: string,
): Promise<{ readonly record: GrantRecord; readonly visit: VisitRecord }> => {
  const [record] = await load(
    db,
    ability,
    (query) => void query.whereRaw('g.id = (select v.grant_id from visits v where v.id = ?)', [id]),
    'Visit',
  );
  const visit = record?.visits.find((each) => each.id === id);
  if (!record || !visit) throw new NotFound();
  return { record, visit };
};

/**
 * Locks the councillor, then request and grant, until the transaction ends: whoever comes second sees the
 * first. The councillor's row comes first because one incident freezes every grant of theirs: all that
 * happens to the grants of one councillor stands in one queue, in which nobody can wait in a circle.
 */
const lockRows = async (trx: Knex.Transaction, grantId: string): Promise<void> => {
  await trx.raw(
    `select from councillors c where c.id = (
       select r.councillor_id from requests r join grants g on g.request_id = r.id where g.id = ?)
     for no key update`,
    [grantId],
  );
  await trx.raw(
    'select from requests r join grants g on g.request_id = r.id where g.id = ? for no key update of r',
    [grantId],
  );
  await trx.raw('select from grants where id = ? for no key update', [grantId]);
};

/** The same, by the reference of a request; nobody where there is none. */
export const lockCouncillorOf = async (trx: Knex.Transaction, reference: string): Promise<void> => {
  await trx.raw(
    'select from councillors c where c.id = (select councillor_id from requests where reference = ?) for no key update',
    [reference],
  );
};

/** Locks a councillor, as `lockRows` does first: before all of their grants are looked at together. */
export const lockGrantsOf = async (trx: Knex.Transaction, councillorId: string): Promise<void> => {
  await trx('councillors').where({ id: councillorId }).forNoKeyUpdate().select('id');
};

/** As `findRecord`, with the councillor, the request and the grant locked. @throws NotFound */
export const lockRecord = async (
  trx: Knex.Transaction,
  ability: AppAbility,
  id: string,
): Promise<GrantRecord> => {
  // Who may not read it locks nothing.
  await findRecord(trx, ability, id);
  await lockRows(trx, id);
  return findRecord(trx, ability, id);
};

/** As `lockRecord`, for the service itself, which reads whatever there is; null where it has ended meanwhile. */
export const lockOpenRecord = async (trx: Knex.Transaction, id: string): Promise<GrantRecord | null> => {
  await lockRows(trx, id);
  const rows = (await openGrants(trx).where('g.id', id)) as GrantRow[];
  return rows[0] ? toRecord(rows[0]) : null;
};

/** As `findVisit`, with the councillor, the request and the grant of the visit locked. @throws NotFound */
export const lockVisit = async (
  trx: Knex.Transaction,
  ability: AppAbility,
  id: string,
): Promise<{ readonly record: GrantRecord; readonly visit: VisitRecord }> => {
  const { record } = await findVisit(trx, ability, id);
  await lockRows(trx, record.id);
  return findVisit(trx, ability, id);
};

/**
 * The grant with the facts that its limits rest on, as they stand at that moment.
 * @throws NotFound where there is none, or none that this person may read
 */
export const findGrant = async (db: Knex, ability: AppAbility, id: string, now: Date): Promise<Grant> =>
  grantAt(await findRecord(db, ability, id), now);
