import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { Knex } from 'knex';
import { append } from '../../db/audit/append.js';
import { inTransaction } from '../../db/core/connection.js';
import { credentialsByEmail, loadActor } from '../../db/people/people.js';
import { londonDate } from '../../policies/core/time/london.js';
import type { Actor } from '../../policies/people/actor.js';
import type { Attempts } from './attempts.js';

export interface SignInDeps {
  readonly db: Knex;
  readonly now: () => Date;
  readonly attempts: Attempts;
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly ip: string;
}

/**
 * Checks an e-mail address and a password, and records the outcome on the trail, never the typed text. An unknown
 * address, a wrong password and a suspended account get the same refusal and take the same time.
 *
 * @returns the person; null if they do not match
 * @throws ProtocolError 429 after too many failures
 */
export const signIn = (
  { db, now, attempts }: SignInDeps,
  { email, password, ip }: Credentials,
): Promise<Actor | null> =>
  attempts.limited({ email, ip }, async () => {
    const account = await credentialsByEmail(db, email);
    const matches = await verify(account?.passwordHash ?? (await nobodysHash()), password);
    const accepted = account !== null && matches && !account.suspended;
    const actor = accepted ? await loadActor(db, account.id, londonDate(now())) : null;
    await inTransaction(db, (trx) =>
      append(trx, {
        type: actor ? 'session.signed_in' : 'session.failed',
        at: now(),
        actor: actor?.id ?? 'system',
        actorName: actor?.name ?? 'system',
        office: null,
        capacity: null,
        subject: account?.id ?? 'unknown',
      }),
    );
    return actor;
  });

/** A hash that no password matches, made as the others are, so that checking it takes as long. */
export const nobodysHash = (): Promise<string> => (made ??= hash(randomBytes(32)));
let made: Promise<string> | undefined;
