import type { Knex } from 'knex';
import { z } from 'zod';
import type { PasswordLink } from '../../policies/account/link.js';
import { hasWayIn } from '../core/enters.js';
import { idOnly, moment, rowsOf } from '../core/rows/rows-of.js';

/** SQL: whether a link was sent to the person `p` that still works at that time. */
export const hasLink = (at: string): string => `exists (select from password_links l
  where l.person_id = p.id and l.used_at is null and l.expires_at > ${at})`;

export interface NewLink {
  readonly id: string;
  readonly tokenHash: Buffer;
  readonly at: Date;
  readonly expiresAt: Date;
}

/** SQL: whether the person `p` was sent a link to their address of today, and has not used it. */
const wasSentLink = `exists (select from password_links l where l.person_id = p.id and l.used_at is null)`;

/**
 * Adds a link for that person; none where there is no such person, or the account is suspended. One that was asked for goes to
 * nobody whom no person of the council has invited: a line in a register opens no account.
 * @returns whether there is one now
 */
export const addLink = async (
  trx: Knex.Transaction,
  personId: string | null,
  { id, tokenHash, at, expiresAt }: NewLink,
  { invitedOnly = false } = {},
): Promise<boolean> => {
  const added = await rowsOf(
    idOnly,
    trx.raw(
      `insert into password_links (id, person_id, token_hash, made_at, expires_at)
       select :id::uuid, p.id, :tokenHash::bytea, :at::timestamptz, :expiresAt::timestamptz
         from people p where p.id = :personId::uuid and p.suspended_at is null
           and (not :invitedOnly::boolean or ${hasWayIn} or ${wasSentLink})
       returning id`,
      { id, personId, tokenHash, at, expiresAt, invitedOnly },
    ),
  );
  return added.length > 0;
};

/** A link with the person that it is for. */
export interface FoundLink extends PasswordLink {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  /** Whether it is the account for emergencies. */
  readonly breakGlass: boolean;
}

const stored: z.ZodType<FoundLink> = z.strictObject({
  id: z.string(),
  personId: z.string(),
  name: z.string(),
  email: z.string(),
  breakGlass: z.boolean(),
  expiresAt: moment,
  usedAt: moment.nullable(),
  suspended: z.boolean(),
});

/** The link of that hash; null where no link has it. */
export const findLink = async (db: Knex, tokenHash: Buffer): Promise<FoundLink | null> => {
  const [found] = await rowsOf(
    stored,
    db.raw(
      `select l.id, p.id as "personId", p.name, p.email, p.break_glass as "breakGlass", l.expires_at as "expiresAt", l.used_at as "usedAt",
         p.suspended_at is not null as suspended
         from password_links l join people p on p.id = l.person_id where l.token_hash = ?`,
      [tokenHash],
    ),
  );
  return found ?? null;
};

/**
 * Uses a link up, and with it every other one of that person that still works. Nobody is signing in to the account from
 * here to the end of the transaction: who came first is committed.
 * @returns whether it still worked
 */
export const useLink = async (
  trx: Knex.Transaction,
  { id, personId }: Pick<FoundLink, 'id' | 'personId'>,
  at: Date,
): Promise<boolean> => {
  const used = await trx('password_links')
    .whereRaw('person_id = (select p.id from people p where p.id = ? for no key update)', [personId])
    .whereNull('used_at')
    .where('expires_at', '>', at)
    .update({ used_at: at })
    .returning('id');
  return used.some((row) => row.id === id);
};
