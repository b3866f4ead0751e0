import { randomBytes, randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { z } from 'zod';
import { capacities, type Capacity, offices, type Office } from '../../policies/core/office.js';
import { firstOf } from '../core/rows/first-of.js';
import { rowsOf } from '../core/rows/rows-of.js';
import { isOurMistake } from '../core/connection.js';
import { freshBytes } from '../core/fresh-bytes.js';
import { settingsRevision } from '../settings/settings.js';
import { currentEdition, keepEdition, policyOf } from './edition.js';
import { entryTypes, type EntryType } from './entry-types.js';
import {
  commit,
  decisionSchema,
  json,
  type Json,
  type JsonObject,
  type SecretField,
  writeLeaf,
} from './leaf.js';
import { apart } from './kept-apart.js';

/** One thing that happened. */
export interface Entry {
  readonly type: EntryType;
  readonly at: Date;
  /** The person's id, or `system`. */
  readonly actor: string;
  readonly actorName: string;
  /** The office acted for, and as what; null outside any. */
  readonly office: Office | null;
  readonly capacity: Capacity | null;
  /** The subject of the entry: `OBS-2026-0001`, `councillor:<id>`, `session`. */
  readonly subject: string;
  /**
   * Coded values, in clear and for ever: never free text. Values that name a record are kept apart, and may be
   * erased.
   */
  readonly decision?: JsonObject | undefined;
  /** Why, in words. Kept apart, and may be erased. */
  readonly reasons?: string | undefined;
  /** Anything else that is personal or free. Kept apart, and may be erased. */
  readonly details?: JsonObject | undefined;
  /**
   * Under which of the council's settings it was done: the number of their last change, where the caller has read
   * them. Looked up where not, which is one statement more.
   */
  readonly settings?: number | undefined;
}

/**
 * The trail did not take an entry. The change is undone and the reading is not shown: no committed entry, no content
 * (architecture.md).
 */
export class NotRecorded extends Error {
  constructor(cause: unknown) {
    super('The trail did not take the entry.', { cause });
    this.name = 'NotRecorded';
  }
}

/** An entry with known settings. */
export type KnownEntry = Entry & { readonly settings: number };

const nonEmpty = z.string().min(1);
const entrySchema = z.strictObject({
  type: z.enum(entryTypes),
  at: z.date(),
  actor: nonEmpty,
  actorName: nonEmpty,
  office: z.enum(offices).nullable(),
  capacity: z.enum(capacities).nullable(),
  subject: nonEmpty,
  decision: decisionSchema.optional(),
  reasons: z.string().optional(),
  details: z.record(z.string(), json).optional(),
});

/** A value of a decision that the database alone knows: its place in the leaf, filled in when the entry is written. */
const placeOf = (name: string): string => `filled:${name}:${placesOfThisRun}`;
/** Nobody outside can know it, so no value that is sent can be taken for a place. */
const placesOfThisRun = randomBytes(12).toString('hex');

/** An entry ready to be written: the leaf as SQL that makes its exact bytes, and what opens its commitments. */
export interface WritableEntry {
  readonly id: string;
  /** The text of the leaf in pieces; the named values go between them. */
  readonly pieces: readonly string[];
  readonly filled: readonly string[];
  /** `{ field: { value, salt } }`, as `audit.append` takes it. */
  readonly secrets: string;
}

/**
 * Makes the leaf of an entry and the secrets that it commits to.
 *
 * @param filled names of values in the decision that only the row knows: SQL fills them in as canonical integers or
 *   booleans
 * @throws ZodError if the entry cannot be written exactly: a fault of ours
 */
export const writable = (
  { settings, ...entry }: KnownEntry,
  filled: readonly string[] = [],
): WritableEntry => {
  const places = Object.fromEntries(filled.map((name) => [name, placeOf(name)]));
  const { type, at, office, capacity, decision, details, ...said } = entrySchema.parse({
    ...entry,
    ...(filled.length === 0 ? {} : { decision: { ...entry.decision, ...places } }),
  });
  const { coded, named, closed } = apart(type, decision ?? {});
  const { reasons } = said;
  const more = named || closed ? { ...details, ...(named && { named }), ...(closed && { closed }) } : details;
  const secrets: Partial<Record<SecretField, { value: Json; salt: string }>> = {};
  const committed = (field: SecretField, value: Json): string => {
    // A salt of its own for each: one value given away must not help to guess another.
    const salt = freshBytes(32);
    secrets[field] = { value, salt: salt.toString('hex') };
    return commit({ field, value, salt });
  };
  const id = randomUUID();
  const leaf = writeLeaf({
    v: 1,
    id,
    type,
    at: at.toISOString(),
    office,
    capacity,
    decision: coded ?? (decision && !named && !closed ? {} : null),
    policy: policyOf(settings),
    commitments: {
      actor: committed('actor', said.actor),
      actorName: committed('actorName', said.actorName),
      subject: committed('subject', said.subject),
      ...(reasons === undefined ? {} : { reasons: committed('reasons', reasons) }),
      ...(more === undefined ? {} : { details: committed('details', more) }),
    },
  });
  return { id, ...inPieces(leaf.toString('utf8'), places), secrets: JSON.stringify(secrets) };
};

/** Cuts the leaf at the places to fill in, in their order. */
const inPieces = (leaf: string, places: Readonly<Record<string, string>>) => {
  const found = Object.entries(places)
    .map(([name, place]) => ({
      name,
      quoted: JSON.stringify(place),
      at: leaf.indexOf(JSON.stringify(place)),
    }))
    .toSorted((a, b) => a.at - b.at);
  if (found.some(({ at }) => at === -1)) throw new Error('A value to be filled in has no place in the leaf.');
  const pieces: string[] = [];
  let from = 0;
  for (const { quoted, at } of found) {
    pieces.push(leaf.slice(from, at));
    from = at + quoted.length;
  }
  return { pieces: [...pieces, leaf.slice(from)], filled: found.map(({ name }) => name) };
};

/** Whether the text of the rules that an entry names is stored: the first entry under those rules stores it. */
const isKept = 'exists (select from audit.editions where code = ?)';

/**
 * SQL that writes the entry and gives its id, for a statement that does more than that. It gives null, and writes
 * nothing, where the text of the rules is not kept yet: `keepEdition`, and once more.
 * @param values SQL for each value that is filled in: an integer or a boolean
 */
export const appending = (
  entry: WritableEntry,
  values: Readonly<Record<string, string>> = {},
): { readonly sql: string; readonly bindings: readonly string[] } => ({
  sql: appendingSql(entry.filled, values),
  bindings: [currentEdition.code, ...entry.pieces, entry.secrets],
});

/** The same SQL with names for the values to fill in, in the order of the leaf, which is by name. */
export const appendingSql = (
  names: readonly string[],
  values: Readonly<Record<string, string>> = {},
): string => {
  const text = names
    .toSorted()
    .map((name) => ` || (${values[name]})::text || ?::text`)
    .join('');
  return `case when ${isKept} then audit.append(convert_to(?::text${text}, 'UTF8'), ?::jsonb) end`;
};

/** SQL that writes several entries in their order, and gives the `id` of each; null as `appending` does. */
export const appendAll = (
  entries: readonly WritableEntry[],
): { readonly sql: string; readonly bindings: readonly (string | string[])[] } => ({
  sql: `select case when ${isKept} then audit.append(convert_to(e.leaf, 'UTF8'), e.secrets::jsonb) end as id
    from (select * from unnest(?::text[], ?::text[]) with ordinality as given (leaf, secrets, place)
      order by place) as e`,
  bindings: [
    currentEdition.code,
    entries.map(({ pieces }) => pieces.join('')),
    entries.map(({ secrets }) => secrets),
  ],
});

/**
 * Adds an entry to the trail, in the caller's transaction: both stand or neither. Outside of one it is its own
 * transaction, which is committed once this resolves. This is the only way in; it takes no lock, so writers do not
 * wait for one another.
 *
 * @returns the entry's id
 * @throws ZodError when the entry cannot be written exactly: a fault of ours, as a mistake in the statement is;
 *   NotRecorded when the database does not take it, whatever else it says
 */
export const append = async (db: Knex, entry: Entry): Promise<string> => {
  const written = writable({ ...entry, settings: entry.settings ?? (await settingsRevision(db)) });
  try {
    const id = await write(db, written);
    if (id !== null) return id;
    // The first entry under these rules: their text comes with it.
    await keepEdition(db);
    const second = await write(db, written);
    if (second === null) throw new Error('The text of the rules was kept, and is not there.');
    return second;
  } catch (error) {
    throw isOurMistake(error) ? error : new NotRecorded(error);
  }
};

/** @returns the entry's id; null, with nothing written, where the text of the rules is not kept yet */
const write = async (db: Knex, entry: WritableEntry): Promise<string | null> => {
  const { sql, bindings } = appending(entry);
  const rows = await rowsOf(
    z.strictObject({ id: z.string().nullable() }),
    db.raw(`select ${sql} as id`, [...bindings]),
  );
  return firstOf(rows).id;
};
