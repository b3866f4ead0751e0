import type { Knex } from 'knex';

/**
 * The columns of each table of the record that a command changes. Everything else of a row is written once: the service's
 * own login cannot change who signed, what was asked or whom a message was for, whatever a fault in the service or somebody
 * at its connection sends.
 */
const changed: Readonly<Record<string, readonly string[]>> = {
  answers: ['answer', 'reason', 'confirmed', 'person_id', 'office', 'capacity', 'at'],
  appointments: ['to_date'],
  councillors: [
    'name',
    'ward',
    'standing',
    'term_from',
    'term_to',
    'external_id',
    'email',
    'posts',
    'defeat_poll',
    'defeat_declared_at',
  ],
  disposals: ['status', 'settled_at', 'settled_by', 'settled_office', 'settled_capacity'],
  grant_freezes: ['released_at', 'released_by', 'release_reasons'],
  grants: ['events_used', 'ended_at', 'ended_because', 'end_reasons', 'ended_by'],
  incidents: ['closed_at', 'closed_by', 'closed_reasons', 'acted_by'],
  legal_holds: ['lifted_at', 'lifted_by', 'lifted_office', 'lifted_capacity', 'lift_reasons'],
  messages: ['attempts', 'sent_at', 'failed_at', 'last_error'],
  offices_held: ['to_date', 'given_by', 'given_at', 'confirmed_by', 'confirmed_at'],
  password_links: ['used_at'],
  people: ['name', 'email', 'password_hash', 'password_set_at', 'sessions_from', 'suspended_at'],
  reference_numbers: ['last'],
  releases: ['returned_at', 'authorised', 'incident_id'],
  reminder_recipients: ['gathered_at', 'message_id'],
  reminder_wishes: ['wish', 'at'],
  request_returns: ['resubmitted_at'],
  requests: [
    'status',
    'version',
    'observation_type',
    'host_id',
    'manager_id',
    'submitted_at',
    'due_on',
    'decided_at',
    'withdrawn_at',
    'acted_by',
    'remitted_at',
    'remitted_from',
    'named_ids',
  ],
  reviews: ['outcome', 'decision_reasons', 'decided_at', 'decided_by', 'capacity', 'deputy_for'],
  sign_offs: ['voided_at', 'voided_because', 'void_reasons'],
  visit_questions: ['due_on', 'response', 'to_committee', 'answered_at', 'answered_by'],
  visits: [
    'date',
    'from_time',
    'to_time',
    'case_reference',
    'chaperone',
    'conference_on',
    'ended_at',
    'ended_because',
    'journey_ended_at',
  ],
};
/** Tables of which no command changes a row. */
const unchanged = ['default_hosts', 'training'];

export const up = async (knex: Knex): Promise<void> => {
  for (const table of [...Object.keys(changed), ...unchanged])
    await knex.raw('revoke update on public.?? from ntk_service', [table]);
  await knex.raw('revoke delete on public.default_hosts from ntk_service');
  for (const [table, columns] of Object.entries(changed)) {
    const named = columns.map(() => '??').join(', ');
    await knex.raw(`grant update (${named}) on public.?? to ntk_service`, [...columns, table]);
  }
};

export const down = async (knex: Knex): Promise<void> => {
  for (const [table, columns] of Object.entries(changed)) {
    const named = columns.map(() => '??').join(', ');
    await knex.raw(`revoke update (${named}) on public.?? from ntk_service`, [...columns, table]);
  }
  for (const table of [...Object.keys(changed), ...unchanged])
    await knex.raw('grant update on public.?? to ntk_service', [table]);
  await knex.raw('grant delete on public.default_hosts to ntk_service');
};
