import type { Knex } from 'knex';
import { z } from 'zod';
import { firstOf } from '../../core/rows/first-of.js';
import { rowsOf } from '../../core/rows/rows-of.js';

/** What is done one at a time, on however many nodes. */
type Turn = 'audit.place' | 'audit.sign' | 'audit.heartbeat';

/** Waits until nobody else is at it; it is this transaction's turn until it ends. */
export const awaitTurn = async (trx: Knex.Transaction, turn: Turn): Promise<void> => {
  await trx.raw('select pg_advisory_xact_lock(hashtext(?))', [turn]);
};

/** Whether nobody else is at it; then it is this transaction's turn until it ends. Does not wait. */
export const takeTurn = async (trx: Knex.Transaction, turn: Turn): Promise<boolean> => {
  const rows = await rowsOf(
    z.strictObject({ mine: z.boolean() }),
    trx.raw('select pg_try_advisory_xact_lock(hashtext(?)) as mine', [turn]),
  );
  return firstOf(rows).mine;
};
