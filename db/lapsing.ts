import type { Knex } from 'knex';
import { registerFacts } from './register-history.js';

/**
 * Grants that may have lapsed and are not stored as ended, in order of id: the window or the three months
 * are over, a journey was ended, or something that the register holds or has held is over. Rather one too
 * many: the rule itself decides (policies/grant-record.ts). What was used up is completed, not lapsed.
 * @param today `YYYY-MM-DD` in London
 * @param longestMonths how long a grant lasts at most from the start of its window
 */
export const lapsing = async (
  db: Knex,
  {
    today,
    longestMonths,
    after,
    limit,
  }: {
    readonly today: string;
    readonly longestMonths: number;
    readonly after: string | null;
    readonly limit: number;
  },
): Promise<string[]> => {
  const { rows } = await db.raw<{ rows: { id: string }[] }>(
    `select g.id from grants g
       join requests r on r.id = g.request_id
       join request_versions w on w.request_id = g.request_id and w.version = g.version
     where g.ended_at is null and (cast(:after as uuid) is null or g.id > cast(:after as uuid))
       and (select count(*) from attendances a where a.grant_id = g.id and a.authorised is not null) < g.events
       and (g.window_to < cast(:today as date)
         or g.window_from + make_interval(months => :longestMonths) <= cast(:today as date)
         or (r.observation_type = 'childs_journey' and exists (
           select from public.journey_stages(r.id) stage join grants o on o.request_id = stage
             join visits v on v.grant_id = o.id where v.journey_ended_at is not null))
         or exists (
           select from (
             select h.facts from register_history h where h.councillor_id = r.councillor_id
             union all select ${registerFacts} from councillors c where c.id = r.councillor_id) as known
           where facts->>'standing' in ('former', 'elect')
             or (facts->'term'->>'to')::date < cast(:today as date)
             or jsonb_typeof(facts->'defeat') = 'object'
             or exists (select from jsonb_array_elements(facts->'training') t
               where (t->>'expires')::date < cast(:today as date))
             or (w.content->'role' \\? 'appointmentId' and not exists (
               select from jsonb_array_elements(facts->'appointments') a
               where a->>'id' = w.content->'role'->>'appointmentId'
                 and (a->>'to' is null or (a->>'to')::date >= cast(:today as date))))))
     order by g.id limit :limit`,
    { today, longestMonths, after, limit },
  );
  return rows.map(({ id }) => id);
};
