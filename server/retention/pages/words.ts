import { inWords } from '../../web/pages/words.js';

/** The tables of a certificate in words; one that is not here is shown by its name. */
const tables: Readonly<Record<string, string>> = {
  requests: 'Requests',
  request_versions: 'Versions of requests',
  request_returns: 'Returns with questions',
  hearings: 'What councillors were told before a refusal, and their answers',
  answers: 'Answers of the test',
  discussion: 'Entries of the discussion',
  sign_offs: 'Sign-offs',
  named_people: 'People named by the Chief Executive',
  reviews: 'Reviews',
  directions: 'Directions',
  remittals: 'Refusals that the council looked at again by itself',
  statutory_rights: 'Statutory rights to papers',
  releases: 'Releases of papers',
  grants: 'Grants',
  grant_conditions: 'Conditions of grants',
  grant_condition_states: 'What became of conditions',
  grant_freezes: 'Freezes of grants',
  visits: 'Visits',
  visit_plans: 'Plans of visits',
  visit_checks: 'Checks of visits',
  visit_questions: 'Questions put after visits',
  attendances: 'Records of attendance',
  attendance_confirmations: 'Answers to a record of attendance',
  incidents: 'Incidents',
  incident_hearings: 'What was alleged of councillors, and their answers',
  incident_cases: 'Cases that nobody had planned',
  incident_assessments: 'Assessments of personal data breaches',
  conflicts: 'Conflicts on record',
  legal_holds: 'Legal holds that were lifted',
  messages: 'Notifications',
  councillors: 'Entries in the register',
  register_history: 'Earlier states of the register',
  appointments: 'Appointments',
  training: 'Training',
  protocol_acceptances: 'Undertakings',
  offices_held: 'Offices held',
  people: 'Accounts',
};

/** The counts of a certificate, in the order of the words above. */
export const rowsInWords = (
  rows: Readonly<Record<string, number>>,
): readonly { readonly says: string; readonly count: number }[] => {
  const known = Object.keys(tables);
  const place = (table: string) => (known.includes(table) ? known.indexOf(table) : known.length);
  return Object.entries(rows)
    .toSorted(([a], [b]) => place(a) - place(b))
    .map(([table, count]) => ({ says: tables[table] ?? inWords(table), count }));
};
