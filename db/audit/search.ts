import type { Knex } from 'knex';
import { z } from 'zod';
import { capacities, offices, type Capacity, type Office } from '../../policies/core/office.js';
import { plainly, type Ask } from '../core/ask.js';
import { moment } from '../core/rows/rows-of.js';
import { whole } from '../core/rows/stored.js';
import { entryTypes, type EntryType } from './entry-types.js';
import { storedJsonObject, type JsonObject } from './leaf.js';

/** The search terms; a term that is left out does not narrow the search. */
export interface TrailQuery {
  readonly subject?: string | undefined;
  /** A person's id, or `system`. */
  readonly actor?: string | undefined;
  readonly type?: EntryType | undefined;
  /** The place in the tree. */
  readonly index?: number | undefined;
  /** From this instant, included. */
  readonly from?: Date | undefined;
  /** Up to this instant, not included. */
  readonly to?: Date | undefined;
  /** Most rows to return; ask for one more than a page to know whether there is a next. */
  readonly limit: number;
  /** Only entries older than this `seq`: the last one of the page before. */
  readonly before?: number | undefined;
}

/** One line of the trail. An erased value reads as null, and an erased actor as `erased`. */
export interface TrailRow {
  /** Order of writing; the key to the next page. */
  readonly seq: number;
  /** Place in the tree; null until the sequencer has come by. */
  readonly index: number | null;
  readonly at: Date;
  readonly type: EntryType;
  readonly actor: string;
  readonly actorName: string | null;
  readonly office: Office | null;
  readonly capacity: Capacity | null;
  readonly subject: string | null;
  /** The principal that a deputy stood in for. */
  readonly deputyFor: string | null;
  readonly decision: JsonObject | null;
  readonly reasons: string | null;
}

/** The columns of `searching`, by their names. */
export const storedLine = z.strictObject({
  seq: whole,
  index: whole.nullable(),
  at: moment,
  type: z.enum(entryTypes),
  actor: z.string(),
  actorName: z.string().nullable(),
  office: z.enum(offices).nullable(),
  capacity: z.enum(capacities).nullable(),
  subject: z.string().nullable(),
  deputyFor: z.string().nullable(),
  decision: storedJsonObject.nullable(),
  reasons: z.string().nullable(),
}) satisfies z.ZodType<TrailRow>;

/** The lines of the trail, newest first, in one query. By what was erased nothing is found. */
export const searching = (db: Knex, query: TrailQuery): Knex.QueryBuilder => {
  const { subject, actor, type, index, from, to, limit, before } = query;
  const page = db('audit.entries as e')
    .select('e.seq', 'e.index', 'e.id', 'e.at', 'e.type', 'e.office', 'e.capacity', 'e.decision')
    .orderBy('e.seq', 'desc')
    .limit(limit);
  if (before !== undefined) void page.where('e.seq', '<', before);
  if (type !== undefined) void page.where('e.type', type);
  if (index !== undefined) void page.where('e.index', index);
  if (from !== undefined) void page.where('e.at', '>=', from);
  if (to !== undefined) void page.where('e.at', '<', to);
  // Ordering by the copy of `seq` in `secret` lets the index (field, value, seq desc) give the page in order.
  for (const [field, value] of Object.entries({ actor, subject })) {
    if (value === undefined) continue;
    // The field is written out, not bound: the index covers two fields only, and the planner must see it.
    void page
      .joinRaw(
        `join audit.secret as by_${field} on by_${field}.entry_id = e.id and by_${field}.field = '${field}'`,
      )
      .whereRaw(`by_${field}.value = to_jsonb(?::text)`, [value])
      .clearOrder()
      .orderBy(`by_${field}.seq`, 'desc');
    if (before !== undefined) void page.where(`by_${field}.seq`, '<', before);
  }
  return db
    .from(page.as('p'))
    .joinRaw(
      `cross join lateral (
           select jsonb_object_agg(field, value) as open from audit.secret where entry_id = p.id
         ) as s`,
    )
    .orderBy('p.seq', 'desc')
    .select(
      'p.seq',
      'p.index',
      'p.at',
      'p.type',
      db.raw(`coalesce(s.open->>'actor', 'erased') as actor`),
      db.raw(`s.open->>'actorName' as "actorName"`),
      'p.office',
      'p.capacity',
      db.raw(`s.open->>'subject' as subject`),
      db.raw(`case when s.open->'details' \\?| array['named', 'closed']
          then coalesce(p.decision, '{}') || coalesce(s.open->'details'->'named', '{}')
            || coalesce(s.open->'details'->'closed', '{}') else p.decision end as decision`),
      db.raw(`s.open->>'reasons' as reasons`),
      db.raw(`s.open->'details'->>'deputyFor' as "deputyFor"`),
    );
};

/**
 * Searches the trail, newest first. Searching by what was erased finds nothing. Anyone who calls records the search
 * itself (`audit.searched`).
 */
export const search = (db: Knex, query: TrailQuery, ask: Ask = plainly): Promise<TrailRow[]> =>
  ask(storedLine, searching(db, query));
