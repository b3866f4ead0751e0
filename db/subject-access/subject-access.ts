import type { Knex } from 'knex';
import { z } from 'zod';
import { capacities, offices } from '../../policies/core/office.js';
import { entryTypes } from '../audit/entry-types.js';
import { registerFacts } from '../register/register-history.js';
import { plainly, type Ask } from '../core/ask.js';
import { whole } from '../core/rows/stored.js';
import { aboutOthers, saidBeforeADecision } from '../../policies/subject-access/subject-access.js';
import { signedTold } from '../decision/stored-sign-off.js';
import { heldRightSelected } from '../request/stored-right.js';

/** The rows of a query as a JSON array, in its order; not jsonb, which would put the fields into an order of its own. */
const rows = (query: string): string => `coalesce((select json_agg(to_json(x)) from (${query}) x), '[]')`;
/** The only row of a query as an object, or null. */
const row = (query: string): string => `(select to_json(x) from (${query}) x)`;

/** SQL: whether that version of the request of alias `r` was decided; until then its answers and seats are nobody's to read. */
const isDecided = (version: string): string => `exists (select from sign_offs legal
  where legal.request_id = r.id and legal.version = ${version} and legal.office = 'legal' and legal.voided_at is null)`;

const visits = rows(`
  select v.date, v.from_time as "from", v.to_time as "to", v.planned_at as "plannedAt", v.ended_at as "endedAt",
    ${rows(`select p.date, p.from_time as "from", p.to_time as "to", p.at from visit_plans p
      where p.visit_id = v.id order by p.seq`)} as plans,
    ${rows(`select k.question, k.date, k.answer, k.reason, k.at, k.office, k.capacity from visit_checks k
      where k.visit_id = v.id and k.question <> all (q.others) order by k.seq`)} as checks,
    ${row(`select a.outcome, a.arrived_at as "arrivedAt", a.left_at as "leftAt", a.categories,
        a.closed_parts_left as "closedPartsLeft", a.departures, a.authorised, a.recorded_at as "recordedAt",
        a.office, a.capacity
      from attendances a where a.visit_id = v.id`)} as attendance,
    ${row(`select c.agrees, c.comment, c.at from attendance_confirmations c where c.visit_id = v.id`)} as confirmation,
    ${rows(`select n.kind, n.text, n.asked_at as "askedAt", n.due_on as "dueOn", n.response,
        n.to_committee as "toCommittee", n.answered_at as "answeredAt"
      from visit_questions n where n.visit_id = v.id order by n.seq`)} as questions
  from visits v where v.grant_id = g.id order by v.seq`);

const grant = row(`
  select g.window_from as "from", g.window_to as "to", g.events, g.events_used as "eventsUsed", g.categories,
    g.made_at as "madeAt", g.ended_at as "endedAt",
    ${rows(`select c.text, c.owner, c.before,
        coalesce((select s.state from grant_condition_states s where s.condition_id = c.id order by s.seq desc limit 1), 'pending') as state
      from grant_conditions c where c.grant_id = g.id order by c.position`)} as conditions,
    ${rows(`select f.frozen_at as "frozenAt", f.released_at as "releasedAt", f.release_reasons as "releaseReasons"
      from grant_freezes f where f.grant_id = g.id order by f.frozen_at, f.id`)} as freezes,
    ${visits} as visits
  from grants g where g.request_id = r.id`);

const requests = rows(`
  select r.reference, r.status, r.observation_type as "observationType", r.created_at as "begunAt",
    r.submitted_at as "submittedAt", r.due_on as "dueOn", r.decided_at as "decidedAt", r.withdrawn_at as "withdrawnAt", r.time_passed_at as "timePassedAt",
    ${rows(`select v.version, v.content, v.created_at as at from request_versions v
      where v.request_id = r.id order by v.version`)} as versions,
    ${rows(`select t.version, t.questions, t.office, t.capacity, t.returned_at as "returnedAt",
        t.resubmitted_at as "resubmittedAt"
      from request_returns t where t.request_id = r.id order by t.returned_at`)} as returns,
    ${rows(`select a.version, a.question, a.answer, a.reason, a.basis, a.at, a.office, a.capacity from answers a
      where a.request_id = r.id and a.question <> all (q.others) and ${isDecided('a.version')}
      order by a.version, a.at, a.question`)} as answers,
    ${rows(`select s.version, s.office, ${signedTold},
        s.capacity, s.at,
        s.voided_at as "voidedAt"
      from sign_offs s where s.request_id = r.id and ${isDecided('s.version')} order by s.seq`)} as "signOffs",
    ${rows(`select l.version, l.question, l.outcome, l.reasons, l.office, l.capacity, l.at, l.voided_at as "voidedAt"
      from lifts l where l.request_id = r.id and l.question <> all (q.others) and ${isDecided('l.version')}
      order by l.seq`)} as lifts,
    ${rows(`select w.version, w.reasons, w.asked_at as "askedAt", w.outcome, w.decision_reasons as "decisionReasons",
        w.decided_at as "decidedAt", w.capacity
      from reviews w where w.request_id = r.id order by w.version`)} as reviews,
    ${rows(`select h.version, h.matters, h.gist, h.told_at as "toldAt", h.due_on as "dueOn", h.answer, h.answered_at as "answeredAt"
      from hearings h where h.request_id = r.id order by h.version, h.telling`)} as hearings,
    ${rows(`select d.version, d.body, d.given_on as "givenOn", d.minute, d.effect, d.recorded_at as "recordedAt"
      from directions d where d.request_id = r.id order by d.version`)} as directions,
    ${rows(`select ${heldRightSelected}
      from statutory_rights s where s.request_id = r.id order by s.seq`)} as "statutoryRights",
    ${rows(`select p.category, p.released_at as "releasedAt", p.returned_at as "returnedAt", p.office, p.capacity,
        p.authorised, p.copy
      from releases p where p.request_id = r.id order by p.seq`)} as papers,
    ${grant} as grant
  from requests r where r.councillor_id = q.councillor and r.submitted order by r.id`);

/** The trail's entries about them, in codes and times: what they did, and what was done about things of theirs. */
const trail = rows(`
  select e.at, e.type, about.value #>> '{}' as subject, e.office, e.capacity,
    coalesce(actor.value = to_jsonb(q.account::text), false) as "byThemselves"
  from (
    select s.entry_id from audit.secret s where s.field = 'actor' and s.value = to_jsonb(q.account::text)
    union select s.entry_id from audit.secret s where s.field = 'subject' and s.value in (
      select to_jsonb(r.reference) from requests r where r.councillor_id = q.councillor and r.submitted
      union all select to_jsonb('councillor:' || q.councillor::text))
  ) of_them
  join audit.entries e on e.id = of_them.entry_id
  left join audit.secret actor on actor.entry_id = e.id and actor.field = 'actor'
  left join audit.secret about on about.entry_id = e.id and about.field = 'subject'
  where e.type not like 'discussion.%' and e.type not like 'hold.%' and e.type not like 'retention.%'
    and (e.type <> all (q.undecided) or exists (
      select from requests r where r.reference = about.value #>> '{}'
        and ${isDecided("(e.decision->>'version')::int")}))
  order by e.seq`);

const everything = `json_build_object(
  'councillor', ${row(`select c.id, c.name, c.external_id as "numberInCommitteeSystem", c.email, c.posts,
      c.created_at as "enteredAt"
    from councillors c where c.id = q.councillor`)},
  'register', ${rows(`select h.at, h.facts from (
      select h.at, h.facts, h.seq from register_history h where h.councillor_id = q.councillor
      union all select c.created_at, ${registerFacts}, 0 from councillors c where c.id = q.councillor
        and not exists (select from register_history h where h.councillor_id = q.councillor)) h
    order by h.seq`)},
  'findings', ${rows(`select f.body, f.found_on as "date", f.minute, f.until, f.recorded_at as "recordedAt"
    from findings f where f.councillor_id = q.councillor order by f.seq`)},
  'undertakings', ${rows(`select a.version, a.accepted_at as "acceptedAt" from protocol_acceptances a
    where a.councillor_id = q.councillor order by a.version`)},
  'account', ${row(`select p.name, p.email, p.created_at as "createdAt", p.suspended_at as "suspendedAt",
      coalesce((select w.wish from reminder_wishes w where w.person_id = p.id), 'digest') as reminders,
      ${rows(`select o.office, o.capacity, o.head, o.delegation, o.from_date as "from", o.to_date as "to",
          o.given_at as "givenAt", o.confirmed_at as "confirmedAt" from offices_held o
        where o.person_id = p.id order by o.office, o.from_date nulls first`)} as offices,
      ${rows(`select d.office, d.from_date as "from", d.to_date as "to", d.authority, d.recorded_at as "recordedAt"
        from deputies d where d.deputy_id = p.id order by d.seq`)} as deputy,
      ${rows(`select g.from_date as "from", g.to_date as "to", g.authority, g.recorded_at as "recordedAt"
        from strategy_delegations g where g.delegate_id = p.id order by g.seq`)} as delegations,
      ${rows(`select a.office, a.from_date as "from", a.to_date as "to", a.recorded_at as "recordedAt"
        from absences a where a.principal_id = p.id order by a.seq`)} as absences
    from people p where p.id = q.account`)},
  'conflicts', ${rows(`select c.kind, c.reference, c.recorded_at as "recordedAt", c.person_id = q.account as own
    from conflicts c where c.councillor_id = q.councillor or c.person_id = q.account
      or c.reference in (select r.reference from requests r where r.councillor_id = q.councillor and r.submitted)
    order by c.recorded_at, c.id`)},
  'drafts', (select count(*) from requests r where r.councillor_id = q.councillor and not r.submitted),
  'requests', ${requests},
  'incidents', ${rows(`select i.what, i.caused_by as "causedBy", r.reference, i.happened_at as "happenedAt",
      i.reported_at as "reportedAt", i.closed_at as "closedAt",
      case when i.caused_by = 'councillor' then i.text end as text,
      case when i.caused_by = 'councillor' then i.closed_reasons end as "closedReasons"
    from incidents i left join requests r on r.id = i.request_id
    where i.councillor_id = q.councillor order by i.seq`)},
  'notifications', ${rows(`select m.kind, m.reference, m.action, m.due, m.created_at as "createdAt",
      m.sent_at as "sentAt", m.failed_at as "failedAt",
      ${rows(`select t.what, t.step, t.called, t.due_on as "dueOn" from reminder_recipients c
        join reminders t on t.id = c.reminder_id where c.message_id = m.id order by t.seq`)} as tells
    from messages m where m.to_person = q.account order by m.created_at, m.id`)},
  'trail', ${trail})`;

const anyRow = z.record(z.string(), z.unknown());

/** As the API answers it (`heldShape` in server/subject-access/shapes.ts has every field). */
const held = z.strictObject({
  councillor: z.looseObject({ id: z.string(), name: z.string() }),
  register: z.array(anyRow),
  findings: z.array(anyRow),
  undertakings: z.array(anyRow),
  account: anyRow.nullable(),
  conflicts: z.array(anyRow),
  drafts: whole,
  requests: z.array(anyRow),
  incidents: z.array(anyRow),
  notifications: z.array(anyRow),
  trail: z.array(
    z.strictObject({
      at: z.string(),
      type: z.enum(entryTypes),
      subject: z.string().nullable(),
      office: z.enum(offices).nullable(),
      capacity: z.enum(capacities).nullable(),
      byThemselves: z.boolean(),
    }),
  ),
});
export type HeldOn = z.infer<typeof held>;

/** PostgreSQL writes an instant with the offset of its session; the API writes it in UTC, to the millisecond. */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d:\d\d$/;
const inUtc = (_key: string, value: unknown): unknown =>
  typeof value === 'string' && instant.test(value) ? new Date(value).toISOString() : value;

/**
 * Everything held on one councillor in one query, without discussion and advice, things about other people, and the
 * text of drafts: see `leftOut` in policies/subject-access/subject-access.ts. Keys as the API writes them; each list
 * oldest first.
 * @returns null if there is no such councillor
 */
export const heldOn = async (db: Knex, councillorId: string, ask: Ask = plainly): Promise<HeldOn | null> => {
  const about = db('councillors as c')
    .leftJoin('people as p', 'p.councillor_id', 'c.id')
    .where('c.id', councillorId)
    .select(
      'c.id as councillor',
      'p.id as account',
      db.raw('?::text[] as others', [[...aboutOthers]]),
      db.raw('?::text[] as undecided', [[...saidBeforeADecision]]),
    );
  const [found] = await ask(
    z.strictObject({ held: z.string() }),
    db.from(about.as('q')).select(db.raw(`(${everything})::text as held`)),
  );
  return found ? held.parse(JSON.parse(found.held, inUtc)) : null;
};
