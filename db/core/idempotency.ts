import type { Knex } from 'knex';
import { z } from 'zod';
import { Invalid, type FieldError } from '../../policies/core/refusals.js';
import { rowsOf } from './rows/rows-of.js';

/** A call that its sender may repeat: the sender, the address, the `Idempotency-Key`. */
export interface Claim {
  /** The person's id. */
  readonly person: string;
  readonly method: string;
  readonly path: string;
  readonly key: string;
  /** A keyed digest of the body, so that a repeat is recognised and the body is not kept. */
  readonly bodyMac: Buffer;
}

/** The outcome of the first call: the answer is made again from the reference. */
export interface Replay {
  /** The HTTP status. */
  readonly status: number;
  readonly reference: string | null;
}

const claimed = z.strictObject({ key: z.string() });

/** For how many hours a key stands for its first call. */
export const keyHours = 24;
const lifetime = keyHours * 60 * 60 * 1000;

/**
 * Claims the key inside the use case's transaction, before anything else, so that work and claim are committed or
 * undone together. A rival with the same key waits here until the first call has ended.
 *
 * @returns `replay: null` if the work is ours to do (then `settle`); otherwise how the first call ended
 * @param usedBefore said if the key was used for another body
 * @throws Invalid with `usedBefore`
 */
export const claimOnce = async (
  trx: Knex.Transaction,
  claim: Claim,
  now: Date,
  usedBefore: FieldError = {
    field: 'Idempotency-Key',
    message: 'This key has been used for something else. Use a new key.',
  },
): Promise<{ readonly replay: Replay | null }> => {
  const { person, method, path, key, bodyMac } = claim;
  const expired = new Date(now.getTime() - lifetime);
  const ours = await rowsOf(
    claimed,
    trx.raw(
      `insert into runtime.idempotency as known (person_id, method, path, key, body_mac, at)
       values (?, ?, ?, ?, ?, ?)
       on conflict (person_id, method, path, key) do update
         set body_mac = excluded.body_mac, status = null, reference = null, at = excluded.at
         where known.at <= ?
       returning key`,
      [person, method, path, key, bodyMac, now, expired],
    ),
  );
  if (ours.length > 0) return { replay: null };
  const first = await trx('runtime.idempotency')
    .where({ person_id: person, method, path, key })
    .first('body_mac', 'status', 'reference');
  if (first === undefined) throw new Error('An idempotency key vanished while it was read.');
  if (!first.body_mac.equals(bodyMac)) {
    throw new Invalid([usedBefore]);
  }
  if (first.status === null) throw new Error('An idempotency key was claimed and never settled.');
  return { replay: { status: first.status, reference: first.reference } };
};

/** SQL that notes how the claimed call ended; it changes one row. */
export const settleSql = (
  { person, method, path, key }: Claim,
  status: number,
  reference: string | null,
): { readonly sql: string; readonly bindings: readonly (string | number | null)[] } => ({
  sql: `update runtime.idempotency set status = ?, reference = ?
    where person_id = ?::uuid and method = ? and path = ? and key = ? returning key`,
  bindings: [status, reference, person, method, path, key],
});
