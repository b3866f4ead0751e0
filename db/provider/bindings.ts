/** Which account somebody whom the provider knows has here: by issuer and subject, and one account for each there. */
import type { Knex } from 'knex';
import { z } from 'zod';
import { firstOf } from '../core/rows/first-of.js';
import { idOnly, rowsOf } from '../core/rows/rows-of.js';
import { hasPasskeySql } from '../passkey/passkeys.js';
import { hasCodesSql } from '../proof/code-keys.js';

/** Somebody as the provider names them. */
export interface KnownAs {
  readonly issuer: string;
  readonly subject: string;
}

/** An account here, and the provider that is asked about. */
interface Account {
  readonly person: string;
  readonly issuer: string;
}

/** The account that is bound to them; null where none is. */
export const boundTo = async (db: Knex, { issuer, subject }: KnownAs): Promise<string | null> => {
  const [found] = await rowsOf(
    idOnly,
    db('provider_bindings').where({ issuer, subject }).select('person_id as id'),
  );
  return found?.id ?? null;
};

/** SQL: whether the person with that id is bound to somebody, at whatever provider. */
export const isBoundSql = (id: string): string =>
  `exists (select from provider_bindings b where b.person_id = ${id})`;

const isBoundAt = `exists (select from provider_bindings b where b.person_id = p.id and b.issuer = :issuer)`;

/**
 * Whether somebody has come in to that account in another way: with a password, an app for codes, a passkey, or at a
 * provider that the council had before.
 */
export const isInUse = async (db: Knex, { person, issuer }: Account): Promise<boolean> => {
  const [found] = await rowsOf(
    idOnly,
    db.raw(
      `select p.id from people p where p.id = :person
         and (p.password_hash is not null or ${hasCodesSql('p.id')} or ${hasPasskeySql('p.id')}
           or exists (select from provider_bindings b where b.person_id = p.id and b.issuer <> :issuer))`,
      { person, issuer },
    ),
  );
  return found !== undefined;
};

const ways = z.strictObject({ isBound: z.boolean(), breakGlass: z.boolean() });

/** Whether an account is bound to somebody there, and whether it is the one for emergencies. */
export const readWays = async (db: Knex, { person, issuer }: Account): Promise<z.infer<typeof ways>> =>
  firstOf(
    await rowsOf(
      ways,
      db.raw(
        `select p.break_glass as "breakGlass",
           ${isBoundAt} as "isBound" from people p where p.id = :person`,
        { person, issuer },
      ),
    ),
  );

/** Whether there is an account for emergencies that could be used: one with a password, which is not suspended. */
export const isSomebodyForEmergencies = async (db: Knex): Promise<boolean> => {
  const found = await db('people')
    .where({ break_glass: true, suspended_at: null })
    .whereNotNull('password_hash')
    .first('id');
  return found !== undefined;
};

/**
 * The account with exactly that address that may be bound by it: bound to nobody there, not suspended, and not the one for
 * emergencies. It stays so until the transaction ends.
 */
export const accountToBind = async (
  trx: Knex.Transaction,
  { email, issuer }: { readonly email: string; readonly issuer: string },
): Promise<string | null> => {
  const [found] = await rowsOf(
    idOnly,
    trx.raw(
      `select p.id from people p where p.email = :email and p.suspended_at is null and not p.break_glass
         and not ${isBoundAt} for no key update of p`,
      { email, issuer },
    ),
  );
  return found?.id ?? null;
};

/** How somebody showed that an account is theirs. */
export type BoundBy = 'invitation' | 'email';

/** Binds an account. @returns false where the account is bound there already, or who it was to be bound to */
export const bind = async (
  trx: Knex.Transaction,
  {
    person,
    issuer,
    subject,
    by,
    at,
  }: KnownAs & { readonly person: string; readonly by: BoundBy; readonly at: Date },
): Promise<boolean> => {
  const made = await rowsOf(
    z.strictObject({ person_id: z.string() }),
    trx('provider_bindings')
      .insert({ person_id: person, issuer, subject, bound_by: by, bound_at: at })
      .onConflict()
      .ignore()
      .returning('person_id'),
  );
  return made.length > 0;
};
