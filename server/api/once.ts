import type { Knex } from 'knex';
import { claimOnce, settle } from '../../db/idempotency.js';
import { inTransaction } from '../../db/connection.js';
import type { Ctx } from '../context.js';

/** A context whose `db` is the transaction: what is called with it joins, and is committed with it. */
export type Joined = Ctx & { readonly db: Knex.Transaction };

/**
 * Does something once, whatever the number of times it is sent under one `Idempotency-Key`: claim, act and
 * settle are one transaction, and the answer is presented afresh, as the caller may see it now.
 *
 * @param status what the first answer's status is, kept for the record
 * @param act gives back the reference or id of what it made or changed
 * @param present makes the answer of that reference
 */
export const once = <T>(
  ctx: Ctx,
  status: number,
  act: (joined: Joined) => Promise<string>,
  present: (joined: Joined, reference: string) => Promise<T>,
): Promise<T> =>
  inTransaction(ctx.db, async (trx) => {
    const joined: Joined = { ...ctx, db: trx };
    const { claim } = ctx;
    if (claim) {
      const { replay } = await claimOnce(trx, claim, ctx.now());
      if (replay) return present(joined, replay.reference ?? '');
    }
    const reference = await act(joined);
    if (claim) await settle(trx, claim, status, reference);
    return present(joined, reference);
  });
