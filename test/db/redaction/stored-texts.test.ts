/**
 * The one table of all free texts, held against the columns of the database: whatever can hold a text can be reported
 * and erased, or is on this list with its reason.
 */
import { expect, test } from '@jest/globals';
import { useDatabase } from '../../support/database.js';

const world = useDatabase();

const coded = 'a code of ours, from a list';
const register = 'a fact of the register, which is corrected there';
const published = 'published by the council: a new version replaces it';
const account = 'of an account, changed by two people or by its owner';
const counted = 'numbers and codes that the service writes itself';

/** By the end of `table.column`: `*` stands for any table. */
const exceptions: Readonly<Record<string, string>> = {
  '*.office': coded,
  '*.capacity': coded,
  '*.kind': coded,
  '*.status': coded,
  '*.outcome': coded,
  'absences.*': coded,
  'access_marks.passage': counted,
  'access_marks.fingerprint': counted,
  'access_marks.mark': coded,
  'access_marks.exemption': coded,
  'access_passages.field': coded,
  'access_passages.facts': 'the facts of a record, without its texts',
  'access_passages.mark': coded,
  'access_passages.exemption': coded,
  'access_requests.released_capacity': coded,
  'address_changes.was': account,
  'address_changes.email': account,
  'address_changes.left_email': account,
  'answers.question': coded,
  'audit_requirements.confirmed_office': coded,
  'audit_requirements.confirmed_capacity': coded,
  'appointments.title': register,
  'attendances.categories': coded,
  'attendances.outside': coded,
  'conflicts.reference': coded,
  'conflicts.settled_outcome': coded,
  'directions.effect': coded,
  'directions.given_by': coded,
  'corrections.of_kind': coded,
  'corrections.of_id': coded,
  'corrections.of_field': coded,
  'corrections.confirmer': coded,
  'corrections.judged': coded,
  'corrections.proposed_capacity': coded,
  'corrections.settled_capacity': coded,
  'councillors.*': register,
  'deadline_moves.*': coded,
  'default_hosts.observation_type': coded,
  'discussion.present': coded,
  'disposals.*': counted,
  'grant_condition_states.state': coded,
  'grant_conditions.owner': coded,
  'grant_conditions.before': coded,
  'grants.categories': coded,
  'grants.ended_because': coded,
  'grants.end_cause': coded,
  'hearings.matters': coded,
  'incident_assessments.risk': coded,
  'incident_cases.case_key': 'made of the case reference, and erased with it',
  'incidents.what': coded,
  'incidents.exposed': coded,
  'incidents.caused_by': coded,
  'incidents.outside': coded,
  'incidents.categories': coded,
  'incidents.case_key': 'made of the case reference, and erased with it',
  'leaflet_versions.*': published,
  'lifts.blocks': coded,
  'legal_holds.because': coded,
  'legal_holds.lifted_office': coded,
  'legal_holds.lifted_capacity': coded,
  'messages.*': counted,
  'passkeys.*': account,
  'people.*': account,
  'programmes.observation_types': coded,
  'protocol_versions.text': published,
  'provider_bindings.*': account,
  'redactions.of_kind': coded,
  'redactions.of_id': coded,
  'redactions.of_field': coded,
  'redactions.said': 'the hidden text itself: it goes when it is erased or put back',
  'redactions.hidden_mark': 'the mark',
  'redactions.erased_mark': 'the mark',
  'redactions.reported_office': coded,
  'redactions.reported_capacity': coded,
  'redactions.first_office': coded,
  'redactions.first_capacity': coded,
  'redactions.settled_office': coded,
  'redactions.settled_capacity': coded,
  'register_history.facts': register,
  'reminder_wishes.wish': coded,
  'reminders.*': coded,
  'requests.reference': coded,
  'requests.observation_type': coded,
  'reviews.capacity': coded,
  'remittals.capacity': coded,
  'settings.choices': 'what the council sets for itself: a new choice replaces it',
  'sign_offs.grounds': coded,
  'sign_offs.voided_because': coded,
  'lifts.question': coded,
  'lifts.voided_because': coded,
  'sign_offs.considered': coded,
  'statutory_rights.right_given': coded,
  'statutory_rights.cites_kind': coded,
  'statutory_rights.claimed': coded,
  'statutory_rights.confirmed_capacity': coded,
  'statutory_rights.confirmed_office': coded,
  'statutory_rights.earlier': coded,
  'statutory_rights.review_capacity': coded,
  'statutory_rights.review_outcome': coded,
  'stored_texts.*': 'the table itself',
  'tokens.*': account,
  'training.kind': coded,
  'visit_checks.question': coded,
  'visit_checks.case_key': 'made of the case reference, and erased with it',
  'visit_plans.case_key': 'made of the case reference, and erased with it',
  'visit_plans.from_time': coded,
  'visit_plans.to_time': coded,
  'visits.from_time': coded,
  'visits.to_time': coded,
  'visits.case_key': 'made of the case reference, and erased with it',
  'visits.ended_because': coded,
};

const isExcepted = (table: string, column: string): boolean =>
  [`${table}.${column}`, `${table}.*`, `*.${column}`].some((name) => Object.hasOwn(exceptions, name));

const columns = async (): Promise<{ table: string; column: string }[]> => {
  const { rows } = await world.owner.raw<{ rows: { table: string; column: string }[] }>(
    `select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
         and a.atttypid in ('text'::regtype, 'text[]'::regtype, 'jsonb'::regtype, 'varchar'::regtype)
         and c.relname not like 'knex%' order by 1, 2`,
  );
  return rows;
};
const texts = (): Promise<{ held_in: string; held_as: string; kind: string; field: string }[]> =>
  world.owner('stored_texts').select('held_in', 'held_as', 'kind', 'field');

test('each column that can hold a text is in the table of texts or an exception with its reason', async () => {
  const held = new Set((await texts()).map((text) => `${text.held_in}.${text.held_as}`));
  const all = await columns();
  expect(all.length).toBeGreaterThan(100);
  expect(
    all
      .filter(({ table, column }) => !held.has(`${table}.${column}`) && !isExcepted(table, column))
      .map(({ table, column }) => `${table}.${column}`),
  ).toEqual([]);
});

test('the table names columns that there are, and no exception is left over', async () => {
  const all = new Set((await columns()).map(({ table, column }) => `${table}.${column}`));
  expect(
    (await texts()).map((text) => `${text.held_in}.${text.held_as}`).filter((each) => !all.has(each)),
  ).toEqual([]);
  const names = [...all];
  expect(
    Object.keys(exceptions).filter((each) => {
      const pattern = new RegExp(`^${each.replace('.', String.raw`\.`).replace('*', '[a-z_]+')}$`);
      return !names.some((name) => pattern.test(name));
    }),
  ).toEqual([]);
});

test('each text is found by its kind, id and field: the SQL of each row runs', async () => {
  for (const { kind, field } of await texts()) {
    const { rows } = await world.db.raw<{ rows: { said: string | null }[] }>(
      'select said from stored_text(?, ?, ?)',
      [kind, 'none', field],
    );
    expect([kind, field, rows[0]?.said]).toEqual([kind, field, null]);
  }
});
