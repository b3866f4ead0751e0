/** The keys that codes are made from, each sealed by who calls: of nobody but the person themselves. */
import type { Knex } from 'knex';
import { z } from 'zod';
import { bytes, moment, rowsOf } from '../core/rows/rows-of.js';
import { whole } from '../core/rows/stored.js';

/** SQL: the sealed key in use of the person `p`; null where they have none. */
export const sealedKeyOf = `(select k.sealed from code_keys k where k.person_id = p.id)`;

/** SQL: whether the person with that id has a key in use. */
export const hasCodesSql = (id: string): string =>
  `exists (select from code_keys k where k.person_id = ${id} and k.sealed is not null)`;

export interface StoredCodeKey {
  /** Since when a key is in use; null where none is. */
  readonly since: Date | null;
  /** A key that is being set up. */
  readonly begun: { readonly sealed: Buffer; readonly since: Date } | null;
  /** How many recovery codes are left. */
  readonly recoveryCodesLeft: number;
}

const stored = z.strictObject({
  since: moment.nullable(),
  newSealed: bytes.nullable(),
  newSince: moment.nullable(),
  left: whole,
});

/** The key of a person; null where they never began to set one up. */
export const codeKeyOf = async (db: Knex, person: string): Promise<StoredCodeKey | null> => {
  const [found] = await rowsOf(
    stored,
    db.raw(
      `select k.since, k.new_sealed as "newSealed", k.new_since as "newSince",
         (select count(*)::int from recovery_codes r where r.person_id = k.person_id and r.used_at is null) as left
         from code_keys k where k.person_id = ?`,
      [person],
    ),
  );
  if (!found) return null;
  const { newSealed, newSince, left, since } = found;
  return {
    since,
    begun: newSealed && newSince && { sealed: newSealed, since: newSince },
    recoveryCodesLeft: left,
  };
};

/** Keeps a key that is being set up, in place of an earlier one that was not confirmed. */
export const beginCodeKey = async (
  trx: Knex.Transaction,
  { person, sealed, at }: { readonly person: string; readonly sealed: Buffer; readonly at: Date },
): Promise<void> => {
  await trx('code_keys')
    .insert({ person_id: person, new_sealed: sealed, new_since: at })
    .onConflict('person_id')
    .merge(['new_sealed', 'new_since']);
};

/** Nobody else changes the key of that person until the transaction ends. */
export const lockCodeKey = async (trx: Knex.Transaction, person: string): Promise<void> => {
  await trx('code_keys').where({ person_id: person }).forUpdate().select('person_id');
};

const notAsked = { removal_asked_by: null, removal_asked_at: null, removal_reasons: null };

/**
 * Takes the key that was set up into use, in place of the one before, whose removal nobody needs any more.
 * @param step the period whose code confirmed it: that code is used up
 */
export const confirmCodeKey = async (
  trx: Knex.Transaction,
  {
    person,
    sealed,
    step,
    at,
  }: { readonly person: string; readonly sealed: Buffer; readonly step: number; readonly at: Date },
): Promise<void> => {
  await trx('code_keys')
    .where({ person_id: person })
    .update({
      sealed,
      since: at,
      last_step: step,
      new_sealed: null,
      new_since: null,
      ...notAsked,
    });
};

/** Asks for the removal of a key that is in use, and of all else that its owner proves themselves by; of somebody without a key, of that. */
export const askKeyRemoval = async (
  trx: Knex.Transaction,
  {
    person,
    by,
    reasons,
    at,
  }: { readonly person: string; readonly by: string; readonly reasons: string; readonly at: Date },
): Promise<void> => {
  await trx('code_keys').insert({ person_id: person }).onConflict('person_id').ignore();
  await trx('code_keys')
    .where({ person_id: person })
    .update({ removal_asked_by: by, removal_asked_at: at, removal_reasons: reasons });
};

export const withdrawKeyRemoval = async (trx: Knex.Transaction, person: string): Promise<void> => {
  await trx('code_keys').where({ person_id: person }).update(notAsked);
};

/** Deletes the key, the recovery codes, the passkeys and the binding of a person, since somebody else than who asked for it confirms it. */
export const removeCodeKey = async (
  trx: Knex.Transaction,
  { person, by }: { readonly person: string; readonly by: string },
): Promise<void> => {
  const key = () => trx('code_keys').where({ person_id: person });
  await key().update({ removal_confirmed_by: by });
  const passkeys = () => trx('passkeys').where({ person_id: person });
  await passkeys().update({ removed_by: by });
  await passkeys().delete();
  await trx('provider_bindings').where({ person_id: person }).delete();
  await key().delete();
};

/** Uses the code of that period up. @returns false where it, or a later one, was used before, or the key is another */
export const useStep = async (
  trx: Knex.Transaction,
  { person, sealed, step }: { readonly person: string; readonly sealed: Buffer; readonly step: number },
): Promise<boolean> => {
  const used = await trx('code_keys')
    .where({ person_id: person, sealed })
    .where((either) => void either.whereNull('last_step').orWhere('last_step', '<', step))
    .update({ last_step: step });
  return used > 0;
};

/** Makes these the recovery codes of a person, in place of all before. @param hashes one for each code */
export const replaceRecoveryCodes = async (
  trx: Knex.Transaction,
  { person, hashes, at }: { readonly person: string; readonly hashes: readonly Buffer[]; readonly at: Date },
): Promise<void> => {
  await trx('recovery_codes').where({ person_id: person }).delete();
  await trx('recovery_codes').insert(
    hashes.map((hash) => ({ person_id: person, code_hash: hash, made_at: at })),
  );
};

/** Uses a recovery code up. @returns false where there is none of that hash, or it was used before */
export const useRecoveryCode = async (
  trx: Knex.Transaction,
  { person, hash, at }: { readonly person: string; readonly hash: Buffer; readonly at: Date },
): Promise<boolean> => {
  const used = await trx('recovery_codes')
    .where({ person_id: person, code_hash: hash })
    .whereNull('used_at')
    .update({ used_at: at });
  return used > 0;
};
