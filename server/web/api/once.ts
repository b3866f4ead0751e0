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

/** A context whose `db` is the transaction: what is called with it joins, and is committed with it. */
export type Joined = Ctx & { readonly db: Knex.Transaction };

/** How a call is answered, the first time and each time it is repeated. */
interface Answering<Done, T> {
  /** The reference or id of what was made or changed: what is kept with the key. */
  readonly nameOf: (done: Done) => string;
  readonly present: (joined: Joined, done: Done) => T | Promise<T>;
  /** Makes the answer of a repeat, as the caller may see the thing now. */
  readonly again: (joined: Joined, name: string) => Promise<T>;
  /** What a repeat is on the trail: it changes nothing, and shows what it shows again. */
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
 * Does something once, whatever the number of times it is sent under one `Idempotency-Key`: claim, act and
 * settle are one transaction, and the answer is presented afresh, as the caller may see it now.
 *
 * @param status what the first answer's status is, kept for the record
 * @param act gives back the reference or id of what it made or changed
 * @param present makes the answer of that reference
 * @param reading what a repeat is on the trail; null where what it shows is read without an entry
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

/** What the database itself refuses is a refusal too, by the rule that stands behind its constraint. */
export const translated = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    throw translateViolation(error, violations);
  }
};
