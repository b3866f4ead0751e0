import { countedSelected } from '../correction/stored-correction.js';
import { findingOf } from '../register/councillors.js';
import { listed } from '../core/rows/stored.js';
import { registerHistoryOf } from '../register/register-history.js';
import { liveLiftSelected } from '../request/live-lift.js';
import { separatedColumns } from '../request/request-columns.js';

/** The visits of the grants of alias `g`, each with its plans, its checks and what happened. */
const visitsOfGrant = listed(
  `json_build_object(
    'id', v.id, 'plannedAt', v.planned_at, 'endedAt', v.ended_at, 'endedBecause', v.ended_because,
    'journeyEndedAt', v.journey_ended_at,
    'plans', ${listed(
      `json_build_object('at', p.at, 'caseKey', p.case_key, 'value', json_build_object(
        'date', p.date, 'from', p.from_time, 'to', p.to_time, 'caseReference', p.case_reference,
        'chaperone', p.chaperone, 'conferenceOn', p.conference_on))`,
      'visit_plans p where p.visit_id = v.id',
      'p.seq',
    )},
    'checked', ${listed(
      `json_build_object('at', c.at, 'caseKey', c.case_key, 'date', c.date, 'reported', c.reported, 'value', json_build_object(
        c.question, json_strip_nulls(json_build_object('answer', c.answer, 'reason', c.reason))))`,
      'visit_checks c where c.visit_id = v.id',
      'c.seq',
    )},
    'attendance', (select json_build_object(
        'outcome', a.outcome, 'arrived', a.arrived_at, 'left', a.left_at, 'chaperone', a.chaperone,
        'categories', a.categories, 'closedPartsLeft', a.closed_parts_left, 'departures', a.departures,
        'authorised', a.authorised, 'outside', a.outside, 'recordedAt', a.recorded_at,
        'confirmation', (select json_build_object('agrees', n.agrees, 'comment', n.comment, 'at', n.at)
          from attendance_confirmations n
          where n.visit_id = a.visit_id and n.of_correction is not distinct from a.correction_id))
      from attendances a where a.visit_id = v.id))`,
  'visits v where v.grant_id = g.id',
  'v.seq',
);

/** When another stage of the same child's journey was found to have ended it. */
const journeyEnds = `case when r.observation_type = 'childs_journey' then ${listed(
  'e.journey_ended_at',
  `public.journey_stages(r.id) stage
     join grants o on o.request_id = stage and o.id <> g.id
     join visits e on e.grant_id = o.id and e.journey_ended_at is not null`,
)} else '[]' end`;

/** What the grants of alias `g`, of the requests of alias `r`, have of their own. */
export const ownColumns = `g.id, r.id as request_id, r.reference, r.observation_type,
  g.window_from, g.window_to, g.events, g.categories, g.made_at, g.ended_at, g.ended_because, g.end_cause, g.end_reasons, g.end_told, g.ended_by,
  (select content from request_versions v where v.request_id = r.id and v.version = g.version) as content,
  ${listed(
    `json_build_object('id', c.id, 'text', c.text, 'owner', c.owner, 'before', c.before, 'states', ${listed(
      `json_build_object('at', s.at, 'value', s.state)`,
      'grant_condition_states s where s.condition_id = c.id',
      's.seq',
    )})`,
    'grant_conditions c where c.grant_id = g.id',
    'c.position',
  )} as conditions,
  ${listed(
    `json_build_object(${countedSelected})`,
    `corrections c where c.request_id = r.id and c.of_kind = 'condition' and c.status = 'counts'`,
    'c.seq',
  )} as corrections,
  ${listed(
    `json_build_object(${liveLiftSelected})`,
    'lifts l where l.request_id = r.id and l.version = g.version and l.voided_at is null',
  )} as lifts,
  ${listed(
    `json_build_object('from', f.frozen_at, 'to', f.released_at, 'confirmedAt', f.confirmed_at,
      'closedAt', (select i.closed_at from incidents i where i.id = f.incident_id),
      'hearing', (select json_build_object('toldAt', h.told_at, 'dueOn', h.due_on, 'answeredAt', h.answered_at)
        from incident_hearings h where h.incident_id = f.incident_id))`,
    'grant_freezes f where f.grant_id = g.id',
    'f.frozen_at',
  )} as freezes,
  ${listed(
    'a.arrived_at',
    'attendances a where a.grant_id = g.id and a.authorised is not null',
    'a.arrived_at',
  )} as arrivals,
  coalesce((select json_object_agg(a.question, a.answer) from answers a
    where a.request_id = r.id and a.version = g.version
      and a.question in ('agreements', 'connection', 'legal_bars', 'prerequisites')), '{}') as answers,
  ${journeyEnds} as journey_ends,
  ${visitsOfGrant} as visits`;

/** Everything on record about the grants of alias `g`, of the requests of alias `r`. */
export const grantSelected = `${ownColumns}, ${separatedColumns},
  ${registerHistoryOf('r.councillor_id')} as register,
  ${findingOf('r.councillor_id')} as finding,
  ${listed(
    `json_build_object('at', u.accepted_at, 'value', u.version)`,
    'protocol_acceptances u where u.councillor_id = r.councillor_id',
    'u.version',
  )} as acceptances,
  ${listed(`json_build_object('at', p.in_force_from, 'value', p.version)`, 'protocol_versions p', 'p.version')} as protocols`;
