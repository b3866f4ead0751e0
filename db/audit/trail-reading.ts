import type { Knex } from 'knex';
import { z } from 'zod';
import { firstOf } from '../core/rows/first-of.js';
import { bytes, moment, rowsOf } from '../core/rows/rows-of.js';
import { whole } from '../core/rows/stored.js';
import { storedJson, storedJsonObject, type Json, type JsonObject } from './leaf.js';

/** An entry with everything stored about it. */
export interface TrailEntry {
  readonly index: number;
  readonly id: string;
  readonly at: Date;
  readonly type: string;
  readonly office: string | null;
  readonly capacity: string | null;
  readonly decision: JsonObject | null;
  readonly leaf: Buffer;
  /** By field; `salt` in hexadecimal digits. */
  readonly values: Readonly<
    Record<
      string,
      | { readonly erased: true }
      | { readonly erased: false; readonly value: Json; readonly salt: string }
      | undefined
    >
  >;
}

const storedValue = z.discriminatedUnion('erased', [
  z.strictObject({ erased: z.literal(true) }),
  z.strictObject({ erased: z.literal(false), value: storedJson, salt: z.string() }),
]);

/** The columns of `entryBatches`: whether they are what was recorded is for the caller to see. */
const storedEntry: z.ZodType<TrailEntry> = z.strictObject({
  index: whole,
  id: z.string(),
  at: moment,
  type: z.string(),
  office: z.string().nullable(),
  capacity: z.string().nullable(),
  decision: storedJsonObject.nullable(),
  leaf: bytes,
  values: z.record(z.string(), storedValue),
});

/** How many entries are read at a time. */
const batch = 1_000;

/**
 * Every entry that has a place in the tree, in its order, some at a time; constant cost at any depth.
 * @param range only those from `from` up to `to`, `to` not included
 */
export async function* entryBatches(
  db: Knex,
  { from, to }: { readonly from: number; readonly to: number } = { from: 0, to: Number.MAX_SAFE_INTEGER },
): AsyncGenerator<readonly TrailEntry[]> {
  for (let after = from - 1; ;) {
    const rows = await rowsOf(
      storedEntry,
      db.raw(
        `select e.index, e.id, e.at, e.type, e.office, e.capacity, e.decision, e.leaf, s.kept as values
         from (select * from audit.entries where index > ? and index < ? order by index limit ?) as e
         cross join lateral (
           select coalesce(jsonb_object_agg(field, case when erased_at is null
               then jsonb_build_object('erased', false, 'value', value, 'salt', encode(salt, 'hex'))
               else jsonb_build_object('erased', true) end), '{}') as kept
             from audit.secret where entry_id = e.id) as s
         order by e.index`,
        [after, to, batch],
      ),
    );
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    after = last.index;
  }
}

/** How many entries have no place in the tree. */
export const waiting = async (db: Knex): Promise<number> => {
  const rows = await rowsOf(
    z.strictObject({ count: whole }),
    db.raw('select count(*)::int as count from audit.entries where index is null'),
  );
  return firstOf(rows).count;
};

/** The days in London, from the first entry to the last, on which no heartbeat was recorded. */
export const silentDays = async (db: Knex): Promise<string[]> => {
  const rows = await rowsOf(
    z.strictObject({ day: z.string() }),
    db.raw(
      `select to_char(day, 'YYYY-MM-DD') as day
       from (select min(at) as first, max(at) as last from audit.entries) as span
       cross join lateral generate_series((span.first at time zone 'Europe/London')::date,
         (span.last at time zone 'Europe/London')::date, interval '1 day') as day
       where day::date not in (
         select (at at time zone 'Europe/London')::date from audit.entries where type = 'audit.heartbeat')
       order by day`,
    ),
  );
  return rows.map(({ day }) => day);
};
