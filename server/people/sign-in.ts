import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { Knex } from 'knex';
import { notifyLast, recordLast, writeLast } from '../../db/core/closing.js';
import { inTransaction } from '../../db/core/connection.js';
import { keepingKnownBrowser } from '../../db/people/known-browsers.js';
import { credentialsByEmail, enteringActor, type Credentials as Account } from '../../db/people/people.js';
import { settingsRevision } from '../../db/settings/settings.js';
import { londonDate } from '../../policies/core/time/london.js';
import type { Notice } from '../../policies/core/notices.js';
import { codesChanged } from '../../policies/proof/notices.js';
import { passwordWorks } from '../../policies/provider/passwords.js';
import type { ProofKind } from '../../policies/proof/proof.js';
import type { Actor } from '../../policies/people/actor.js';
import { signInSlowed } from '../../policies/people/notices.js';
import { knownBrowserDays } from '../../policies/people/sign-in-tries.js';
import { hashOfToken, randomToken } from '../case/links.js';
import { noticeToSend } from '../case/notify.js';
import type { Counted, Proving } from '../case/proving/proving.js';
import { useCode } from '../proof/follows/use-code.js';
import { noteOfFirstStep, type FirstStep } from '../proof/follows/second-step.js';

export interface SignInDeps {
  readonly db: Knex;
  readonly now: () => Date;
  readonly proving: Proving;
}

/** From where somebody signs in. */
export interface From {
  readonly ip: string;
  /** The browser, with the token that it holds for this account; null for a caller that is none. */
  readonly browser: { readonly token: string | null } | null;
}

export interface Credentials extends From {
  readonly email: string;
  readonly password: string;
  /** From the app, or a recovery code. */
  readonly code?: string | undefined;
}

export interface SignedInHere {
  readonly actor: Actor;
  /** For a browser in which this account has not signed in before; null for one in which it has. */
  readonly newToken: string | null;
  /** From when the session counts. */
  readonly since: Date;
  /** How they have proved themselves. */
  readonly by: ProofKind;
}

/** The password was right, and a code or a passkey is needed: what the second step sends in place of the password. */
export interface HalfIn {
  readonly note: string;
  /** Whether a passkey of theirs would sign them in as well. */
  readonly hasPasskey: boolean;
}

/** Whether the password, or the note of a first step, is right for that account. */
type Proves = (account: Account | null) => Promise<boolean>;

/**
 * Checks an e-mail address and a password, and a code of who has an app for codes or a passkey, and records the outcome on the trail,
 * never the typed text. An unknown address, a wrong password and a suspended account get the same refusal and take the
 * same time: each sends the same statements.
 *
 * @returns null if they do not match
 * @throws ProtocolError 429 where the next try is not free yet
 */
export const signIn = (
  deps: SignInDeps,
  { email, password, code, ...from }: Credentials,
): Promise<SignedInHere | HalfIn | null> =>
  enter(deps, { email, code, from }, async (account) =>
    verify(account?.passwordHash ?? (await nobodysHash()), password),
  );

/** The second step: the same with the note of the first in place of the password. @returns null also if it is over */
export const signInWithCode = async (
  deps: SignInDeps,
  { first, code, ...from }: From & { readonly first: FirstStep; readonly code: string },
): Promise<SignedInHere | null> => {
  const found = await enter(deps, { email: first.email, code, from }, (account) =>
    Promise.resolve(first.isStill(account?.passwordHash ?? null)),
  );
  return found && 'note' in found ? null : found;
};

const enter = async (
  { db, now, proving }: SignInDeps,
  { email, code, from }: { readonly email: string; readonly code: string | undefined; readonly from: From },
  proves: Proves,
): Promise<SignedInHere | HalfIn | null> => {
  const { ip, browser } = from;
  const token = browser?.token ?? null;
  // The session counts from before the password was looked up: a change of it from then on ends the session.
  const since = now();
  const shown = token === null ? null : { token: hashOfToken(token), at: since };
  const account = await credentialsByEmail(db, email, shown);
  const isKnown = account?.known === true;
  return proving.attempts.limited({ email, ip, knownBrowser: isKnown ? token : null }, async (counted) => {
    const matches = await proves(account);
    const accepted =
      account !== null && matches && !account.suspended && passwordWorks(proving.provider, account);
    const settings = await settingsRevision(db);
    const judged = (counts: readonly Counted[]) =>
      inTransaction(db, async (trx): Promise<SignedInHere | HalfIn | null> => {
        const at = now();
        const actor = accepted ? await enteringActor(trx, account, londonDate(at)) : null;
        const asksMore = actor !== null && account !== null && hasSecond(account);
        const entry = {
          at,
          settings,
          actor: actor?.id ?? 'system',
          actorName: actor?.name ?? 'system',
          office: null,
          capacity: null,
          subject: account?.id ?? 'unknown',
        };
        if (asksMore && code === undefined) {
          // Neither right nor wrong: a guesser who has the password must not begin the count of codes anew with it.
          recordLast(trx, { ...entry, type: 'session.code_asked' });
          return {
            note: noteOfFirstStep(proving.keys, { email, passwordHash: account.passwordHash ?? '', at }),
            hasPasskey: account.hasPasskey,
          };
        }
        const by =
          actor === null || !asksMore
            ? ('passphrase' as const)
            : await useCode(trx, proving.keys, {
                person: actor.id,
                sealed: account.codeKey,
                code: code ?? '',
                at,
              });
        if (actor !== null && by !== null) {
          const because = recordLast(trx, { ...entry, type: 'session.signed_in', decision: { proof: by } });
          if (by === 'recovery') tellOwner(trx, because, codesChanged(actor.id), at);
          for (const each of counts) await each.clear(trx);
          const fresh = browser && !isKnown ? randomToken() : null;
          if (fresh !== null) writeLast(trx, keepingKnownBrowser(trx, knownBrowser(actor.id, fresh, at)));
          return { actor, newToken: fresh, since, by };
        }
        const failed = { ...entry, actor: 'system', actorName: 'system' };
        recordLast(trx, { ...failed, type: 'session.failed' });
        if (await isFirstOf(counts, trx)) {
          const because = recordLast(trx, { ...failed, type: 'session.slowed' });
          tellOwner(trx, because, signInSlowed(account?.id ?? null), at);
        }
        return null;
      });
    // Who has the password and not the phone may come from a thousand places, and has one allowance in all of them.
    return accepted && hasSecond(account) && code !== undefined && !isKnown
      ? proving.attempts.limited({ email, ip, knownBrowser: null, codes: true }, (codes) =>
          judged([counted, codes]),
        )
      : judged([counted]);
  });
};

/** Whether one of these tries makes the next one wait, for the first time that day. */
const isFirstOf = async (counts: readonly Counted[], trx: Knex.Transaction): Promise<boolean> => {
  for (const each of counts) if (await each.isFirstBlock(trx)) return true;
  return false;
};

/** Whether somebody has more to prove themselves by than their password, which alone lets nobody in then. */
const hasSecond = ({ codeKey, hasPasskey }: Account): boolean => codeKey !== null || hasPasskey;

export const knownBrowser = (person: string, token: string, at: Date) => ({
  person,
  tokenHash: hashOfToken(token),
  ends: new Date(at.getTime() + knownBrowserDays * 24 * 60 * 60 * 1000),
});

const tellOwner = (trx: Knex.Transaction, because: string, notice: Notice, at: Date): void =>
  notifyLast(trx, noticeToSend(because, notice, at));

/** A hash that no password matches, made as the others are, so that checking it takes as long. */
export const nobodysHash = (): Promise<string> => (made ??= hash(randomBytes(32)));
let made: Promise<string> | undefined;
