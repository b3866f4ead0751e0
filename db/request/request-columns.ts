import { liveNames } from '../../policies/request/live-seat.js';
import { liveLiftSelected } from './live-lift.js';
import { conflictsOf } from '../core/rows/separation.js';
import { listed } from '../core/rows/stored.js';
import type { Columns } from '../core/visible.js';
import { stageBeforeSelected } from './stored-stage.js';
import { statutoryRightSelected } from './stored-right.js';

/** Where the fields in the rules are stored. */
export const requestColumns: Columns = {
  councillorId: 'r.councillor_id',
  hostId: 'r.host_id',
  submitted: 'r.submitted',
  reference: 'r.reference',
  actedBy: { column: 'r.acted_by', array: true },
  namedIds: { column: 'r.named_ids', array: true },
};

/** Who has a conflict of interest about the requests of alias `r`. */
export const conflictsSelected = conflictsOf('r.councillor_id');

/**
 * The facts that keep people apart, of the requests of alias `r`: for the row itself, its grant and its visits. A
 * person named by the Chief Executive acts in the review or the remittal that they were named for, and in no later
 * one.
 */
export const separatedColumns = `r.councillor_id, r.host_id, r.manager_id, r.acted_by,
  (select name from councillors where id = r.councillor_id) as councillor_name,
  (select name from people where id = r.host_id) as host_name,
  ${conflictsSelected} as conflicts,
  array(select s.person_id from sign_offs s where s.request_id = r.id and s.version <= r.remitted_from
      union select v.decided_by from reviews v
        where v.request_id = r.id and v.version <= r.remitted_from and v.outcome = 'remitted'
      union select m.remitted_by from remittals m where m.request_id = r.id and m.version <= r.remitted_from
      union select unnest(r.decided_before)) as signed_before,
  array(select s.person_id from sign_offs s where s.request_id = r.id
      union select g.ended_by from grants g where g.request_id = r.id and g.ended_by is not null) as signers,
  ${listed(
    `json_build_object('office', n.office, 'personId', n.person_id)`,
    `named_people n where n.request_id = r.id
      and n.recorded_at >= case n.office when 'monitoring_officer'
        then (select max(v.asked_at) from reviews v where v.request_id = r.id) else r.remitted_at end`,
    'n.seq',
  )} as named`;

/**
 * Whether the council ended the grant `g` of the request `r`. The end of a child's journey counts: to the councillor it is
 * one to protect others like any, and it would show if it alone could not be reviewed.
 */
const endedByCouncil = `(g.ended_because = 'revoked' or (g.ended_because = 'lapsed' and r.observation_type = 'childs_journey'
  and exists (select from public.journey_stages(r.id) stage join grants o on o.request_id = stage
    join visits e on e.grant_id = o.id where e.journey_ended_at <= g.ended_at)))`;

/** What the rules ask of the sign-off `s` that stands, for `json_build_object`. */
const seatSelected = liveNames
  .map((name) => `'${name}', s.${name === 'personId' ? 'person_id' : name}`)
  .join(', ');

/** Everything that the rules ask about the requests of alias `r`. */
export const requestSelected = `r.id, r.reference, r.status, r.version, r.submitted, r.submitted_at, r.created_at, r.decided_at, r.withdrawn_at, r.time_passed_at,
  r.observation_type, r.remitted_at, r.named_ids, ${separatedColumns},
  (select name from people where id = r.manager_id) as manager_name,
  (select content from request_versions v where v.request_id = r.id and v.version = r.version) as content,
  (select id from grants g where g.request_id = r.id) as grant_id,
  ${stageBeforeSelected} as stage_before,
  (select g.ended_at from grants g where g.request_id = r.id and ${endedByCouncil}) as ended_at,
  (select json_build_object('version', v.version, 'askedAt', v.asked_at, 'outcome', v.outcome,
      'decidedAt', v.decided_at,
      'late', case when v.late_because is not null then json_build_object('acceptedAt', v.accepted_at) end)
    from reviews v where v.request_id = r.id order by v.version desc limit 1) as review,
  (select case when s.review_outcome is distinct from 'remitted' then ${statutoryRightSelected} end
    from statutory_rights s where s.request_id = r.id and s.version = r.version
    order by s.seq desc limit 1) as statutory_right,
  ${listed(
    `json_build_object(${seatSelected})`,
    'sign_offs s where s.request_id = r.id and s.version = r.version and s.voided_at is null',
  )} as seats,
  (select json_build_object('recordedBy', d.recorded_by, 'givenBy', d.given_by) from directions d
    where (d.request_id = r.id and d.version + 1 = r.version or d.afresh_id = r.id and r.version = 1)
      and d.effect = 'order') as ordered,
  (select json_build_object('version', h.version, 'matters', h.matters, 'toldAt', h.told_at, 'dueOn', h.due_on, 'answeredAt', h.answered_at, 'endedAt', h.ended_at)
    from hearings h where h.request_id = r.id order by h.version desc, h.telling desc limit 1) as hearing,
  ${listed(
    `json_build_object(${liveLiftSelected})`,
    'lifts l where l.request_id = r.id and l.version = r.version and l.voided_at is null',
  )} as lifts,
  ${listed(
    `json_build_object('from', t.returned_at, 'to', t.resubmitted_at)`,
    'request_returns t where t.request_id = r.id',
    't.returned_at',
  )} as returns,
  ${listed(
    `json_build_object('from', h.told_at,
      'to', least(h.answered_at, h.ended_at, (select v.created_at from request_versions v
        where v.request_id = h.request_id and v.version = h.version + 1), (h.due_on + time '17:00') at time zone 'Europe/London'))`,
    'hearings h where h.request_id = r.id',
    'h.told_at',
  )} as pauses`;
