import type { Knex } from 'knex';
import { z } from 'zod';
import type { AppAbility } from '../../policies/permission/ability.js';
import {
  heldBys,
  redactingOffices,
  redactionStatuses,
  type Redaction,
  type RedactingOffice,
} from '../../policies/redaction/redaction.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { Acting } from '../../policies/people/actor.js';
import { plainly, type Ask } from '../core/ask.js';
import { firstOf } from '../core/rows/first-of.js';
import { moment, rowsOf } from '../core/rows/rows-of.js';
import { instant, whole } from '../core/rows/stored.js';
import { visible, type Columns } from '../core/visible.js';

/** By what a text is named: the kind of record that holds it, which of them, and the field. */
export interface TextAddress {
  readonly kind: string;
  readonly id: string;
  readonly field: string;
}

const readWiths = [
  'request',
  'discussion',
  'visit',
  'incident',
  'hold',
  'programme',
  'keeping',
  'people',
  'conflict',
  'access',
  'correction',
  'audit_requirement',
] as const;

/** How people come to read a text. */
export interface Reading {
  readonly readWith: (typeof readWiths)[number];
  /** The reference or id of what it is read with. */
  readonly readAt: string | null;
  readonly privileged: boolean;
}

/** A text that stands. */
export interface StoredText extends Reading {
  readonly said: string;
  readonly reference: string | null;
}

const storedText: z.ZodType<StoredText> = z.strictObject({
  said: z.string(),
  reference: z.string().nullable(),
  readWith: z.enum(readWiths),
  readAt: z.string().nullable(),
  privileged: z.boolean(),
});

/** The text at that address; null where there is none. */
export const findText = async (db: Knex, of: TextAddress): Promise<StoredText | null> => {
  const [found] = await rowsOf(
    storedText,
    db.raw(
      `select said, read_with as "readWith", read_at as "readAt", privileged,
          (select r.reference from requests r where r.id = request_id) as reference
        from stored_text(?, ?, ?) where said is not null`,
      [of.kind, of.id, of.field],
    ),
  );
  return found ?? null;
};

/** Who confirmed it, for which office. */
export interface ConfirmedBy {
  readonly id: string;
  readonly name: string;
  readonly office: RedactingOffice;
  readonly at: Date;
}

/** A report of a text, as it is on record. */
export interface RedactionRow extends Redaction, Reading {
  readonly id: string;
  readonly seq: number;
  readonly of: TextAddress;
  readonly reference: string | null;
  readonly authorId: string | null;
  /** The text, while it is hidden. */
  readonly said: string | null;
  /** What stands in its place while it is hidden. */
  readonly mark: string;
  readonly reasons: string;
  readonly reportedAt: Date;
  readonly reporterName: string;
  readonly first: ConfirmedBy | null;
  readonly settled: ConfirmedBy | null;
  readonly putBackReasons: string | null;
}

const columns: Columns = {
  personId: 'd.reported_by',
  councillorId: `d.subject_councillor`,
};

const by = (what: string): string => `case when d.${what}_by is not null then jsonb_build_object(
  'id', d.${what}_by, 'name', (select p.name from people p where p.id = d.${what}_by),
  'office', d.${what}_office, 'at', d.${what}_at) end`;

const selected = `d.id, d.seq, jsonb_build_object('kind', d.of_kind, 'id', d.of_id, 'field', d.of_field) as "of",
  d.reference, coalesce(d.subject_councillor::text, '') as "councillorId", d.reported_by as "personId",
  d.author_id as "authorId", d.privileged, d.said, d.hidden_mark as mark, d.reasons, d.status,
  d.reported_at as "reportedAt", (select p.name from people p where p.id = d.reported_by) as "reporterName",
  ${by('first')} as first, ${by('settled')} as settled, d.put_back_reasons as "putBackReasons",
  d.held_by is not null as held, d.held_by as "heldBy",
  coalesce(t.read_with, 'keeping') as "readWith", t.read_at as "readAt"`;

const storedBy: z.ZodType<ConfirmedBy> = z.strictObject({
  id: z.string(),
  name: z.string(),
  office: z.enum(redactingOffices),
  at: instant,
});

/** The columns of `selected`, by their names. */
const storedRedaction: z.ZodType<Omit<RedactionRow, 'kind'>> = z.strictObject({
  id: z.string(),
  seq: whole,
  of: z.strictObject({ kind: z.string(), id: z.string(), field: z.string() }),
  reference: z.string().nullable(),
  councillorId: z.string(),
  personId: z.string(),
  authorId: z.string().nullable(),
  privileged: z.boolean(),
  said: z.string().nullable(),
  mark: z.string(),
  reasons: z.string(),
  status: z.enum(redactionStatuses),
  reportedAt: moment,
  reporterName: z.string(),
  first: storedBy.nullable(),
  settled: storedBy.nullable(),
  putBackReasons: z.string().nullable(),
  held: z.boolean(),
  heldBy: z.enum(heldBys).nullable(),
  readWith: z.enum(readWiths),
  readAt: z.string().nullable(),
});

const load = async (
  db: Knex,
  ability: AppAbility,
  narrow: (query: Knex.QueryBuilder) => void,
  ask: Ask,
): Promise<RedactionRow[]> => {
  const reports = db('redactions as r')
    .leftJoin('requests as q', 'q.id', 'r.request_id')
    .select(
      'r.*',
      'q.reference',
      db.raw('coalesce(r.councillor_id, q.councillor_id) as subject_councillor'),
      db.raw('redaction_held_by(r) as held_by'),
    );
  const query = db
    .from(reports.as('d'))
    .joinRaw('left join lateral stored_text(d.of_kind, d.of_id, d.of_field) t on true')
    .select(db.raw(selected));
  narrow(query);
  const rows = await ask(storedRedaction, visible(query, ability, 'read', 'Redaction', columns));
  return rows.map((row) => ({ kind: 'Redaction', ...row }));
};

/** The reports that this person may read, newest first, of before the one of `before`. */
export const listRedactions = (
  db: Knex,
  ability: AppAbility,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
  ask: Ask = plainly,
): Promise<RedactionRow[]> =>
  load(
    db,
    ability,
    (query) => {
      void query.orderBy('d.seq', 'desc').limit(limit);
      if (before !== undefined) void query.where('d.seq', '<', before);
    },
    ask,
  );

/** One report, if this person may read it. @throws NotFound */
export const findRedaction = async (
  db: Knex,
  ability: AppAbility,
  id: string,
  ask: Ask = plainly,
): Promise<RedactionRow> => {
  const [found] = await load(db, ability, (query) => void query.where('d.id', id), ask);
  if (!found) throw new NotFound();
  return found;
};

interface Done {
  readonly by: string;
  readonly at: Date;
}

const named = z.strictObject({ id: z.string() });

/** Hides the text wherever it stands. @returns the id of the report */
export const hideText = async (
  trx: Knex.Transaction,
  of: TextAddress,
  { by: person, acting, at, reasons }: Done & { readonly acting: Acting | null; readonly reasons: string },
): Promise<string> => {
  const rows = await rowsOf(
    named,
    trx.raw('select report_text(?, ?, ?, ?, ?, ?, ?, ?) as id', [
      of.kind,
      of.id,
      of.field,
      person,
      acting?.office ?? null,
      acting?.capacity ?? null,
      reasons,
      at,
    ]),
  );
  return firstOf(rows).id;
};

type Settling = Done & { readonly acting: Acting };

/**
 * Confirms that it is erased: the second of two people erases it, in its row and wherever else it stands, and in the
 * values of the trail. The database checks again that they are two, one of Data Protection, and that there is no hold.
 */
export const confirmRedaction = async (
  trx: Knex.Transaction,
  id: string,
  { by: person, acting, at }: Settling,
): Promise<'hidden' | 'erased'> => {
  const rows = await rowsOf(
    z.strictObject({ status: z.enum(['hidden', 'erased']) }),
    trx.raw('select confirm_redaction(?, ?, ?, ?, ?) as status', [
      id,
      person,
      acting.office,
      acting.capacity,
      at,
    ]),
  );
  return firstOf(rows).status;
};

export const putTextBack = async (
  trx: Knex.Transaction,
  id: string,
  { by: person, acting, at, reasons }: Settling & { readonly reasons: string },
): Promise<void> => {
  await trx.raw('select put_text_back(?, ?, ?, ?, ?, ?)', [
    id,
    person,
    acting.office,
    acting.capacity,
    reasons,
    at,
  ]);
};
