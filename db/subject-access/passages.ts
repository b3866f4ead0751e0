import { createHash } from 'node:crypto';
import { z } from 'zod';
import { entryTypes } from '../audit/entry-types.js';
import { heldTables, type HeldTable } from './held-tables.js';

/** Something that is held: a text by itself, or the facts of one record together. */
export interface Passage {
  /** The same for as long as it is there, 32 hexadecimal digits. */
  readonly id: string;
  /** Of what it says: a passage that has changed has another. */
  readonly fingerprint: string;
  /** The kind of record, by its table. */
  readonly kind: string;
  /** The field of a text; null for facts. */
  readonly field: string | null;
  readonly requestId: number | null;
  readonly reference: string | null;
  readonly decided: boolean;
  readonly privileged: boolean;
  /** Null for facts. */
  readonly said: string | null;
  /** Of the record; beside a text they tell which it is of. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Entries that say how the offices stand on a request, what they discuss, and what is kept for a claim. */
const ofTheOffices = entryTypes.filter((type) =>
  /^(?:discussion|hold|retention|redaction)\.|^request\.(?:answered|signed|seat_withdrawn|seats_voided|lift_said|lifts_voided)$/.test(
    type,
  ),
);

const rowOf = ({ table, which, key, request, ofVersion }: HeldTable): string => `
  select '${table}' as "table", ${key} as key, ${request ?? 'null::bigint'} as "requestId",
    ${
      ofVersion
        ? `exists (select from sign_offs legal where legal.request_id = t.request_id
            and legal.version = t.version and legal.office = 'legal' and legal.voided_at is null)`
        : 'true'
    } as decided,
    to_jsonb(t) as row
  from ${table} t where ${which}`;

const drafts = `
  select 'drafts', 'drafts', null, true, jsonb_build_object('drafts', count(*))
    from requests r where r.councillor_id = q.councillor and not r.submitted having count(*) > 0`;

/** The entries about them and of theirs, in codes and times, by the request: until the access request was recorded. */
const trail = `
  select kind, kind || ':' || coalesce(e.reference, ''), (select r.id from requests r where r.reference = e.reference), true,
      jsonb_build_object('entries', jsonb_agg(jsonb_build_object('at', e.at, 'type', e.type, 'office', e.office,
        'capacity', e.capacity, 'byThemselves', e.own) order by e.seq))
    from (
      select e.seq, e.at, e.type, e.office, e.capacity, case when about.value #>> '{}' ~ '^OBS-' then about.value #>> '{}' end as reference,
        case when e.type = any (q.offices) then 'trail_of_the_offices' else 'trail' end as kind,
        coalesce(actor.value = to_jsonb(q.account::text), false) as own
      from (
        select s.entry_id from audit.secret s where s.field = 'actor' and s.value = to_jsonb(q.account::text)
        union select s.entry_id from audit.secret s where s.field = 'subject' and s.value in (
          select to_jsonb(r.reference) from requests r where r.id = any (q.requests)
          union all select to_jsonb('councillor:' || q.councillor::text))
      ) of_them
      join audit.entries e on e.id = of_them.entry_id
        and (e.at < q.until or (e.at = q.until and e.type not like 'subject_access.%'))
      left join audit.secret actor on actor.entry_id = e.id and actor.field = 'actor'
      left join audit.secret about on about.entry_id = e.id and about.field = 'subject') e
    group by kind, e.reference`;

/**
 * SQL of everything that is held on the councillor of an access request, as one text of JSON: `a` has `councillor_id`
 * and `opened_at`.
 */
export const everythingHeld = `(
  select json_build_object(
    'texts', (select json_agg(json_build_object('table', s.held_in, 'column', s.held_as, 'path', s.path)) from stored_texts s),
    'rows', (select json_agg(json_build_object('table', h."table", 'key', h.key, 'requestId', h."requestId",
        'reference', (select r.reference from requests r where r.id = h."requestId"),
        'decided', h.decided, 'row', h.row)) from (${[...heldTables.map(rowOf), drafts, trail].join(' union all ')}) h))::text
  from (
    select c.id as councillor, p.id as account, a.opened_at as until, array['${ofTheOffices.join("','")}'] as offices,
      own.requests, own.grants, array(select v.id from visits v where v.grant_id = any (own.grants)) as visits
    from councillors c left join people p on p.councillor_id = c.id
    cross join lateral (
      select array(select r.id from requests r where r.councillor_id = c.id and r.submitted) as requests,
        array(select g.id from grants g join requests r on r.id = g.request_id where r.councillor_id = c.id) as grants) own
    where c.id = a.councillor_id) q)`;

const held = z.strictObject({
  texts: z.array(z.strictObject({ table: z.string(), column: z.string(), path: z.string().nullable() })),
  rows: z.array(
    z.strictObject({
      table: z.string(),
      key: z.string(),
      requestId: z.int().nullable(),
      reference: z.string().nullable(),
      decided: z.boolean(),
      row: z.record(z.string(), z.unknown()),
    }),
  ),
});
type Held = z.infer<typeof held>;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** PostgreSQL writes an instant with the offset of its session; the API writes it in UTC, to the millisecond. */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d:\d\d$/;
const inUtc = (_key: string, value: unknown): unknown =>
  typeof value === 'string' && instant.test(value) ? new Date(value).toISOString() : value;

/** Numbers of the service’s own, and the officers by their numbers: each is shown by office and capacity. */
const isInternal = (name: string, value: unknown): boolean =>
  value === null ||
  name === 'id' ||
  name === 'seq' ||
  name === 'opened_by' ||
  name === 'submitted' ||
  (name.endsWith('_id') && name !== 'external_id') ||
  /(?:^|_)key$|_hash$/.test(name) ||
  (typeof value === 'string' && uuid.test(value)) ||
  (Array.isArray(value) && value.every((each) => typeof each === 'string' && uuid.test(each)));

/** `case_reference` as the API writes it: `caseReference`. */
const camel = (name: string): string =>
  name.replaceAll(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());

/** 32 hexadecimal digits that tell one thing from another. */
export const digest = (...parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);

interface Found {
  readonly field: string;
  readonly said: string;
}

/** The texts of a value of a column, by their path in it; and what is left of it. */
const apart = (
  value: unknown,
  column: string,
  path: RegExp,
  at = '',
): readonly [readonly Found[], unknown] => {
  if (typeof value === 'string')
    return path.test(at)
      ? [[{ field: at === '' ? column : `${column}.${at}`, said: value }], undefined]
      : [[], value];
  if (typeof value !== 'object' || value === null) return [[], value];
  const found: Found[] = [];
  const rest = Object.entries(value).flatMap(([name, each]) => {
    const [texts, left] = apart(each, column, path, at === '' ? name : `${at}.${name}`);
    found.push(...texts);
    return left === undefined ? [] : [[name, left] as const];
  });
  return [found, Array.isArray(value) ? rest.map(([, each]) => each) : Object.fromEntries(rest)];
};

const isEmpty = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

const tables = new Map(heldTables.map((each) => [each.table, each]));
/** The whole of a column is the text. */
const whole = /^$/;

const passagesIn = (
  { table, key, requestId, reference, decided, row }: Held['rows'][number],
  texts: ReadonlyMap<string, RegExp>,
): Passage[] => {
  const known = tables.get(table);
  const facts: Record<string, unknown> = {};
  const found: Found[] = [];
  for (const [name, value] of Object.entries(row)) {
    if (known?.only && !known.only.includes(name)) continue;
    const path = texts.get(`${table}.${name}`) ?? (known?.apart?.includes(name) ? whole : undefined);
    if (path !== undefined) {
      const [said, left] = apart(value, camel(name), path);
      found.push(...said.filter((each) => each.said.trim() !== ''));
      if (!isEmpty(left) && left !== null) facts[camel(name)] = left;
    } else if (!isInternal(name, value)) facts[camel(name)] = value;
  }
  const privileged = row['privileged'] === true;
  const shared = { kind: table, requestId, reference, decided, facts };
  return [
    ...(isEmpty(facts)
      ? []
      : [
          {
            ...shared,
            id: digest(table, key),
            fingerprint: digest(facts),
            field: null,
            privileged: false,
            said: null,
          },
        ]),
    ...found.map(({ field, said }) => ({
      ...shared,
      id: digest(table, key, field),
      fingerprint: digest(said, decided, privileged),
      field,
      privileged,
      said,
    })),
  ];
};

const places = new Map(
  [...heldTables.map(({ table }) => table), 'drafts', 'trail', 'trail_of_the_offices'].map((table, place) => [
    table,
    place,
  ]),
);

/** The passages in a text that `everythingHeld` made, by kind and request. */
export const passagesOf = (json: string): Passage[] => {
  const { texts, rows } = held.parse(JSON.parse(json, inUtc));
  const known = new Map(
    texts.map(({ table, column, path }) => [`${table}.${column}`, path === null ? whole : new RegExp(path)]),
  );
  return rows
    .flatMap((row) => passagesIn(row, known))
    .toSorted(
      (one, other) =>
        (places.get(one.kind) ?? 0) - (places.get(other.kind) ?? 0) ||
        (one.requestId ?? 0) - (other.requestId ?? 0),
    );
};
