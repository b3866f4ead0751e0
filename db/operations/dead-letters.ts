import type { Knex } from 'knex';

/** A message that is tried again and again, or was given up: who, which notice, and why, as a code. */
export interface Undelivered {
  readonly id: string;
  readonly kind: string;
  readonly reference: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly attempts: number;
  /** A code: no address, nothing that a server wrote. */
  readonly because: string | null;
  /** When it is tried again; null for one that was given up. */
  readonly nextAttemptAt: Date | null;
  readonly failedAt: Date | null;
}

export interface MailWaiting {
  /** Not tried yet, or refused and waiting for the next attempt. */
  readonly waiting: number;
  /** Of those, how many were refused or failed before. */
  readonly retrying: number;
  readonly givenUp: number;
  /** When the one was written that has waited longest; null where none waits. */
  readonly oldest: Date | null;
}

/** How much mail waits, and how much was given up: one row of `MailWaiting`. */
export const mailWaiting = (db: Knex): Knex.QueryBuilder =>
  db('messages as m')
    .leftJoin('runtime.deliveries as d', 'd.message_id', 'm.id')
    .whereNull('m.sent_at')
    .select(
      db.raw(`count(*) filter (where m.failed_at is null)::int as waiting,
        count(*) filter (where m.failed_at is null and d.last_error is not null)::int as retrying,
        count(*) filter (where m.failed_at is not null)::int as "givenUp",
        min(m.created_at) filter (where m.failed_at is null) as oldest`),
    );

const undelivered = (db: Knex) =>
  db('messages as m')
    .leftJoin('people as p', 'p.id', 'm.to_person')
    .leftJoin('runtime.deliveries as d', 'd.message_id', 'm.id')
    .whereNull('m.sent_at')
    .select(
      'm.id',
      'm.kind',
      'm.reference',
      db.raw(`coalesce(p.name, 'Nobody any more') as name`),
      'm.created_at as createdAt',
      db.raw('coalesce(d.attempts, m.attempts) as attempts'),
      db.raw('coalesce(m.last_error, d.last_error) as because'),
      db.raw('case when m.failed_at is null then d.next_attempt_at end as "nextAttemptAt"'),
      'm.failed_at as failedAt',
    );

/** Messages that were refused and wait for their next attempt, the next one first. */
export const refusedMessages = (db: Knex, limit: number): Knex.QueryBuilder =>
  undelivered(db)
    .whereNull('m.failed_at')
    .whereNotNull('d.last_error')
    .orderBy('d.next_attempt_at')
    .orderBy('m.id')
    .limit(limit);

/** Where the list of dead letters goes on: after the one that was given up then. */
export interface AfterLetter {
  readonly failedAt: Date;
  readonly id: string;
}

/** Messages that were given up, the last first; constant cost at any depth. */
export const deadLetters = (
  db: Knex,
  { limit, after }: { readonly limit: number; readonly after?: AfterLetter | undefined },
): Knex.QueryBuilder => {
  const query = undelivered(db)
    .whereNotNull('m.failed_at')
    .orderBy([
      { column: 'm.failed_at', order: 'desc' },
      { column: 'm.id', order: 'desc' },
    ])
    .limit(limit);
  if (after) void query.whereRaw('(m.failed_at, m.id) < (?, ?::uuid)', [after.failedAt, after.id]);
  return query;
};

/**
 * Puts a dead letter back into the queue as if it had not been tried, with the same key, so that a duplicate can be
 * recognised if it was delivered after all.
 * @returns its reference; null if there is no dead letter of that id
 */
export const putBack = async (trx: Knex.Transaction, id: string): Promise<string | null> => {
  const [row] = await trx('messages')
    .where({ id, sent_at: null })
    .whereNotNull('failed_at')
    .update({ failed_at: null, last_error: null, attempts: 0 })
    .returning('reference');
  return row?.reference ?? null;
};
