import type { Knex } from 'knex';
import type { ObservationTypeKey } from '../policies/observation-types.js';
import type { Category, StatutoryRight } from '../policies/subjects.js';

/** What to look for: a case as somebody writes it, or a councillor by id. */
export type DisclosureQuery = (
  | { readonly caseReference: string; readonly councillor?: undefined }
  | { readonly councillor: string; readonly caseReference?: undefined }
) & {
  readonly limit: number;
  /** The last row of the page before. */
  readonly after?: { readonly at: Date; readonly id: string } | undefined;
};

/** Something that a councillor received: by attending, or on paper. */
export interface Disclosure {
  readonly id: string;
  readonly councillorId: string;
  readonly councillorName: string;
  readonly reference: string;
  readonly observationType: ObservationTypeKey;
  readonly received: 'attendance' | 'papers';
  readonly at: Date;
  /** Until when: when they left, or when the papers came back; null where those are still out. */
  readonly until: Date | null;
  readonly visitId: string | null;
  readonly categories: readonly Category[];
  /** The category of the papers. */
  readonly papers: string | null;
  readonly authorised: boolean;
  /** When Legal approved what it was received under; null for papers released under a statutory right. */
  readonly approvedAt: Date | null;
  readonly statutoryRight: StatutoryRight['right'] | null;
  readonly caseReference: string | null;
}

/** As `visits.case_key` is made of what was entered: spelt another way it is the same case. */
const caseKey = `upper(regexp_replace(normalize(?::text, nfkc), '[^[:alnum:]]', '', 'g'))`;

const attended = `
  select v.id, r.councillor_id as "councillorId", r.reference, r.observation_type as "observationType",
    'attendance' as received, a.arrived_at as at, a.left_at as until, v.id as "visitId", a.categories,
    null as papers, a.authorised, s.at as "approvedAt", null as "statutoryRight",
    v.case_reference as "caseReference"
  from attendances a
    join visits v on v.id = a.visit_id
    join grants g on g.id = v.grant_id
    join requests r on r.id = g.request_id
    join sign_offs s on s.id = g.sign_off_id
  where a.outcome = 'attended'`;

// Papers were released under the right to the version that was before the offices then, or under its approval.
const released = `
  select l.id, r.councillor_id, r.reference, r.observation_type, 'papers', l.released_at, l.returned_at, null,
    '{}'::text[], l.category, true, case when w.right_given is null then s.at end, w.right_given, null
  from releases l
    join requests r on r.id = l.request_id
    left join lateral (
      select nullif(x.right_given, 'none') as right_given from statutory_rights x
        where x.request_id = r.id and x.version = l.version and x.recorded_at <= l.recorded_at
        order by x.seq desc limit 1) as w on true
    left join grants g on g.request_id = r.id and g.version = l.version
    left join sign_offs s on s.id = g.sign_off_id
  where true`;

/** Papers were out while that case was looked into: they have no case of their own but the sitting's. */
const outAt = `exists (
  select from visits v join attendances a on a.visit_id = v.id
    where v.grant_id = g.id and v.case_key = nullif(${caseKey}, '') and a.outcome = 'attended'
      and l.released_at <= a.left_at and (l.returned_at is null or l.returned_at >= a.arrived_at))`;

/**
 * What was disclosed, newest first; constant cost at any depth. Papers are found by the case of the sitting
 * that they were read in, and under a statutory right, which needs none, by councillor alone. Whoever calls
 * records the search.
 */
export const searchDisclosures = async (db: Knex, query: DisclosureQuery): Promise<Disclosure[]> => {
  const { limit, after } = query;
  const [found, given] =
    query.caseReference === undefined
      ? [
          `${attended} and r.councillor_id = ? union all ${released} and r.councillor_id = ?`,
          [query.councillor, query.councillor],
        ]
      : // Without a letter or a digit there is no key to find by.
        [
          `${attended} and v.case_key = nullif(${caseKey}, '') union all ${released} and ${outAt}`,
          [query.caseReference, query.caseReference],
        ];
  const { rows } = await db.raw<{ rows: Disclosure[] }>(
    `select d.*, c.name as "councillorName" from (${found}) as d
       join councillors c on c.id = d."councillorId"
       ${after ? 'where (d.at, d.id) < (?, ?::uuid)' : ''}
       order by d.at desc, d.id desc limit ?`,
    [...given, ...(after ? [after.at, after.id] : []), limit],
  );
  return rows;
};
