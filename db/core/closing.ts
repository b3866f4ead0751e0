/**
 * The last writes of a command, gathered and sent as one statement before its commit: rows that nothing else in the
 * transaction reads, the entries on the trail, their messages, and the outcome of the call under an
 * `Idempotency-Key`. Each alone would cost a round trip; together they cost one, and stand or fall with the rest.
 */
import type { Knex } from 'knex';
import { z } from 'zod';
import { appendAll, NotRecorded, writable, type KnownEntry, type WritableEntry } from '../audit/append.js';
import { settleSql, type Claim } from './idempotency.js';
import { keepEdition } from '../audit/edition.js';
import { beforeCommit, isOurMistake, isViolation } from './connection.js';
import { enqueueSql, type NoticeToSend } from '../outbox/outbox.js';
import { firstOf } from './rows/first-of.js';
import { compile, perform } from './plans/compiled.js';
import { whole } from './rows/stored.js';

interface Closing {
  readonly writes: Write[];
  readonly entries: WritableEntry[];
  readonly notices: NoticeToSend[];
  settled: { readonly claim: Claim; readonly status: number; readonly reference: string | null } | null;
}

const gathered = new WeakMap<Knex.Transaction, Closing>();
const closing = Symbol('closing');

const closingOf = (trx: Knex.Transaction): Closing => {
  const known = gathered.get(trx);
  if (known) return known;
  const begun: Closing = { writes: [], entries: [], notices: [], settled: null };
  if (!beforeCommit(trx, closing, () => close(trx, begun))) {
    throw new Error('What is written last needs a transaction of inTransaction.');
  }
  gathered.set(trx, begun);
  return begun;
};

interface Write {
  readonly table: string;
  /** Whether it adds rows and changes none. */
  readonly adds: boolean;
  readonly sql: string;
  readonly bindings: readonly unknown[];
}

/** @throws Error where the query is no insert, update or delete of one table */
const writeOf = (query: Knex.QueryBuilder): Write => {
  const { sql, bindings } = query.toSQL();
  const [, verb, table] = /^(insert into|update|delete from) ((?:"\w+"\.)?"\w+")/.exec(sql) ?? [];
  if (table === undefined) throw new Error('What is written last is an insert, an update or a delete.');
  return { table, adds: verb === 'insert into' && !/ on conflict /.test(sql), sql, bindings };
};

/**
 * Writes rows with the entries, at the end. Only for a write that nothing else in the transaction reads: all of these
 * see the rows as they were before. Of two changes of one row PostgreSQL would carry out one and say nothing, so that of
 * one table there is one write, or there are only rows to add.
 * @throws Error where another write of the same table would change what this one does: a fault of ours
 */
export const writeLast = (trx: Knex.Transaction, query: Knex.QueryBuilder): void => {
  const { writes } = closingOf(trx);
  const write = writeOf(query);
  const before = writes.filter(({ table }) => table === write.table);
  if (before.some(({ adds }) => !adds || !write.adds)) {
    throw new Error(`Two writes of ${write.table} in one statement: one of them could be lost.`);
  }
  writes.push(write);
};

/**
 * Puts an entry on the trail, in the caller's transaction, at its end.
 * @returns the entry's id
 * @throws ZodError when the entry cannot be written exactly: a fault of ours; the commit throws NotRecorded where the
 *   database does not take it
 */
export const recordLast = (trx: Knex.Transaction, entry: KnownEntry): string => {
  const written = writable(entry);
  closingOf(trx).entries.push(written);
  return written.id;
};

/** Puts a message into the outbox for each recipient, at the end: one for each key. */
export const notifyLast = (trx: Knex.Transaction, notice: NoticeToSend): void => {
  closingOf(trx).notices.push(notice);
};

/** The notices that a transaction is about to send. */
export const noticesOf = (trx: Knex.Transaction): readonly NoticeToSend[] => gathered.get(trx)?.notices ?? [];

/** Notes how the claimed call ended, at the end. */
export const settleLast = (
  trx: Knex.Transaction,
  claim: Claim,
  status: number,
  reference: string | null,
): void => {
  closingOf(trx).settled = { claim, status, reference };
};

const close = async (
  trx: Knex.Transaction,
  { writes, entries, notices, settled }: Closing,
): Promise<void> => {
  const parts = [
    ...writes.map(({ sql, bindings }, index) => ({ name: `written${index}`, sql, bindings })),
    ...(entries.length === 0 ? [] : [{ name: 'recorded', ...appendAll(entries) }]),
    ...(notices.length === 0 ? [] : [{ name: 'notices', ...enqueueSql(notices) }]),
    ...(settled === null
      ? []
      : [{ name: 'settled', ...settleSql(settled.claim, settled.status, settled.reference) }]),
  ];
  if (parts.length === 0) return;
  const ctes = parts.map(({ name, sql }) => `${name} as (${sql})`).join(', ');
  // Rows are written whether or not anything asks for them; an entry only where something does.
  const asked = [
    entries.length === 0 ? '0 as recorded' : '(select count(recorded.id)::int from recorded) as recorded',
    settled === null ? '1 as settled' : '(select count(*)::int from settled) as settled',
  ];
  const done = await sent(
    trx,
    `with ${ctes} select ${asked.join(', ')}`,
    parts.flatMap(({ bindings }) => [...bindings]),
  );
  if (done.recorded !== entries.length) await recordUnderNewRules(trx, entries);
  if (done.settled !== 1) throw new Error('An idempotency key was settled without a claim.');
};

/** The first entries under these rules: their text comes with them. */
const recordUnderNewRules = async (
  trx: Knex.Transaction,
  entries: readonly WritableEntry[],
): Promise<void> => {
  const { sql, bindings } = appendAll(entries);
  try {
    await keepEdition(trx);
    await trx.raw(sql, [...bindings]);
  } catch (error) {
    throw isOurMistake(error) ? error : new NotRecorded(error);
  }
};

const closed = z.strictObject({ recorded: whole, settled: whole });

const sent = async (trx: Knex.Transaction, sql: string, bindings: readonly unknown[]) => {
  try {
    return closed.parse(firstOf(await perform(trx, compile(sql), bindings)));
  } catch (error) {
    // A constraint that refuses is a refusal, by the rule behind it; a mistake of ours stays one.
    throw isViolation(error) || isOurMistake(error) ? error : new NotRecorded(error);
  }
};
