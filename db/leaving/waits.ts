/** SQL for what waits for people by name who leave. */

/** Whether the office `o` counts beyond the day `:by`. */
const lasts = `o.confirmed and coalesce(o.to_date, 'infinity') > :by::date`;

/**
 * Whether the person `p` leaves: they are suspended, or they held an office and hold none beyond that day.
 * @param only SQL for which offices `o` count
 */
const leaves = (only = 'true'): string => `(p.suspended_at is not null or (
  exists (select from offices_held o where o.person_id = p.id and o.confirmed and ${only})
  and not exists (select from offices_held o where o.person_id = p.id and ${only} and ${lasts})))`;

/** Who hosts leaves also with the office of a host alone: what they do for another office they go on doing. */
const hostLeaves = `(${leaves()} or ${leaves(`o.office = 'host'`)})`;

/** Requests that are not decided, by the host or the line manager `p`. */
const hosts = `select p.id, 'hosts', r.reference, r.id, null, null
  from requests r join people p on p.id in (r.host_id, r.manager_id)
  where r.status in ('submitted', 'returned') and ${hostLeaves}`;

/** Whether a grant `g` still has something for its host to do: to plan, or to record. */
const goesOn = `(g.ended_at is null or exists (select from visits v where v.grant_id = g.id and v.ended_at is null
  and not exists (select from attendances a where a.visit_id = v.id)))`;

const visits = `select p.id, 'visits', r.reference, r.id, null, g.id::text
  from grants g join requests r on r.id = g.request_id join people p on p.id in (r.host_id, r.manager_id)
  where ${goesOn} and ${hostLeaves}`;

const answers = `select p.id, 'answers', r.reference, r.id, null, q.id::text
  from visit_questions q join visits v on v.id = q.visit_id join grants g on g.id = v.grant_id
    join requests r on r.id = g.request_id join people p on p.id = q.owner_id
  where q.answered_at is null and ${hostLeaves}`;

/** Whether the naming `n` is for what goes on: the review that waits, or a seat after the remittal that nobody has signed. */
const namedNow = `(n.office = 'monitoring_officer' and r.status in ('refused', 'approved', 'time_passed') and exists (select from reviews v
    where v.request_id = r.id and v.version = r.version and v.outcome is null and n.recorded_at >= v.asked_at)
  or n.office <> 'monitoring_officer' and r.status = 'submitted' and n.recorded_at >= r.remitted_at
    and not exists (select from sign_offs s where s.request_id = r.id and s.version = r.version and s.office = n.office
      and s.voided_at is null))`;

/** Nobody else was named for the same since. */
const named = `select p.id, 'named', r.reference, r.id, n.office, null
  from named_people n join requests r on r.id = n.request_id join people p on p.id = n.person_id
  where ${namedNow} and ${leaves()}
    and not exists (select from named_people m where m.request_id = n.request_id and m.office = n.office and m.seq > n.seq)`;

/** Whether the entry `d` of a deputy is their latest for the office, which alone counts. */
const latest = (d: string): string =>
  `not exists (select from deputies l where l.office = ${d}.office and l.deputy_id = ${d}.deputy_id and l.seq > ${d}.seq)`;

/** Nobody else stands in for the office. */
const standsIn = `select p.id, 'stands_in', null, null, d.office, null
  from deputies d join people p on p.id = d.deputy_id
  where d.to_date >= :today::date and ${latest('d')} and ${leaves()}
    and not exists (select from deputies m join people s on s.id = m.deputy_id
      where m.office = d.office and m.deputy_id <> d.deputy_id and m.to_date >= :today::date and ${latest('m')}
        and s.suspended_at is null)`;

/** The last head of an office that has deputies, as long as nobody else is head beyond that day. */
const heads = `select p.id, 'heads', null, null, h.office, null
  from offices_held h join people p on p.id = h.person_id
  where h.head and h.confirmed and (p.suspended_at is not null or h.to_date <= :by::date)
    and h.office in ('childrens_services', 'democratic_services', 'legal', 'monitoring_officer')
    and not exists (select from offices_held o join people s on s.id = o.person_id
      where o.office = h.office and o.head and o.confirmed and o.id <> h.id
        and (coalesce(o.to_date, 'infinity') > coalesce(h.to_date, 'infinity') or (s.suspended_at is null and ${lasts})))`;

/** One row for each thing, with who it waits for. Takes the bindings `today` and `by`, days in London. */
export const waitsFor = `select p.id as person, p.name, p.suspended_at is not null as suspended,
    coalesce((p.suspended_at at time zone 'Europe/London')::date, (select max(o.to_date) from offices_held o
      where o.person_id = p.id and o.confirmed)) as "on",
    each.kind, each.reference, each.place, each.office, each.id
  from (${[hosts, visits, answers, named, standsIn, heads].join(' union all ')})
    as each (person, kind, reference, place, office, id)
  join people p on p.id = each.person`;
