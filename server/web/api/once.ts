import type { Knex } from 'knex';
import { claimOnce, settle } from '../../../db/core/idempotency.js';
import { inTransaction, translateViolation } from '../../../db/core/connection.js';
import { violations } from '../../../db/core/violations.js';
import type { EntryType } from '../../../db/audit/entry-types.js';
import type { Ctx } from '../../case/ctx.js';
import { trace } from '../../case/trail.js';

/** A context whose `db` is the transaction: what is called with it joins, and is committed with it. */
export type Joined = Ctx & { readonly db: Knex.Transaction };

/**
 * Does something once, whatever the number of times it is sent under one `Idempotency-Key`: claim, act and
 * settle are one transaction, and the answer is presented afresh, as the caller may see it now.
 *
 * @param status what the first answer's status is, kept for the record
 * @param act gives back the reference or id of what it made or changed
 * @param present makes the answer of that reference
 * @param reading what a repeat is on the trail: it changes nothing, and shows what it shows again; null where
 *   what it shows is read without an entry
 */
export const once = <T>(
  ctx: Ctx,
  status: number,
  act: (joined: Joined) => Promise<string>,
  present: (joined: Joined, reference: string) => Promise<T>,
  reading: EntryType | null = 'request.read',
): Promise<T> =>
  translated(
    inTransaction(ctx.db, async (trx) => {
      const joined: Joined = { ...ctx, db: trx };
      const { claim } = ctx;
      if (claim) {
        const { replay } = await claimOnce(trx, claim, ctx.now());
        if (replay) {
          const subject = replay.reference ?? 'service';
          if (reading) await trace(trx, ctx, null, { type: reading, subject });
          return present(joined, subject);
        }
      }
      const reference = await act(joined);
      if (claim) await settle(trx, claim, status, reference);
      return present(joined, reference);
    }),
  );

/** What the database itself refuses is a refusal too, by the rule that stands behind its constraint. */
export const translated = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    throw translateViolation(error, violations);
  }
};
