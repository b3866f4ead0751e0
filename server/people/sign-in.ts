import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { Knex } from 'knex';
import { notifyLast, recordLast, writeLast } from '../../db/core/closing.js';
import { inTransaction } from '../../db/core/connection.js';
import { keepingKnownBrowser } from '../../db/people/known-browsers.js';
import { credentialsByEmail, enteringActor } from '../../db/people/people.js';
import { settingsRevision } from '../../db/settings/settings.js';
import { londonDate } from '../../policies/core/time/london.js';
import { accountReference, personOf } from '../../policies/core/notices.js';
import type { Actor } from '../../policies/people/actor.js';
import { knownBrowserDays } from '../../policies/people/sign-in-tries.js';
import type { Attempts } from './attempts.js';
import { hashOfToken, randomToken } from '../case/links.js';
import { noticeToSend } from '../case/notify.js';

export interface SignInDeps {
  readonly db: Knex;
  readonly now: () => Date;
  readonly attempts: Attempts;
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly ip: string;
  /** The browser, with the token that it holds for this account; null for a caller that is none. */
  readonly browser: { readonly token: string | null } | null;
}

export interface SignedInHere {
  readonly actor: Actor;
  /** For a browser in which this account has not signed in before; null for one in which it has. */
  readonly newToken: string | null;
  /** From when the session counts. */
  readonly since: Date;
}

/**
 * Checks an e-mail address and a password, and records the outcome on the trail, never the typed text. An unknown
 * address, a wrong password and a suspended account get the same refusal and take the same time: each sends the same
 * statements.
 *
 * @returns null if they do not match
 * @throws ProtocolError 429 where the next try is not free yet
 */
export const signIn = async (
  { db, now, attempts }: SignInDeps,
  { email, password, ip, browser }: Credentials,
): Promise<SignedInHere | null> => {
  const token = browser?.token ?? null;
  // The session counts from before the password was looked up: a change of it from then on ends the session.
  const since = now();
  const shown = token === null ? null : { token: hashOfToken(token), at: since };
  const account = await credentialsByEmail(db, email, shown);
  const isKnown = account?.known === true;
  return attempts.limited({ email, ip, knownBrowser: isKnown ? token : null }, async (counted) => {
    const matches = await verify(account?.passwordHash ?? (await nobodysHash()), password);
    const accepted = account !== null && matches && !account.suspended;
    const settings = await settingsRevision(db);
    return inTransaction(db, async (trx) => {
      const actor = accepted ? await enteringActor(trx, account, londonDate(now())) : null;
      const fresh = actor && browser && !isKnown ? randomToken() : null;
      const entry = {
        at: now(),
        settings,
        actor: actor?.id ?? 'system',
        actorName: actor?.name ?? 'system',
        office: null,
        capacity: null,
        subject: account?.id ?? 'unknown',
      };
      recordLast(trx, { ...entry, type: actor ? 'session.signed_in' : 'session.failed' });
      if (actor) {
        counted.clear(trx);
        if (fresh !== null) writeLast(trx, keepingKnownBrowser(trx, knownBrowser(actor.id, fresh, now())));
      } else if (await counted.isFirstBlock(trx)) {
        const because = recordLast(trx, { ...entry, type: 'session.slowed' });
        warnOwner(trx, account?.id ?? null, because, now());
      }
      return actor && { actor, newToken: fresh, since };
    });
  });
};

const knownBrowser = (person: string, token: string, at: Date) => ({
  person,
  tokenHash: hashOfToken(token),
  ends: new Date(at.getTime() + knownBrowserDays * 24 * 60 * 60 * 1000),
});

/** Tells the owner of the account, once for each block that is recorded. An unknown address has none. */
const warnOwner = (trx: Knex.Transaction, person: string | null, because: string, at: Date): void =>
  notifyLast(
    trx,
    noticeToSend(
      because,
      {
        kind: 'sign_in_slowed',
        reference: accountReference,
        action: 'read',
        due: null,
        to: personOf(person),
      },
      at,
    ),
  );

/** A hash that no password matches, made as the others are, so that checking it takes as long. */
export const nobodysHash = (): Promise<string> => (made ??= hash(randomBytes(32)));
let made: Promise<string> | undefined;
