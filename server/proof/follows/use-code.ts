import type { Knex } from 'knex';
import { useRecoveryCode, useStep } from '../../../db/proof/code-keys.js';
import type { ProofKind } from '../../../policies/proof/proof.js';
import type { Seal } from '../../case/proving/seal.js';
import { stepOfCode, typedCode } from '../codes.js';
import { hashOfRecoveryCode } from '../recovery-codes.js';

/** What the sealed key of somebody opens for. */
export const keyOf = (person: string): string => `code key of ${person}`;

/** What the sealed key that is being set up opens for: in the session alone in which it was begun, where it was shown. */
export const newKeyOf = (person: string, session: string | undefined): string =>
  `new code key of ${person} in session ${session ?? 'none'}`;

/**
 * Uses a code up: one of the app, or a recovery code. It needs an entry on the trail in the same transaction.
 * @param sealed the key in use; without one a recovery code alone is right
 * @returns which of them it was; null where it is not right, or was used before
 */
export const useCode = async (
  trx: Knex.Transaction,
  keys: Seal,
  {
    person,
    sealed,
    code,
    at,
  }: { readonly person: string; readonly sealed: Buffer | null; readonly code: string; readonly at: Date },
): Promise<Extract<ProofKind, 'totp' | 'recovery'> | null> => {
  const typed = typedCode(code);
  if (typed === null) {
    const hash = hashOfRecoveryCode(code);
    return (await useRecoveryCode(trx, { person, hash, at })) ? 'recovery' : null;
  }
  if (sealed === null) return null;
  const key = keys.open(sealed, keyOf(person));
  const step = key === null ? null : stepOfCode(key, typed, at);
  return step !== null && (await useStep(trx, { person, sealed, step })) ? 'totp' : null;
};
