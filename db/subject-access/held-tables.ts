/**
 * Where data about a councillor is held: each table with the rows that are about them. The texts in them are those of
 * `stored_texts`. A test holds the list against the tables of the database: each is here, or is about nobody.
 */

/** The row is `t`; `q` has `councillor`, `account`, `requests`, `grants`, `visits` and `until`. */
export interface HeldTable {
  readonly table: string;
  /** Which rows. */
  readonly which: string;
  /** What tells one row from another. */
  readonly key: string;
  /** The request that a row belongs to, by number. */
  readonly request?: string;
  /** Whether a row belongs to a version, which counts once it is decided. */
  readonly ofVersion?: true;
  /** The columns that are shown, where it is not each that is none of the service’s own. */
  readonly only?: readonly string[];
  /** Columns that are shown apart from the others, as a text is. */
  readonly apart?: readonly string[];
}

const id = 't.id::text';
const seq = 't.seq::text';
const ofVersion = `t.request_id || '/' || t.version`;

const onRequest = { which: 't.request_id = any (q.requests)', request: 't.request_id' } as const;
const onGrant = {
  which: 't.grant_id = any (q.grants)',
  request: '(select g.request_id from grants g where g.id = t.grant_id)',
} as const;
const onVisit = {
  which: 't.visit_id = any (q.visits)',
  request: '(select g.request_id from visits v join grants g on g.id = v.grant_id where v.id = t.visit_id)',
} as const;
const onIncident = {
  which: 't.incident_id in (select i.id from incidents i where i.councillor_id = q.councillor)',
  request: '(select i.request_id from incidents i where i.id = t.incident_id)',
} as const;
const onCouncillor = { which: 't.councillor_id = q.councillor' } as const;
const onAccount = { which: 't.person_id = q.account' } as const;

export const heldTables: readonly HeldTable[] = [
  // The register
  { table: 'councillors', which: 't.id = q.councillor', key: id },
  { ...onCouncillor, table: 'register_history', key: seq },
  { ...onCouncillor, table: 'appointments', key: id },
  { ...onCouncillor, table: 'training', key: id },
  { ...onCouncillor, table: 'protocol_acceptances', key: 't.version::text' },
  { ...onCouncillor, table: 'findings', key: id },
  // The account
  {
    table: 'people',
    which: 't.id = q.account',
    key: id,
    only: ['name', 'email', 'created_at', 'suspended_at', 'password_set_at'],
  },
  { ...onAccount, table: 'offices_held', key: id },
  { ...onAccount, table: 'address_changes', key: 't.person_id::text' },
  {
    ...onAccount,
    table: 'code_keys',
    key: 't.person_id::text',
    only: ['since', 'removal_asked_at', 'removal_reasons'],
  },
  { ...onAccount, table: 'recovery_codes', key: `md5(t.code_hash::text)`, only: ['made_at', 'used_at'] },
  { ...onAccount, table: 'passkeys', key: id, only: ['name', 'made_at', 'last_used_at', 'backed_up'] },
  { ...onAccount, table: 'password_links', key: id, only: ['made_at', 'expires_at', 'used_at'] },
  { ...onAccount, table: 'provider_bindings', key: 't.issuer', only: ['issuer', 'subject', 'bound_at'] },
  { ...onAccount, table: 'tokens', key: id, only: ['name', 'scope', 'made_at', 'ends_at', 'ended_at'] },
  { ...onAccount, table: 'calendar_addresses', key: id, only: ['made_at', 'last_read_on'] },
  { ...onAccount, table: 'reminder_wishes', key: 't.person_id::text' },
  { table: 'deputies', which: 't.deputy_id = q.account', key: id },
  { table: 'absences', which: 't.principal_id = q.account', key: id },
  // What they asked, and what became of it
  { table: 'requests', which: 't.id = any (q.requests)', key: id, request: 't.id' },
  { ...onRequest, table: 'request_versions', key: ofVersion },
  { ...onRequest, table: 'request_returns', key: id },
  { ...onRequest, table: 'deadline_moves', key: seq },
  { ...onRequest, table: 'answers', key: `${ofVersion} || '/' || t.question`, ofVersion: true },
  { ...onRequest, table: 'lifts', key: id, ofVersion: true },
  { ...onRequest, table: 'discussion', key: id },
  { ...onRequest, table: 'sign_offs', key: id, ofVersion: true },
  { ...onRequest, table: 'named_people', key: id },
  {
    table: 'corrections',
    which: 't.request_id = any (q.requests) or t.visit_id = any (q.visits) or t.councillor_id = q.councillor',
    key: id,
    request: `coalesce(t.request_id, ${onVisit.request})`,
  },
  { ...onRequest, table: 'hearings', key: `${ofVersion} || '/' || t.telling` },
  { ...onRequest, table: 'reviews', key: id },
  { ...onRequest, table: 'directions', key: id },
  { ...onRequest, table: 'remittals', key: id },
  { ...onRequest, table: 'statutory_rights', key: seq, ofVersion: true },
  { ...onRequest, table: 'releases', key: id },
  { ...onRequest, table: 'grants', key: id, apart: ['ended_because'] },
  { ...onGrant, table: 'grant_conditions', key: id },
  {
    table: 'grant_condition_states',
    which: 't.condition_id in (select c.id from grant_conditions c where c.grant_id = any (q.grants))',
    key: seq,
    request:
      '(select g.request_id from grant_conditions c join grants g on g.id = c.grant_id where c.id = t.condition_id)',
  },
  { ...onGrant, table: 'grant_freezes', key: id },
  { ...onGrant, table: 'visits', key: id, apart: ['ended_because'] },
  { ...onVisit, table: 'visit_plans', key: seq },
  { ...onVisit, table: 'visit_checks', key: seq },
  { ...onVisit, table: 'attendances', key: 't.visit_id::text' },
  { ...onVisit, table: 'attendance_confirmations', key: 'coalesce(t.of_correction, t.visit_id)::text' },
  { ...onVisit, table: 'visit_questions', key: id },
  { ...onCouncillor, table: 'incidents', key: id, request: 't.request_id' },
  { ...onIncident, table: 'incident_assessments', key: id },
  { ...onIncident, table: 'incident_cases', key: id },
  { ...onIncident, table: 'incident_hearings', key: 't.incident_id::text' },
  // What is kept about them
  {
    table: 'conflicts',
    which: `(t.councillor_id = q.councillor or t.person_id = q.account
      or t.reference in (select r.reference from requests r where r.id = any (q.requests)))`,
    key: id,
  },
  { ...onCouncillor, table: 'legal_holds', key: id, request: 't.request_id' },
  {
    table: 'audit_requirements',
    which: `t.id in (select n.requirement_id from audit_requirement_records n where n.request_id = any (q.requests))`,
    key: id,
  },
  { ...onCouncillor, table: 'disposals', key: id },
  {
    table: 'redactions',
    which: '(t.councillor_id = q.councillor or t.request_id = any (q.requests))',
    key: id,
    request: 't.request_id',
    only: ['of_kind', 'of_field', 'reasons', 'reported_at', 'status', 'settled_at', 'put_back_reasons'],
  },
  {
    ...onCouncillor,
    table: 'access_requests',
    key: id,
    only: ['received_on', 'asked_by', 'opened_at', 'extended_at', 'extended_reasons', 'released_at'],
  },
  // What was sent; until the request was recorded, as later ones are about the request itself
  { table: 'messages', which: 't.to_person = q.account and t.created_at <= q.until', key: id },
  {
    table: 'reminders',
    which: `(t.councillor_id = q.councillor or t.request_id = any (q.requests)
      or t.id in (select c.reminder_id from reminder_recipients c where c.person_id = q.account))
      and t.recorded_at <= q.until`,
    key: id,
    request: 't.request_id',
  },
];
