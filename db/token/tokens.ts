/** Tokens of programs. Of the secret there is the hash alone. */
import type { Knex } from 'knex';
import { z } from 'zod';
import type { AppAbility } from '../../policies/permission/ability.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { Office } from '../../policies/core/office.js';
import {
  tokenEnds,
  tokenScopes,
  type Token,
  type TokenFacts,
  type TokenScope,
} from '../../policies/token/token.js';
import { plainly, type Ask } from '../core/ask.js';
import { inForce } from '../core/in-force.js';
import { moment, rowsOf } from '../core/rows/rows-of.js';
import { whole } from '../core/rows/stored.js';
import { visible, type Columns } from '../core/visible.js';

/** A token as it is on record. */
export interface TokenRow extends Token, TokenFacts {
  readonly id: string;
  /** Its place in the list. */
  readonly seq: number;
  readonly name: string;
  readonly owner: string;
  readonly madeAt: Date;
  readonly lastUsedAt: Date | null;
  readonly endedAt: Date | null;
  /** The name of the person who revoked it. */
  readonly endedBy: string | null;
}

const columns: Columns = { personId: 't.person_id' };

const stored = z.strictObject({
  id: z.string(),
  seq: whole,
  personId: z.string(),
  scope: z.enum(tokenScopes),
  name: z.string(),
  owner: z.string(),
  madeAt: moment,
  endsAt: moment,
  lastUsedAt: moment.nullable(),
  endedAt: moment.nullable(),
  endedBy: z.string().nullable(),
  endedBecause: z.enum(tokenEnds).nullable(),
  inOffice: z.boolean(),
});

/** SQL: whether the office `o` with which a token was made counts; takes the binding `today`, `YYYY-MM-DD` in London, twice. */
const officeCounts = inForce('o', '?::date');

const load = async (
  db: Knex,
  ability: AppAbility,
  today: string,
  narrow: (query: Knex.QueryBuilder) => void,
  ask: Ask,
): Promise<TokenRow[]> => {
  const query = db('tokens as t')
    .join('people as p', 'p.id', 't.person_id')
    .join('offices_held as o', 'o.id', 't.holding_id')
    .leftJoin('runtime.token_uses as u', 'u.token_id', 't.id')
    .select(
      db.raw(
        `t.id, t.seq, t.person_id as "personId", t.scope, t.name, p.name as owner, t.made_at as "madeAt",
          t.ends_at as "endsAt", u.used_at as "lastUsedAt", t.ended_at as "endedAt",
          (select e.name from people e where e.id = t.ended_by) as "endedBy", t.ended_because as "endedBecause",
          ${officeCounts} as "inOffice"`,
        [today, today],
      ),
    );
  narrow(query);
  const rows = await ask(stored, visible(query, ability, 'read', 'Token', columns));
  return rows.map((row) => ({ ...row, kind: 'Token', ended: row.endedBecause !== null }));
};

/** The tokens that this person may read, newest first, of before the one of `before`. @param today `YYYY-MM-DD` in London */
export const listTokens = (
  db: Knex,
  ability: AppAbility,
  {
    limit,
    before,
    today,
  }: { readonly limit: number; readonly before?: number | undefined; readonly today: string },
  ask: Ask = plainly,
): Promise<TokenRow[]> =>
  load(
    db,
    ability,
    today,
    (query) => {
      void query.orderBy('t.seq', 'desc').limit(limit);
      if (before !== undefined) void query.where('t.seq', '<', before);
    },
    ask,
  );

/** One token, if this person may read it. @throws NotFound */
export const findToken = async (
  db: Knex,
  ability: AppAbility,
  { id, today }: { readonly id: string; readonly today: string },
  ask: Ask = plainly,
): Promise<TokenRow> => {
  const [token] = await load(db, ability, today, (query) => void query.where('t.id', id), ask);
  if (!token) throw new NotFound();
  return token;
};

/** The same, which nobody else ends until the transaction does. @throws NotFound */
export const lockToken = async (
  trx: Knex.Transaction,
  ability: AppAbility,
  given: { readonly id: string; readonly today: string },
): Promise<TokenRow> => {
  await trx('tokens').where('id', given.id).forNoKeyUpdate().select('id');
  return findToken(trx, ability, given);
};

/**
 * The office of theirs, by its id, that counts on that day; null without one, and where they are suspended. Neither changes
 * meanwhile.
 */
export const lockOfficeHeld = async (
  trx: Knex.Transaction,
  { person, office, today }: { readonly person: string; readonly office: Office; readonly today: string },
): Promise<string | null> => {
  const [found] = await rowsOf(
    z.strictObject({ id: z.string() }),
    trx.raw(
      `select o.id from offices_held o join people p on p.id = o.person_id and p.suspended_at is null
         where o.person_id = ? and o.office = ? and ${officeCounts} for share of o, p`,
      [person, office, today, today],
    ),
  );
  return found?.id ?? null;
};

export interface NewToken {
  readonly id: string;
  readonly person: string;
  /** The office with which it is made. */
  readonly holding: string;
  readonly name: string;
  readonly scope: TokenScope;
  readonly hash: Buffer;
  readonly at: Date;
  readonly endsAt: Date;
}

export const insertToken = async (
  trx: Knex.Transaction,
  { id, person, holding, name, scope, hash, at, endsAt }: NewToken,
): Promise<void> => {
  await trx('tokens').insert({
    id,
    person_id: person,
    holding_id: holding,
    name,
    scope,
    token_hash: hash,
    made_at: at,
    ends_at: endsAt,
  });
};

/** Whether somebody has a token of that name, in any case of letters, that has not ended. */
export const isNameInUse = async (
  trx: Knex.Transaction,
  { person, name, at }: { readonly person: string; readonly name: string; readonly at: Date },
): Promise<boolean> => {
  const [found] = await trx('tokens')
    .where({ person_id: person, ended_at: null })
    .where('ends_at', '>', at)
    .whereRaw('lower(name) = lower(?)', [name])
    .limit(1)
    .select('id');
  return found !== undefined;
};

/** Ends a token for good. */
export const revokeToken = async (
  trx: Knex.Transaction,
  { id, by, at }: { readonly id: string; readonly by: string; readonly at: Date },
): Promise<void> => {
  await trx('tokens').where({ id }).update({ ended_at: at, ended_by: by, ended_because: 'revoked' });
};
