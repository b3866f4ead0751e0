/** The members of the register who may be sent a link to set their password, all at once. */
import type { Knex } from 'knex';
import { z } from 'zod';
import { idOnly, rowsOf } from '../core/rows/rows-of.js';
import { asJson, storedAs, whole } from '../core/rows/stored.js';
import { hasWayIn } from '../core/enters.js';
import { firstOf } from '../core/rows/first-of.js';
import { hasLink, type NewLink } from './links.js';

/** How many members of the register, by what keeps them from coming in. */
export interface MembersByAccount {
  /** They have an account and nothing else: they are sent a link. */
  readonly toInvite: number;
  /** A link was sent that still works. */
  readonly invited: number;
  readonly signIn: number;
  readonly suspended: number;
  /** The register has no address for them, and so they have no account. */
  readonly withoutAccount: number;
}

/** Those who are or will be members, each with their account. */
const members = `councillors c left join people p on p.councillor_id = c.id where c.standing <> 'former'`;

const counts: z.ZodType<MembersByAccount> = z.strictObject({
  toInvite: whole,
  invited: whole,
  signIn: whole,
  suspended: whole,
  withoutAccount: whole,
});

export const countInvitations = async (db: Knex, now: Date): Promise<MembersByAccount> => {
  const live = `p.id is not null and p.suspended_at is null`;
  const columns = `count(*) filter (where ${live} and not ${hasWayIn} and not ${hasLink('asked.at')}) as "toInvite",
    count(*) filter (where ${live} and not ${hasWayIn} and ${hasLink('asked.at')}) as invited,
    count(*) filter (where ${live} and ${hasWayIn}) as "signIn",
    count(*) filter (where p.suspended_at is not null) as suspended,
    count(*) filter (where p.id is null) as "withoutAccount" from ${members}`;
  const query = db
    .select(db.raw(asJson(columns)))
    .from(db.raw('(select ?::timestamptz as at) as asked', [now]));
  return firstOf(await rowsOf(storedAs(counts), query)).stored;
};

/** The accounts to send a link to. The register is locked before: of two who ask at once, the second finds the links of the first. */
export const accountsToInvite = async (trx: Knex.Transaction, now: Date): Promise<readonly string[]> => {
  const rows = await rowsOf(
    idOnly,
    trx.raw(
      `select p.id from ${members} and p.id is not null and p.suspended_at is null and not ${hasWayIn}
         and not ${hasLink('?::timestamptz')} order by p.id for no key update of p`,
      [now],
    ),
  );
  return rows.map(({ id }) => id);
};

/** Adds a link for each of these people, in one statement. */
export const addLinks = async (
  trx: Knex.Transaction,
  links: readonly (NewLink & { readonly personId: string })[],
): Promise<void> => {
  if (links.length === 0) return;
  await trx('password_links').insert(
    links.map(({ id, personId, tokenHash, at, expiresAt }) => ({
      id,
      person_id: personId,
      token_hash: tokenHash,
      made_at: at,
      expires_at: expiresAt,
    })),
  );
};
