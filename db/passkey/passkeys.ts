/** The passkeys of people: the public half of each, and when it was used last. */
import type { Knex } from 'knex';
import { z } from 'zod';
import { bytes, moment, rowsOf } from '../core/rows/rows-of.js';
import { whole } from '../core/rows/stored.js';

/** SQL: whether the person with that id has a passkey. */
export const hasPasskeySql = (id: string): string =>
  `exists (select from passkeys w where w.person_id = ${id})`;

export interface StoredPasskey {
  readonly id: string;
  readonly credentialId: Buffer;
  readonly transports: readonly string[];
  readonly backedUp: boolean;
  readonly name: string;
  readonly madeAt: Date;
  readonly lastUsedAt: Date | null;
}

const stored: z.ZodType<StoredPasskey> = z.strictObject({
  id: z.string(),
  credentialId: bytes,
  transports: z.array(z.string()),
  backedUp: z.boolean(),
  name: z.string(),
  madeAt: moment,
  lastUsedAt: moment.nullable(),
});

/** The passkeys of a person, the oldest first. */
export const passkeysOf = (db: Knex, person: string): Promise<StoredPasskey[]> =>
  rowsOf(
    stored,
    db('passkeys')
      .where('person_id', person)
      .orderBy(['made_at', 'id'])
      .select(
        'id',
        'credential_id as credentialId',
        'transports',
        'backed_up as backedUp',
        'name',
        'made_at as madeAt',
        'last_used_at as lastUsedAt',
      ),
  );

/** Nobody else adds a passkey for that person, or removes one of theirs, until the transaction ends. */
export const lockPasskeys = async (trx: Knex.Transaction, person: string): Promise<void> => {
  await trx('people').where({ id: person }).forNoKeyUpdate().select('id');
};

/** A passkey by its credential, with whose it is: what is needed to see that it signed. */
export interface PasskeyInUse {
  readonly id: string;
  readonly person: string;
  /** The address with which its owner signs in. */
  readonly email: string;
  readonly credentialId: Buffer;
  /** In COSE. */
  readonly publicKey: Buffer;
  readonly counter: number;
}

const inUse: z.ZodType<PasskeyInUse> = z.strictObject({
  id: z.string(),
  person: z.string(),
  email: z.string(),
  credentialId: bytes,
  publicKey: bytes,
  counter: whole,
});

/** The passkey of that credential; null where there is none. */
export const passkeyByCredential = async (db: Knex, credentialId: Buffer): Promise<PasskeyInUse | null> => {
  const [found] = await rowsOf(
    inUse,
    db('passkeys as w')
      .join('people as p', 'p.id', 'w.person_id')
      .where('w.credential_id', credentialId)
      .select(
        'w.id',
        'w.person_id as person',
        'p.email',
        'w.credential_id as credentialId',
        'w.public_key as publicKey',
        'w.counter',
      ),
  );
  return found ?? null;
};

export interface NewPasskey {
  readonly id: string;
  readonly person: string;
  readonly credentialId: Buffer;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly backedUp: boolean;
  readonly name: string;
  readonly at: Date;
}

/** Adds a passkey. @returns false where its credential is somebody’s already */
export const addPasskey = async (
  trx: Knex.Transaction,
  { id, person, credentialId, publicKey, counter, transports, backedUp, name, at }: NewPasskey,
): Promise<boolean> => {
  const added = await rowsOf(
    z.strictObject({ id: z.string() }),
    trx('passkeys')
      .insert({
        id,
        person_id: person,
        credential_id: credentialId,
        public_key: publicKey,
        counter,
        transports: [...transports],
        backed_up: backedUp,
        name,
        made_at: at,
      })
      .onConflict('credential_id')
      .ignore()
      .returning('id'),
  );
  return added.length > 0;
};

/** Notes that a passkey was used, if its counter is still the one that was judged. @returns false where it is not */
export const noteUse = async (
  trx: Knex.Transaction,
  {
    id,
    before,
    counter,
    backedUp,
    at,
  }: {
    readonly id: string;
    readonly before: number;
    readonly counter: number;
    readonly backedUp: boolean;
    readonly at: Date;
  },
): Promise<boolean> => {
  const used = await trx('passkeys')
    .where({ id, counter: before })
    .update({ counter, backed_up: backedUp, last_used_at: at });
  return used > 0;
};

/** Removes a passkey of a person, as they wish. @returns false where they have none of that id */
export const removePasskey = async (
  trx: Knex.Transaction,
  { id, person }: { readonly id: string; readonly person: string },
): Promise<boolean> => {
  const one = () => trx('passkeys').where({ id, person_id: person });
  await one().update({ removed_by: person });
  return (await one().delete()) > 0;
};
