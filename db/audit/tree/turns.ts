import type { Knex } from 'knex';
import { z } from 'zod';
import { firstOf } from '../../core/rows/first-of.js';
import { rowsOf } from '../../core/rows/rows-of.js';

/** Work that only one of any number of nodes may do at a time. */
type Turn = 'audit.place' | 'audit.sign' | 'audit.heartbeat';

/** Waits for the turn and takes it until this transaction ends. */
export const awaitTurn = async (trx: Knex.Transaction, turn: Turn): Promise<void> => {
  await trx.raw('select pg_advisory_xact_lock(hashtext(?))', [turn]);
};

/** Takes the turn until this transaction ends, if nobody else has it. Does not wait. @returns whether it did */
export const takeTurn = async (trx: Knex.Transaction, turn: Turn): Promise<boolean> => {
  const rows = await rowsOf(
    z.strictObject({ mine: z.boolean() }),
    trx.raw('select pg_try_advisory_xact_lock(hashtext(?)) as mine', [turn]),
  );
  return firstOf(rows).mine;
};
