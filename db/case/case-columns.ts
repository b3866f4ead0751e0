import { ofRequests } from '../../policies/correction/correction.js';
import { countedSelected } from '../correction/stored-correction.js';
import { confirmationsOf } from '../decision/stored-meeting.js';
import { signOffSelected } from '../decision/stored-sign-off.js';
import { liftSelected } from '../decision/stored-lift.js';
import { ownColumns } from '../grant/grant-columns.js';
import { memberColumns } from '../register/councillors.js';
import { nameOf } from '../people/name-of.js';
import { stageBeforeSelected } from '../request/stored-stage.js';
import { conflictsSelected } from '../request/request-columns.js';
import { recordedRightSelected } from '../request/stored-right.js';

const kindsOfRequests = ofRequests.map((kind) => `'${kind}'`).join(', ');

/**
 * Everything on record about one request, in one statement: rules, commands and presenters ask the database nothing
 * else about it. The statement (for other requests) or the presenter leaves out what a reader may not know of.
 *
 * Each table is read once, as a list or a row, and nothing is sorted here: to set up a part of a plan costs PostgreSQL
 * more than the few rows that it then finds. What follows from the lists is worked out from them (derived-parts.ts).
 */

/** Rows by their columns alone, in this order: without their names a row costs half, which counts where rows are many. */
const unnamed = (values: string, from: string): string =>
  `array(select json_build_array(${values}) from ${from})`;

/** Rows that have an order, each beside the number that says its place. */
const numbered = (place: string, fields: string, from: string): string =>
  `array(select json_build_array(${place}, json_build_object(${fields})) from ${from})`;

const one = (columns: string, from: string): string =>
  `(select to_json(kept) from (select ${columns} from ${from}) as kept)`;

/** The columns of the request of alias `r`, as `storedCase` takes them. */
export const caseSelected = `
  r.id, r.reference, r.status, r.version, r.submitted, r.submitted_at, r.created_at, r.decided_at, r.withdrawn_at, r.time_passed_at,
  r.observation_type, r.remitted_at, r.remitted_from, r.named_ids, r.acted_by, r.decided_before, r.councillor_id, r.host_id, r.manager_id,
  ${nameOf('r.host_id')} as host_name,
  ${nameOf('r.manager_id')} as manager_name,
  ${conflictsSelected} as conflicts,
  (select v.content from request_versions v where v.request_id = r.id and v.version = r.version) as content,
  ${numbered('v.version', `'version', v.version, 'at', v.created_at`, 'request_versions v where v.request_id = r.id')} as versions,
  ${numbered(
    'extract(epoch from t.returned_at)',
    `'version', t.version, 'questions', t.questions, 'office', t.office, 'by', ${nameOf('t.person_id')},
      'returnedAt', t.returned_at, 'resubmittedAt', t.resubmitted_at`,
    'request_returns t where t.request_id = r.id',
  )} as returns,
  ${numbered('s.seq', signOffSelected, 'sign_offs s where s.request_id = r.id')} as sign_offs,
  ${numbered('l.seq', liftSelected, 'lifts l where l.request_id = r.id')} as lifts,
  ${numbered(
    'c.seq',
    countedSelected,
    `corrections c where c.request_id = r.id and c.status = 'counts' and c.of_kind in (${kindsOfRequests})`,
  )} as corrections,
  ${unnamed(
    `a.question, a.answer, a.reason, a.basis, a.confirmed, ${nameOf('a.person_id')}, a.office, a.capacity, a.at`,
    'answers a where a.request_id = r.id and a.version = r.version',
  )} as given,
  ${numbered(
    'd.seq',
    `'personId', d.person_id, 'office', d.office, 'present', d.present, 'meeting', case when d.present is not null then
      json_build_object('id', d.id, 'date', d.meeting_date, 'confirmations', ${confirmationsOf('d')}) end`,
    'discussion d where d.request_id = r.id and d.version = r.version',
  )} as spoken,
  ${one(`${memberColumns}, c.created_at`, 'councillors c where c.id = r.councillor_id')} as councillor,
  ${numbered(
    'u.version',
    `'at', u.accepted_at, 'value', u.version`,
    'protocol_acceptances u where u.councillor_id = r.councillor_id',
  )} as acceptances,
  ${numbered('p.version', `'at', p.in_force_from, 'value', p.version`, 'protocol_versions p')} as protocols,
  (select json_build_object('draftAnswers', p.draft_answers) from programmes p
    where p.id::text = (select v.content->>'programme' from request_versions v
      where v.request_id = r.id and v.version = r.version)) as programme,
  ${stageBeforeSelected} as stage_before,
  ${one(
    `${ownColumns}, ${numbered(
      'h.seq',
      `'at', h.at, 'value', h.facts`,
      'register_history h where h.councillor_id = r.councillor_id',
    )} as register`,
    'grants g where g.request_id = r.id',
  )} as grant,
  ${numbered(
    's.seq',
    recordedRightSelected(nameOf),
    'statutory_rights s where s.request_id = r.id',
  )} as rights,
  ${numbered(
    'l.seq',
    `'id', l.id, 'version', l.version, 'category', l.category, 'releasedAt', l.released_at,
      'returnedAt', l.returned_at, 'authorised', l.authorised, 'copy', l.copy`,
    'releases l where l.request_id = r.id',
  )} as releases,
  ${numbered(
    'v.version',
    `'version', v.version, 'reasons', v.reasons, 'askedAt', v.asked_at, 'outcome', v.outcome,
      'decisionReasons', v.decision_reasons, 'decidedAt', v.decided_at, 'decidedBy', v.decided_by,
      'late', case when v.late_because is not null then json_build_object('because', v.late_because,
        'acceptedAt', v.accepted_at, 'acceptReasons', v.accept_reasons) end,
      'name', ${nameOf('v.decided_by')}, 'capacity', v.capacity, 'deputyFor', ${nameOf('v.deputy_for')},
      'afresh', (select a.reference from requests a where a.id = v.afresh_id)`,
    'reviews v where v.request_id = r.id',
  )} as reviews,
  ${numbered(
    'n.seq',
    `'personId', n.person_id, 'office', n.office, 'name', ${nameOf('n.person_id')}, 'namedBy', n.named_by,
      'authority', n.authority, 'at', n.recorded_at`,
    'named_people n where n.request_id = r.id',
  )} as named,
  ${numbered(
    'h.version::bigint * 10000 + h.telling',
    `'version', h.version, 'matters', h.matters, 'gist', h.gist, 'toldAt', h.told_at, 'dueOn', h.due_on, 'answer', h.answer,
      'answeredAt', h.answered_at, 'endedAt', h.ended_at, 'by', ${nameOf('h.person_id')}`,
    'hearings h where h.request_id = r.id',
  )} as hearings,
  ${numbered(
    'd.version',
    `'version', case when d.request_id = r.id then d.version else 0 end, 'body', d.body, 'givenBy', d.given_by,
      'date', d.given_on, 'minute', d.minute, 'effect', d.effect, 'recordedBy', d.recorded_by, 'at', d.recorded_at,
      'afresh', case when d.request_id = r.id then (select a.reference from requests a where a.id = d.afresh_id) end`,
    'directions d where d.request_id = r.id or d.afresh_id = r.id',
  )} as directions,
  ${numbered(
    'm.version',
    `'version', m.version, 'reasons', m.reasons, 'ownBecause', m.own_because, 'at', m.remitted_at, 'remittedBy', m.remitted_by,
      'name', ${nameOf('m.remitted_by')}, 'capacity', m.capacity, 'deputyFor', ${nameOf('m.deputy_for')}`,
    'remittals m where m.request_id = r.id',
  )} as remittals,
  (select m.sent_at from messages m where m.reference = r.reference and m.kind = 'request_received'
    and m.sent_at is not null order by m.sent_at limit 1) as acknowledged_at,
  ${numbered(
    'd.seq',
    `'what', d.what, 'was', d.was, 'became', d.became, 'because', d.because, 'at', d.at`,
    'deadline_moves d where d.request_id = r.id',
  )} as moves`;
