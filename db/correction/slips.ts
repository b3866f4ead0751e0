/** What stands on record and may be corrected, by its kind. */
import type { Knex } from 'knex';
import { z } from 'zod';
import {
  confirmerOf,
  correctedKind,
  correctingOffices,
  isInForce,
  isWhole,
  nothing,
  type CorrectedKind,
  type OriginalAddress,
  type Slip,
} from '../../policies/correction/correction.js';
import { plainly } from '../core/ask.js';
import { nameOf } from '../people/name-of.js';

/** The original with what a correction of it needs to know. */
export interface SlipRow extends Slip {
  readonly of: OriginalAddress;
  readonly requestId: number | null;
  readonly visitId: string | null;
  readonly reference: string | null;
  /** The value in force, by the name of its field. */
  readonly stands: Readonly<Record<string, unknown>>;
  /** What stands, as people read it: a person by name; beside an attendance what was `approved`, beside an answer whether it went `toCommittee`. */
  readonly says: Readonly<Record<string, unknown>>;
}

const storedSlip = z.strictObject({
  requestId: z.coerce.number().nullable(),
  visitId: z.string().nullable(),
  reference: z.string().nullable(),
  councillorId: z.string().nullable(),
  hostId: z.string().nullable(),
  office: z.enum(correctingOffices),
  recordedBy: z.string().nullable(),
  stands: z.record(z.string(), z.unknown()),
  named: z.record(z.string(), z.unknown()),
  recorderActs: z.boolean(),
  waits: z.boolean(),
});

const ofSignOff = (office: string, id: string): string => `
  select r.id as request_id, null::uuid as visit_id, r.reference, r.councillor_id, r.host_id, s.office,
      s.person_id as recorded_by, jsonb_build_object(cast(:field as text), to_jsonb(s) -> :field) as stands, '{}'::jsonb as named
    from requests r join sign_offs s on s.request_id = r.id and s.voided_at is null
    where ${office} and r.reference || '/' || s.version || ${id} = :id`;

/** Democratic Services as a whole keep the register. */
const ofRegister = (councillor: string, stands: string, from: string): string => `
  select null::bigint as request_id, null::uuid as visit_id, null::text as reference, ${councillor} as councillor_id,
      null::uuid as host_id, 'democratic_services' as office, null::uuid as recorded_by, ${stands} as stands,
      '{}'::jsonb as named
    from ${from}`;

/** Each finds the original of the id `:id`; the field `:field` is one that is corrected of its kind. */
const originals: Readonly<Record<CorrectedKind, string>> = {
  decision: ofSignOff(`s.office = 'legal'`, `''`),
  sign_off: ofSignOff(`s.office <> 'legal'`, `'/' || s.office`),
  request: `
    select r.id as request_id, null::uuid as visit_id, r.reference, r.councillor_id, r.host_id,
        'childrens_services' as office, null::uuid as recorded_by,
        jsonb_build_object('host', r.host_id, 'manager', r.manager_id) as stands,
        jsonb_build_object('host', ${nameOf('r.host_id')}, 'manager', ${nameOf('r.manager_id')}) as named
      from requests r where r.reference = :id and r.host_id is not null and r.status in ('submitted', 'approved')`,
  // Who hosted then reads it no more once somebody else hosts, and corrects nothing.
  attendance: `
    select r.id as request_id, a.visit_id, r.reference, r.councillor_id, r.host_id, a.office,
        case when a.office <> 'host' or a.person_id = r.host_id then a.person_id end as recorded_by,
        jsonb_build_object('outcome', a.outcome, 'arrived', a.arrived_at, 'left', a.left_at, 'chaperone', a.chaperone,
          'categories', a.categories, 'closedPartsLeft', a.closed_parts_left, 'departures', a.departures) as stands,
        jsonb_build_object('approved', g.categories) as named
      from attendances a join grants g on g.id = a.grant_id join requests r on r.id = g.request_id
      where a.visit_id::text = :id`,
  condition: `
    select r.id as request_id, null::uuid as visit_id, r.reference, r.councillor_id, r.host_id, s.office,
        case when s.office <> 'host' or s.person_id = r.host_id then s.person_id end as recorded_by,
        jsonb_build_object('state', s.state) as stands, '{}'::jsonb as named
      from grant_conditions k join grants g on g.id = k.grant_id join requests r on r.id = g.request_id
        join lateral (select x.* from grant_condition_states x where x.condition_id = k.id order by x.seq desc limit 1) s
          on s.office is not null
      where k.id::text = :id`,
  question: `
    select r.id as request_id, q.visit_id, r.reference, r.councillor_id, r.host_id, 'childrens_services' as office,
        q.answered_by as recorded_by, jsonb_build_object('response', q.response) as stands,
        jsonb_build_object('toCommittee', q.to_committee) as named
      from visit_questions q join visits v on v.id = q.visit_id join grants g on g.id = v.grant_id
        join requests r on r.id = g.request_id
      where q.id::text = :id and q.answered_at is not null`,
  conflict: `
    select (select r.id from requests r where r.reference = x.reference) as request_id, null::uuid as visit_id, x.reference,
        x.councillor_id, null::uuid as host_id, 'democratic_services' as office, x.recorded_by,
        jsonb_build_object('person', x.person_id, 'kind', x.kind) as stands,
        jsonb_build_object('person', ${nameOf('x.person_id')}) as named
      from conflicts x where x.id::text = :id and x.recorded_by <> x.person_id and x.contested_at is null and x.ended_at is null`,
  councillor: ofRegister(
    'c.id',
    `jsonb_build_object('defeat', c.defeat_poll)`,
    'councillors c where c.id::text = :id and c.defeat_poll is not null',
  ),
  training: ofRegister(
    't.councillor_id',
    `jsonb_build_object('kind', t.kind, 'completed', t.completed, 'expires', t.expires)`,
    'training t where t.id::text = :id',
  ),
  appointment: ofRegister(
    'a.councillor_id',
    `jsonb_build_object('from', a.from_date, 'to', coalesce(a.to_date::text, '${nothing}'))`,
    'appointments a where a.id::text = :id',
  ),
};

/**
 * The original at that address, for the person who wants to correct it; null where there is none.
 * @param who proposes
 */
export const findSlip = async (
  db: Knex,
  of: OriginalAddress,
  who: { readonly personId: string; readonly at: Date },
): Promise<SlipRow | null> => {
  const about = correctedKind(of);
  if (about === null) return null;
  const query = db
    .from(db.raw(`(${originals[about]}) as o`, { id: of.id, field: of.field }))
    .joinRaw(
      `left join lateral (select c.corrected from corrections c
         where c.of_kind = ? and c.of_id = ? and c.of_field = ? and c.status = 'counts' and ?
         order by c.seq desc limit 1) as last on true`,
      [of.kind, of.id, of.field, !isInForce(of)],
    )
    .select(
      'o.office',
      'o.named',
      { requestId: 'o.request_id', visitId: 'o.visit_id', reference: 'o.reference' },
      { councillorId: 'o.councillor_id', hostId: 'o.host_id', recordedBy: 'o.recorded_by' },
      db.raw('o.stands || coalesce(last.corrected, ?) as stands', ['{}']),
      db.raw('still_acts(o.recorded_by, o.office, ?) as "recorderActs"', [who.at]),
      db.raw(
        `exists (select from corrections c where c.of_kind = ? and c.of_id = ? and c.of_field like ?
           and c.status = 'waiting') as waits`,
        [of.kind, of.id, isWhole(of) ? '%' : of.field],
      ),
    );
  const [found] = await plainly(storedSlip, query);
  if (!found) return null;
  const { named, ...stored } = found;
  return {
    kind: 'Correction',
    ...stored,
    says: { ...stored.stands, ...named },
    of,
    about,
    field: of.field,
    personId: who.personId,
    councillorId: found.councillorId ?? '',
    status: 'waiting',
    confirmedBy: confirmerOf(about, found.office),
  };
};
