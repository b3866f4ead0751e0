import type { Knex } from 'knex';
import { settleLast } from '../../../db/core/closing.js';
import { claimOnce } from '../../../db/core/idempotency.js';
import { inTransaction, translateViolation } from '../../../db/core/connection.js';
import { violations } from '../../../db/core/violations.js';
import type { EntryType } from '../../../db/audit/entry-types.js';
import type { Ctx } from '../../case/ctx.js';
import type { CaseFile } from '../../../policies/case/case-file.js';
import { caseFileAfter } from '../../case/case-file.js';
import { record } from '../../case/record.js';

/** A context whose `db` is the transaction: everything called with it joins, and is committed with it. */
export type Joined = Ctx & { readonly db: Knex.Transaction };

/** How a call is answered, the first time and each time it is repeated. */
interface Answering<Done, T> {
  /** The reference or id of the made or changed thing, stored with the key. */
  readonly nameOf: (done: Done) => string;
  readonly present: (joined: Joined, done: Done) => T | Promise<T>;
  /** Makes the answer of a repeat, as the caller may see the thing now. */
  readonly again: (joined: Joined, name: string) => Promise<T>;
  /** The entry of a repeated call: it changes nothing, and shows the same thing again. */
  readonly reading: EntryType | null;
}

const claimed = <Done, T>(
  ctx: Ctx,
  status: number,
  act: (joined: Joined) => Promise<Done>,
  { nameOf, present, again, reading }: Answering<Done, T>,
): Promise<T> =>
  translated(
    inTransaction(ctx.db, async (trx) => {
      const joined: Joined = { ...ctx, db: trx };
      const { claim } = ctx;
      if (claim) {
        const { replay } = await claimOnce(trx, claim, ctx.now());
        if (replay) {
          const subject = replay.reference ?? 'service';
          if (reading) record(trx, ctx, null, { type: reading, subject });
          return again(joined, subject);
        }
      }
      const done = await act(joined);
      if (claim) settleLast(trx, claim, status, nameOf(done));
      return present(joined, done);
    }),
  );

/**
 * Does something once, however often it is sent under one `Idempotency-Key`: claim, act and settle are one
 * transaction, and the answer is presented again, as the caller may see it now.
 *
 * @param status the status of the first answer, stored for the record
 * @param act returns the reference or id of the thing it made or changed
 * @param present makes the answer for that reference
 * @param reading the entry of a repeated call; null if showing the thing again needs no entry
 */
export const once = <T>(
  ctx: Ctx,
  status: number,
  act: (joined: Joined) => Promise<string>,
  present: (joined: Joined, reference: string) => Promise<T>,
  reading: EntryType | null = 'request.read',
): Promise<T> =>
  claimed(ctx, status, act, { nameOf: (reference) => reference, present, again: present, reading });

/** The same for a command about a request, which is answered from the file that it held. */
export const onceOnCase = <T>(
  ctx: Ctx,
  status: number,
  act: (joined: Joined) => Promise<CaseFile>,
  present: (joined: Joined, file: CaseFile) => T,
): Promise<T> =>
  claimed(ctx, status, act, {
    nameOf: ({ row }) => row.reference,
    present,
    again: async (joined, reference) => present(joined, await caseFileAfter(joined, reference)),
    reading: 'request.read',
  });

/** A refusal by the database itself is a refusal too, by the rule behind its constraint. */
export const translated = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    throw translateViolation(error, violations);
  }
};
