import { registerHistoryOf } from '../register/register-history.js';
import { separatedColumns } from '../request/request-columns.js';

/** The visits of the grants of alias `g`, each with its plans, its checks and what happened. */
const visitsOfGrant = `coalesce((select json_agg(json_build_object(
    'id', v.id, 'plannedAt', v.planned_at, 'endedAt', v.ended_at, 'endedBecause', v.ended_because,
    'journeyEndedAt', v.journey_ended_at,
    'plans', (select json_agg(json_build_object('at', p.at, 'caseKey', p.case_key, 'value', json_build_object(
        'date', p.date, 'from', p.from_time, 'to', p.to_time, 'caseReference', p.case_reference,
        'chaperone', p.chaperone, 'conferenceOn', p.conference_on)) order by p.seq)
      from visit_plans p where p.visit_id = v.id),
    'checked', coalesce((select json_agg(json_build_object('at', c.at, 'caseKey', c.case_key,
        'date', c.date, 'value', json_build_object(
        c.question, json_strip_nulls(json_build_object('answer', c.answer, 'reason', c.reason)))) order by c.seq)
      from visit_checks c where c.visit_id = v.id), '[]'),
    'attendance', (select json_build_object(
        'outcome', a.outcome, 'arrived', a.arrived_at, 'left', a.left_at, 'chaperone', a.chaperone,
        'categories', a.categories, 'closedPartsLeft', a.closed_parts_left, 'departures', a.departures,
        'authorised', a.authorised, 'outside', a.outside, 'recordedAt', a.recorded_at,
        'confirmation', (select json_build_object('agrees', n.agrees, 'comment', n.comment, 'at', n.at)
          from attendance_confirmations n where n.visit_id = a.visit_id))
      from attendances a where a.visit_id = v.id)) order by v.seq)
  from visits v where v.grant_id = g.id), '[]')`;

/** When another stage of the same child's journey was found to have ended it. */
const journeyEnds = `case when r.observation_type = 'childs_journey' then coalesce(
    (select json_agg(e.journey_ended_at) from public.journey_stages(r.id) stage
       join grants o on o.request_id = stage and o.id <> g.id
       join visits e on e.grant_id = o.id and e.journey_ended_at is not null), '[]') else '[]' end`;

/** Everything on record about the grants of alias `g`, of the requests of alias `r`. */
export const grantSelected = `g.id, r.id as request_id, r.reference, r.observation_type, ${separatedColumns},
  (select breach_upheld_on from councillors where id = r.councillor_id) as breach_upheld_on,
  g.window_from, g.window_to, g.events, g.categories, g.made_at, g.ended_at, g.ended_because,
  (select content from request_versions v where v.request_id = r.id and v.version = g.version) as content,
  coalesce((select json_agg(json_build_object('id', c.id, 'text', c.text, 'owner', c.owner, 'before', c.before,
      'states', coalesce((select json_agg(json_build_object('at', s.at, 'value', s.state) order by s.seq)
        from grant_condition_states s where s.condition_id = c.id), '[]')) order by c.position)
    from grant_conditions c where c.grant_id = g.id), '[]') as conditions,
  coalesce((select json_agg(json_build_object('from', f.frozen_at, 'to', f.released_at) order by f.frozen_at)
    from grant_freezes f where f.grant_id = g.id), '[]') as freezes,
  coalesce((select json_agg(a.arrived_at order by a.arrived_at)
    from attendances a where a.grant_id = g.id and a.authorised is not null), '[]') as arrivals,
  ${registerHistoryOf('r.councillor_id')} as register,
  coalesce((select json_agg(json_build_object('at', u.accepted_at, 'value', u.version) order by u.version)
    from protocol_acceptances u where u.councillor_id = r.councillor_id), '[]') as acceptances,
  coalesce((select json_agg(json_build_object('at', p.in_force_from, 'value', p.version) order by p.version)
    from protocol_versions p), '[]') as protocols,
  coalesce((select json_object_agg(a.question, a.answer) from answers a
    where a.request_id = r.id and a.version = g.version
      and a.question in ('agreements', 'connection', 'prerequisites')), '{}') as answers,
  ${journeyEnds} as journey_ends,
  ${visitsOfGrant} as visits`;
