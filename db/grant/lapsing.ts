import type { Knex } from 'knex';
import { trainingKinds } from '../../policies/register/register.js';
import { idOnly, rowsOf } from '../core/rows/rows-of.js';
import { registerFacts } from '../register/register-history.js';

const inLondon = (moment: string): string => `${moment} at time zone 'Europe/London'`;
const madeAt = inLondon('g.made_at');

/**
 * The register entries about the councillor of the request of alias `r`, one by one, during the grant of alias `g`:
 * from which day until which, and whether the entry counted at all (of two entries at one moment only the second
 * did). The first counts from the beginning.
 */
const entries = `select facts, at is distinct from until as held,
    greatest(at, ${madeAt})::date as first,
    least((until - interval '1 microsecond')::date, cast(:today as date)) as last
  from (
    select h.facts,
      case when row_number() over history = 1 then '-infinity' else ${inLondon('h.at')} end as at,
      ${inLondon('lead(h.at) over history')} as until
      from register_history h where h.councillor_id = r.councillor_id
      window history as (order by h.seq)
    union all
    select ${registerFacts}, '-infinity', null from councillors c
      where c.id = r.councillor_id
        and not exists (select from register_history h where h.councillor_id = c.id)) as known
  where until is null or until > ${madeAt}`;

/**
 * Whether training of a kind was over on one of those days: on the first of them, or on the day after an expiry. The
 * one that lasts longest counts. Training that was over before the approval was booked by then, and ends nothing.
 */
const trainingRanOut = `exists (
  select from unnest(cast(:kinds as text[])) as kind,
    lateral (
      select (t->>'completed')::date as completed, (t->>'expires')::date as expires
        from jsonb_array_elements(facts->'training') t where t->>'kind' = kind) as one,
    lateral (values (entry.first), (one.expires + 1)) as looked (day)
  where day between entry.first and entry.last
    and (select max((t->>'expires')::date) from jsonb_array_elements(facts->'training') t
      where t->>'kind' = kind and (t->>'completed')::date <= day)
      between (${madeAt})::date and day - 1)`;

/**
 * Grants that have lapsed and are not stored as ended, in order of id: the window or the three months are over, a
 * journey has ended, or an entry that the register holds, or held during the grant, was over. It may return one too
 * many: the rule itself decides (policies/grant/grant-record.ts). It leaves out a grant for which all is well, even
 * if something expired and was renewed in time: otherwise every round would look at it again.
 *
 * A used-up grant is completed, not lapsed, and is never stored as ended: the last arrival uses the last event while
 * the visit goes on, and whatever follows (leaving, the record, conditions before closing) is judged by a grant that
 * still stood. The row says that it is used up, and an index leaves it out here.
 * @param today `YYYY-MM-DD` in London
 * @param longestMonths the longest duration of a grant from the start of its window
 */
export const lapsing = async (
  db: Knex,
  {
    today,
    longestMonths,
    defeatDays,
    after,
    limit,
  }: {
    readonly today: string;
    readonly longestMonths: number;
    /** The day after the poll on which a lost seat ends the grants. */
    readonly defeatDays: number;
    readonly after: string | null;
    readonly limit: number;
  },
): Promise<string[]> => {
  const rows = await rowsOf(
    idOnly,
    db.raw(
      `select g.id from grants g
       join requests r on r.id = g.request_id
       join request_versions w on w.request_id = g.request_id and w.version = g.version
     where g.ended_at is null and g.events_used < g.events
       and (cast(:after as uuid) is null or g.id > cast(:after as uuid))
       and (g.window_to < cast(:today as date)
         or g.window_from + make_interval(months => :longestMonths) <= cast(:today as date)
         or (r.observation_type = 'childs_journey' and exists (
           select from public.journey_stages(r.id) stage join grants o on o.request_id = stage
             join visits v on v.grant_id = o.id where v.journey_ended_at is not null))
         or exists (
           select from (${entries}) as entry
           where (held and facts->>'standing' = 'former')
             or (facts->'term'->>'to')::date < entry.last
             or ((facts->'defeat'->>'poll')::date + cast(:defeatDays as int) <= entry.last
               and (${inLondon("(facts->'defeat'->>'declaredAt')::timestamptz")})::date <= entry.last)
             or (w.content->'role' \\? 'appointmentId' and (
               (held and not exists (select from jsonb_array_elements(facts->'appointments') a
                 where a->>'id' = w.content->'role'->>'appointmentId'))
               or exists (select from jsonb_array_elements(facts->'appointments') a
                 where a->>'id' = w.content->'role'->>'appointmentId'
                   and (a->>'to')::date < entry.last)))
             or ${trainingRanOut}))
     order by g.id limit :limit`,
      { today, longestMonths, defeatDays, after, limit, kinds: Object.values(trainingKinds) },
    ),
  );
  return rows.map(({ id }) => id);
};
