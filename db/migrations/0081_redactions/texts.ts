import type { Knex } from 'knex';

/** How somebody comes to read a text: with a request, with its discussion, with a visit and so on. */
type ReadWith = 'request' | 'discussion' | 'visit' | 'incident' | 'hold' | 'programme' | 'keeping' | 'people';

/** Where a free text stands: the row is `t`. */
interface Text {
  readonly kind: string;
  readonly table: string;
  /** The fields by which people name it, with the column that holds it where that has another name. */
  readonly fields: readonly (string | readonly [field: string, column: string])[];
  /** Of a column that holds JSON: which of its values are typed freely, by their path. */
  readonly path?: string;
  /** By what a row is named. */
  readonly id: string;
  /** The request that it belongs to, by number; whose it is, where there is no request. */
  readonly request?: string;
  readonly councillor?: string;
  readonly author: string | null;
  readonly readWith: ReadWith;
  /** The reference or id of what it is read with. */
  readonly readAt?: string;
}

const id = 't.id::text';
const referenceOf = (request: string): string =>
  `(select r.reference from public.requests r where r.id = ${request})`;
const ofVersion = `${referenceOf('t.request_id')} || '/' || t.version`;
/** The seat that stands has the name that its page shows; one that stands no more has its id. */
const ofSeat = `case when t.voided_at is null then ${ofVersion} || '/' || t.office else t.id::text end`;
const requestOfGrant = (grant: string): string =>
  `(select g.request_id from public.grants g where g.id = ${grant})`;
const requestOfVisit = (visit: string): string =>
  `(select g.request_id from public.visits v join public.grants g on g.id = v.grant_id where v.id = ${visit})`;

const onRequest = (request = 't.request_id') =>
  ({ request, readWith: 'request', readAt: referenceOf(request) }) as const;
const onVisit = (visit = 't.visit_id') =>
  ({ request: requestOfVisit(visit), readWith: 'visit', readAt: `${visit}::text` }) as const;

/** Every free text that is stored. What of the database is none is in test/db/redaction/stored-texts.test.ts. */
const texts: readonly Text[] = [
  {
    ...onRequest(),
    kind: 'request',
    table: 'request_versions',
    fields: ['content'],
    path: String.raw`^(necessity|alternatives|authority\.citation|declarations\.onBehalfOf|papers\.\d+\.category)$`,
    id: ofVersion,
    author:
      '(select p.id from public.people p join public.requests r on r.councillor_id = p.councillor_id where r.id = t.request_id)',
  },
  {
    ...onRequest(),
    kind: 'return',
    table: 'request_returns',
    fields: ['questions'],
    id: ofVersion,
    author: 't.person_id',
  },
  {
    ...onRequest(),
    kind: 'answer',
    table: 'answers',
    fields: ['reason'],
    path: '^([a-z_]+)?$',
    id: `${ofVersion} || '/' || t.question`,
    author: 't.person_id',
  },
  {
    ...onRequest(),
    kind: 'answer',
    table: 'answers',
    fields: ['answer'],
    path: String.raw`^\d+\.lawfulRoute$`,
    id: `${ofVersion} || '/' || t.question`,
    author: 't.person_id',
  },
  {
    ...onRequest(),
    kind: 'discussion',
    table: 'discussion',
    fields: ['text'],
    id,
    author: 't.person_id',
    readWith: 'discussion',
  },
  {
    ...onRequest(),
    kind: 'sign_off',
    table: 'sign_offs',
    fields: ['reasons', ['voidReasons', 'void_reasons']],
    id: ofSeat,
    author: 't.person_id',
  },
  {
    ...onRequest(),
    kind: 'sign_off',
    table: 'sign_offs',
    fields: ['conditions'],
    path: String.raw`^\d+\.text$`,
    id: ofSeat,
    author: 't.person_id',
  },
  {
    ...onRequest(),
    kind: 'named_person',
    table: 'named_people',
    fields: ['authority', ['namedBy', 'named_by']],
    id,
    author: 't.recorded_by',
  },
  {
    ...onRequest(),
    kind: 'review',
    table: 'reviews',
    fields: ['reasons'],
    id: ofVersion,
    author: 't.asked_by',
  },
  {
    ...onRequest(),
    kind: 'review',
    table: 'reviews',
    fields: [['decisionReasons', 'decision_reasons']],
    id: ofVersion,
    author: 't.decided_by',
  },
  {
    ...onRequest(),
    kind: 'direction',
    table: 'directions',
    fields: ['body', 'minute'],
    id,
    author: 't.recorded_by',
  },
  {
    ...onRequest(),
    kind: 'answer',
    table: 'answers',
    fields: ['basis'],
    path: '^policyDocument$',
    id: `${ofVersion} || '/' || t.question`,
    author: 't.person_id',
  },
  {
    ...onRequest(),
    kind: 'lift',
    table: 'lifts',
    fields: ['reasons'],
    id,
    author: 't.person_id',
  },
  {
    ...onRequest(),
    kind: 'hearing',
    table: 'hearings',
    fields: ['gist'],
    id: `${ofVersion} || '/' || t.telling`,
    author: 't.person_id',
  },
  {
    ...onRequest(),
    kind: 'hearing',
    table: 'hearings',
    fields: ['answer'],
    id: `${ofVersion} || '/' || t.telling`,
    author:
      '(select p.id from public.people p join public.requests r on r.councillor_id = p.councillor_id where r.id = t.request_id)',
  },
  {
    ...onRequest(),
    kind: 'right',
    table: 'statutory_rights',
    fields: ['reasons', 'document', ['citesBody', 'cites_body'], ['citesScrutiny', 'cites_scrutiny']],
    id: 't.seq::text',
    author: 't.person_id',
  },
  {
    ...onRequest(),
    kind: 'right',
    table: 'statutory_rights',
    fields: ['delegation'],
    id: 't.seq::text',
    author: 't.confirmed_by',
  },
  {
    ...onRequest(),
    kind: 'right',
    table: 'statutory_rights',
    fields: ['findings'],
    path: String.raw`^\d+\.(category|reasons)$`,
    id: 't.seq::text',
    author: 't.confirmed_by',
  },
  {
    ...onRequest(),
    kind: 'right',
    table: 'statutory_rights',
    fields: ['covers'],
    path: String.raw`^\d+$`,
    id: 't.seq::text',
    author: 't.confirmed_by',
  },
  {
    ...onRequest(),
    kind: 'right',
    table: 'statutory_rights',
    fields: [['reviewReasons', 'review_reasons']],
    id: 't.seq::text',
    author:
      '(select p.id from public.people p join public.requests r on r.councillor_id = p.councillor_id where r.id = t.request_id)',
  },
  {
    ...onRequest(),
    kind: 'right',
    table: 'statutory_rights',
    fields: [['reviewDecisionReasons', 'review_decision_reasons']],
    id: 't.seq::text',
    author: 't.reviewed_by',
  },
  {
    kind: 'finding',
    table: 'findings',
    fields: ['body', 'minute'],
    councillor: 't.councillor_id',
    id,
    author: 't.recorded_by',
    readWith: 'keeping',
  },
  { ...onRequest(), kind: 'release', table: 'releases', fields: ['category'], id, author: 't.person_id' },
  {
    ...onRequest(requestOfGrant('t.grant_id')),
    kind: 'condition',
    table: 'grant_conditions',
    fields: ['text'],
    id,
    author:
      '(select s.person_id from public.grants g join public.sign_offs s on s.id = g.sign_off_id where g.id = t.grant_id)',
  },
  {
    ...onRequest(),
    kind: 'grant',
    table: 'grants',
    fields: [['endReasons', 'end_reasons']],
    id,
    author: 't.ended_by',
  },
  {
    request: requestOfGrant('t.grant_id'),
    kind: 'freeze',
    table: 'grant_freezes',
    fields: [['releaseReasons', 'release_reasons']],
    id,
    author: 't.released_by',
    readWith: 'incident',
    readAt: 't.incident_id::text',
  },
  {
    ...onVisit('t.id'),
    kind: 'visit',
    table: 'visits',
    fields: [['caseReference', 'case_reference'], 'chaperone'],
    id,
    author: null,
  },
  {
    ...onVisit(),
    kind: 'visit_plan',
    table: 'visit_plans',
    fields: [['caseReference', 'case_reference'], 'chaperone'],
    id: 't.seq::text',
    author: 't.person_id',
  },
  {
    ...onVisit(),
    kind: 'visit_check',
    table: 'visit_checks',
    fields: ['reason'],
    path: '^([a-z_]+)?$',
    id: 't.seq::text',
    author: 't.person_id',
  },
  {
    ...onVisit(),
    kind: 'visit_check',
    table: 'visit_checks',
    fields: ['answer'],
    path: String.raw`^\d+\.lawfulRoute$`,
    id: 't.seq::text',
    author: 't.person_id',
  },
  {
    ...onVisit(),
    kind: 'attendance',
    table: 'attendances',
    fields: ['chaperone'],
    id: 't.visit_id::text',
    author: 't.person_id',
  },
  {
    ...onVisit(),
    kind: 'attendance',
    table: 'attendances',
    fields: ['departures'],
    path: String.raw`^\d+\.text$`,
    id: 't.visit_id::text',
    author: 't.person_id',
  },
  {
    ...onVisit(),
    kind: 'confirmation',
    table: 'attendance_confirmations',
    fields: ['comment'],
    id: 't.visit_id::text',
    author: 't.person_id',
  },
  { ...onVisit(), kind: 'question', table: 'visit_questions', fields: ['text'], id, author: 't.asked_by' },
  {
    ...onVisit(),
    kind: 'question',
    table: 'visit_questions',
    fields: ['response'],
    id,
    author: 't.answered_by',
  },
  {
    request: `coalesce(t.request_id, ${requestOfGrant('t.grant_id')})`,
    councillor: 't.councillor_id',
    kind: 'incident',
    table: 'incidents',
    fields: ['text', ['caseReference', 'case_reference']],
    id,
    author: 't.reported_by',
    readWith: 'incident',
    readAt: id,
  },
  {
    request: `coalesce(t.request_id, ${requestOfGrant('t.grant_id')})`,
    councillor: 't.councillor_id',
    kind: 'incident',
    table: 'incidents',
    fields: [['closedReasons', 'closed_reasons']],
    id,
    author: 't.closed_by',
    readWith: 'incident',
    readAt: id,
  },
  {
    request: 't.request_id',
    councillor: 't.councillor_id',
    kind: 'hold',
    table: 'legal_holds',
    fields: ['reasons'],
    id,
    author: 't.placed_by',
    readWith: 'hold',
    readAt: id,
  },
  {
    request: 't.request_id',
    councillor: 't.councillor_id',
    kind: 'hold',
    table: 'legal_holds',
    fields: [['liftReasons', 'lift_reasons']],
    id,
    author: 't.lifted_by',
    readWith: 'hold',
    readAt: id,
  },
  {
    kind: 'programme',
    table: 'programmes',
    fields: ['title'],
    id,
    author: 't.person_id',
    readWith: 'programme',
    readAt: id,
  },
  {
    kind: 'programme',
    table: 'programmes',
    fields: [['draftAnswers', 'draft_answers']],
    path: String.raw`^[a-z_]+\.(reason(\.[a-z_]+)?|answer\.\d+\.lawfulRoute|basis\.policyDocument)$`,
    id,
    author: 't.person_id',
    readWith: 'programme',
    readAt: id,
  },
  {
    kind: 'deputy',
    table: 'deputies',
    fields: ['authority'],
    id,
    author: 't.recorded_by',
    readWith: 'keeping',
  },
  {
    kind: 'office',
    table: 'offices_held',
    fields: ['delegation'],
    id,
    author: 't.given_by',
    readWith: 'people',
  },
  {
    kind: 'address_change',
    table: 'address_changes',
    fields: ['reasons'],
    id: 't.person_id::text',
    author: 't.asked_by',
    readWith: 'people',
  },
  {
    kind: 'codes_removal',
    table: 'code_keys',
    fields: [['reasons', 'removal_reasons']],
    id: 't.person_id::text',
    author: 't.removal_asked_by',
    readWith: 'people',
  },
];

/** The one table of all free texts, which the functions below go by: nobody else names a column to them. */
export const storedTexts = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.stored_texts (
      kind text not null,
      field text not null,
      held_in text not null,
      held_as text not null,
      path text null,
      id_sql text not null,
      request_sql text null,
      councillor_sql text null,
      author_sql text null,
      read_with text not null constraint stored_texts_read_with_check check (read_with in
        ('request', 'discussion', 'visit', 'incident', 'hold', 'programme', 'keeping', 'people')),
      read_at_sql text null,
      primary key (kind, field),
      constraint stored_texts_once unique (held_in, held_as)
    )`);
  await knex('stored_texts').insert(
    texts.flatMap(({ fields, ...text }) =>
      fields.map((named) => {
        const [field, column] = typeof named === 'string' ? [named, named] : named;
        return {
          kind: text.kind,
          field,
          held_in: text.table,
          held_as: column,
          path: text.path ?? null,
          id_sql: text.id,
          request_sql: text.request ?? null,
          councillor_sql: text.councillor ?? null,
          author_sql: text.author,
          read_with: text.readWith,
          read_at_sql: text.readAt ?? null,
        };
      }),
    ),
  );
};
