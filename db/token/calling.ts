/** Who calls with a token, and when a token was used. */
import type { Knex } from 'knex';
import { z } from 'zod';
import type { Actor } from '../../policies/people/actor.js';
import { tokenScopes, type TokenScope } from '../../policies/token/token.js';
import { inForce } from '../core/in-force.js';
import { prepared } from '../core/plans/prepared.js';
import { moment, rowsOf } from '../core/rows/rows-of.js';
import { actorColumns, actorFrom, actorSql } from '../people/people.js';
import { inForceFrom, settingsColumns, settingsSql, type InForce } from '../settings/settings.js';

/** A program that calls in the place of somebody. */
export interface Calling {
  readonly token: { readonly id: string; readonly scope: TokenScope };
  /** The owner, with the office alone with which the token was made. */
  readonly actor: Actor;
  /** When the use of the token was noted last. */
  readonly lastUsedAt: Date | null;
  readonly inForce: InForce;
}

const calls = {
  ...actorColumns,
  token_id: z.string(),
  scope: z.enum(tokenScopes),
  through: z.string(),
  used_at: moment.nullable(),
};
const nothingChosen = { revision: z.null(), mark: z.null(), choices: z.null() };
/** Who calls, and what is set: a row of `settingsSql`, or nulls in its place. */
const stored = z.union([
  z.strictObject({ ...calls, ...settingsColumns }),
  z.strictObject({ ...calls, ...nothingChosen }),
]);

/**
 * The token of that hash, its owner and the settings, in one statement: so it counts on every node at once that somebody
 * has revoked it, has suspended its owner or has ended the office.
 *
 * @param today `YYYY-MM-DD` in London
 * @param known the settings that the caller has already
 * @returns null where no token of that hash opens anything now
 */
export const callingByToken = async (
  db: Knex,
  {
    hash,
    at,
    today,
    known,
  }: { readonly hash: Buffer; readonly at: Date; readonly today: string; readonly known: InForce },
): Promise<Calling | null> => {
  const [row] = await rowsOf(
    stored,
    prepared(
      db.raw(
        `select t.id as token_id, t.scope, o.office as through, u.used_at, who.*, chosen.*
           from tokens t
           join offices_held o on o.id = t.holding_id and ${inForce('o', ':today')}
           left join runtime.token_uses u on u.token_id = t.id
           cross join lateral (${actorSql('t.person_id')}) who
           left join lateral (${settingsSql}) chosen on true
           where t.token_hash = :hash and t.ended_at is null and t.ends_at > :at`,
        { hash, at, today, known: known.mark },
      ),
    ),
  );
  if (row === undefined) return null;
  const { token_id: id, scope, through, used_at: lastUsedAt } = row;
  const owner = actorFrom(row, today);
  const holdings = owner.holdings.filter(
    ({ office, capacity }) => office === through && capacity !== 'deputy',
  );
  return {
    token: { id, scope },
    actor: { ...owner, holdings },
    lastUsedAt,
    inForce: inForceFrom(row.revision === null ? undefined : row, known),
  };
};

/** The token of that hash, whether it opens anything or not; null where there is none. */
export const tokenOfHash = async (db: Knex, hash: Buffer): Promise<string | null> => {
  const [row] = await rowsOf(
    z.strictObject({ id: z.string() }),
    db('tokens').where('token_hash', hash).select('id'),
  );
  return row?.id ?? null;
};

/** Notes when a token was used. */
export const noteUse = async (db: Knex, token: string, at: Date): Promise<void> => {
  await db.raw(
    `insert into runtime.token_uses as u (token_id, used_at) values (:token, :at)
       on conflict (token_id) do update set used_at = :at where u.used_at < :at`,
    { token, at },
  );
};
