import type { Knex } from 'knex';
import { z } from 'zod';
import { observationTypeKeys, type ObservationTypeKey } from '../../policies/core/observation-types.js';
import { categories, type Category } from '../../policies/core/category.js';
import { statutoryRights, type StatutoryRight } from '../../policies/request/statutory-right.js';
import { moment, rowsOf } from '../core/rows/rows-of.js';

/** The search terms: a case as a person types it, or a councillor by id. */
export type DisclosureQuery = (
  | { readonly caseReference: string; readonly councillor?: undefined }
  | { readonly councillor: string; readonly caseReference?: undefined }
) & {
  readonly limit: number;
  /** The last row of the page before. */
  readonly after?: { readonly at: Date; readonly id: string } | undefined;
};

/** Something that a councillor received: by attending, on paper, or without any visit, as an incident tells. */
export interface Disclosure {
  readonly id: string;
  readonly councillorId: string;
  readonly councillorName: string;
  /** Null, and so is the type, where there was no request. */
  readonly reference: string | null;
  readonly observationType: ObservationTypeKey | null;
  readonly received: 'attendance' | 'papers' | 'incident';
  readonly at: Date;
  /** Until when: when they left, or when the papers came back; null where those are still out. */
  readonly until: Date | null;
  readonly visitId: string | null;
  readonly categories: readonly Category[];
  /** The category of the papers. */
  readonly papers: string | null;
  readonly authorised: boolean;
  /** When Legal approved the decision that covers it; null for papers released under a statutory right. */
  readonly approvedAt: Date | null;
  readonly statutoryRight: StatutoryRight['right'] | null;
  readonly caseReference: string | null;
  readonly incidentId: string | null;
}

/** The columns of each of the branches below, by their names. */
const storedDisclosure: z.ZodType<Disclosure> = z.strictObject({
  id: z.string(),
  councillorId: z.string(),
  councillorName: z.string(),
  reference: z.string().nullable(),
  observationType: z.enum(observationTypeKeys).nullable(),
  received: z.enum(['attendance', 'papers', 'incident']),
  at: moment,
  until: moment.nullable(),
  visitId: z.string().nullable(),
  categories: z.array(z.enum(categories)),
  papers: z.string().nullable(),
  authorised: z.boolean(),
  approvedAt: moment.nullable(),
  statutoryRight: z.enum(statutoryRights).nullable(),
  caseReference: z.string().nullable(),
  incidentId: z.string().nullable(),
});

/** As `visits.case_key` is made of what was entered: spelt another way it is the same case. */
const caseKey = `upper(regexp_replace(normalize(?::text, nfkc), '[^[:alnum:]]', '', 'g'))`;

/** What of an attendance was within the grant: nobody learned it beyond the approval. */
const within = `array(select c from unnest(a.categories) with ordinality as of_it (c, place)
    where not a.authorised or c = any (g.categories) order by place)`;

// What was learned beyond the approval at a visit with authority stands apart, as not authorised, with its incident: under
// an id of its own, since a page of the list goes on after one.
const beyond = `
  select md5('beyond ' || v.id)::uuid, r.councillor_id, r.reference, r.observation_type, 'attendance', a.arrived_at, a.left_at, v.id,
    array(select c from unnest(a.categories) with ordinality as of_it (c, place)
      where c <> all (g.categories) order by place),
    null, false, s.at, null, v.case_reference, i.id
  from attendances a
    join visits v on v.id = a.visit_id
    join grants g on g.id = v.grant_id
    join requests r on r.id = g.request_id
    join sign_offs s on s.id = g.sign_off_id
    left join lateral (select f.id from incidents f where f.visit_id = v.id order by f.seq limit 1) i on true
  where a.outcome = 'attended' and a.authorised and not a.categories <@ g.categories`;

// A case that nobody had planned, as who was there added it: what was learned of it is not told apart from the rest.
const unplanned = `
  select k.id, i.councillor_id, r.reference, r.observation_type,
    case when i.visit_id is null then 'incident' else 'attendance' end,
    coalesce(a.arrived_at, i.disclosed_from, i.happened_at), coalesce(a.left_at, i.disclosed_until), i.visit_id,
    case when a.visit_id is null then i.categories else a.categories end, null, false, null::timestamptz, null,
    k.case_reference, i.id
  from incident_cases k
    join incidents i on i.id = k.incident_id
    left join requests r on r.id = i.request_id
    left join attendances a on a.visit_id = i.visit_id and a.outcome = 'attended'
  where true`;

const attended = `
  select v.id, r.councillor_id as "councillorId", r.reference, r.observation_type as "observationType",
    'attendance' as received, a.arrived_at as at, a.left_at as until, v.id as "visitId", ${within} as categories,
    null as papers, a.authorised, s.at as "approvedAt", null as "statutoryRight",
    v.case_reference as "caseReference", null::uuid as "incidentId"
  from attendances a
    join visits v on v.id = a.visit_id
    join grants g on g.id = v.grant_id
    join requests r on r.id = g.request_id
    join sign_offs s on s.id = g.sign_off_id
  where a.outcome = 'attended'`;

// Papers were released under the right to the version that was before the offices then, or under its approval.
const released = `
  select l.id, r.councillor_id, r.reference, r.observation_type, 'papers', l.released_at, l.returned_at, null,
    '{}'::text[], l.category, l.authorised, case when w.right_given is null then s.at end, w.right_given, null,
    l.incident_id
  from releases l
    join requests r on r.id = l.request_id
    left join lateral (
      select nullif(x.right_given, 'none') as right_given from statutory_rights x
        where x.request_id = r.id and x.version = l.version and x.recorded_at <= l.recorded_at
        order by x.seq desc limit 1) as w on true
    left join grants g on g.request_id = r.id and g.version = l.version
    left join sign_offs s on s.id = g.sign_off_id
  where true`;

// A disclosure described by an incident: it has no decision and no visit.
const reported = `
  select i.id, i.councillor_id, r.reference, r.observation_type, 'incident', i.disclosed_from, i.disclosed_until,
    null, i.categories, null, false, null, null, i.case_reference, i.id
  from incidents i left join requests r on r.id = i.request_id
  where i.disclosed_from is not null`;

const wasOutAt = (sitting: string) =>
  `l.released_at <= ${sitting}.left_at and (l.returned_at is null or l.returned_at >= ${sitting}.arrived_at)`;

/**
 * Papers have no case of their own but their sitting's: the one that they were out at, or where none is on
 * record, one that was planned for the day of their release, as it was planned then.
 */
// The grants of the case come first, by index; only their releases are then looked at one by one.
const outAt = `g.id in (
  select v.grant_id from visit_plans p join visits v on v.id = p.visit_id
    where p.case_key = nullif(${caseKey}, '')) and exists (
  select from visit_plans p
    join visits v on v.id = p.visit_id
    left join attendances a on a.visit_id = v.id and a.outcome = 'attended'
  where v.grant_id = g.id and p.case_key = nullif(${caseKey}, '') and case
    when ${wasOutAt('a')} then v.case_key = p.case_key
    else p.date = (l.released_at at time zone 'Europe/London')::date
      and not exists (
        select from visit_plans later
          where later.visit_id = p.visit_id and later.seq > p.seq and later.at <= l.released_at)
      and not exists (
        select from attendances o where o.grant_id = g.id and o.authorised is not null and ${wasOutAt('o')}) end)`;

/**
 * Disclosures, newest first; constant cost at any depth. Papers are found by the case of their sitting; under a
 * statutory right, which needs no sitting, by councillor alone. The caller records the search.
 */
export const searchDisclosures = (db: Knex, query: DisclosureQuery): Promise<Disclosure[]> => {
  const { limit, after } = query;
  // Without a letter or a digit there is no key to find by.
  const ofCase = (alias: string) => `${alias}.case_key = nullif(${caseKey}, '')`;
  const found =
    query.caseReference === undefined
      ? [
          `${attended} and r.councillor_id = ?`,
          `${beyond} and r.councillor_id = ?`,
          `${unplanned} and i.councillor_id = ?`,
          `${released} and r.councillor_id = ?`,
          `${reported} and i.councillor_id = ?`,
        ]
      : [
          `${attended} and ${ofCase('v')}`,
          `${beyond} and ${ofCase('v')}`,
          `${unplanned} and ${ofCase('k')}`,
          `${released} and ${outAt}`,
          `${reported} and ${ofCase('i')}`,
        ];
  const branches = found.join(' union all ');
  // Every one of their places is for the search term.
  const asked = Array<string>(branches.split('?').length - 1).fill(
    query.caseReference ?? query.councillor ?? '',
  );
  return rowsOf(
    storedDisclosure,
    db.raw(
      `select d.*, c.name as "councillorName" from (${branches}) as d
       join councillors c on c.id = d."councillorId"
       ${after ? 'where (d.at, d.id) < (?, ?::uuid)' : ''}
       order by d.at desc, d.id desc limit ?`,
      [...asked, ...(after ? [after.at, after.id] : []), limit],
    ),
  );
};
