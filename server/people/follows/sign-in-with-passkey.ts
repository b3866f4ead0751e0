import type { Knex } from 'knex';
import { notifyLast, recordLast, writeLast } from '../../../db/core/closing.js';
import { inTransaction } from '../../../db/core/connection.js';
import { passkeyByCredential } from '../../../db/passkey/passkeys.js';
import { keepingKnownBrowser } from '../../../db/people/known-browsers.js';
import { credentialsByEmail, enteringOwner } from '../../../db/people/people.js';
import { settingsRevision } from '../../../db/settings/settings.js';
import { londonDate } from '../../../policies/core/time/london.js';
import { passkeyCopied } from '../../../policies/passkey/notices.js';
import { passwordWorks } from '../../../policies/provider/passwords.js';
import { signInSlowed } from '../../../policies/people/notices.js';
import { hashOfToken, randomToken } from '../../case/links.js';
import { noticeToSend } from '../../case/notify.js';
import type { SentAssertion } from '../../passkey/bodies.js';
import { challengesFor } from '../../passkey/follows/challenge.js';
import { usePasskey } from '../../passkey/follows/use-passkey.js';
import { knownBrowser, type SignedInHere, type SignInDeps } from '../sign-in.js';

export interface Answer {
  readonly sent: SentAssertion;
  /** The browser that was asked. */
  readonly visitor: string;
  readonly ip: string;
  /** The token that the browser holds for the account of that address; null where it holds none. */
  readonly tokenFor: (email: string) => string | null;
}

/**
 * Signs in whose passkey answers: it stands for password and code, since its user has proved to the device who they are. The
 * outcome is on the trail. A credential that nobody has, an answer that is not right, a suspended account, and one that comes
 * in by the council’s own sign-in alone, get the same refusal, and tries are limited as those with a password are.
 *
 * @returns null if it is not right
 * @throws ProtocolError 429 where the next try is not free yet
 */
export const signInWithPasskey = async (
  { db, now, proving }: SignInDeps,
  { sent, visitor, ip, tokenFor }: Answer,
): Promise<(SignedInHere & { readonly email: string }) | null> => {
  // The session counts from before the account was looked up: a suspension from then on ends it.
  const since = now();
  const found = await passkeyByCredential(db, Buffer.from(sent.id, 'base64url'));
  const email = found?.email ?? sent.id;
  const token = found ? tokenFor(email) : null;
  const shown = token === null ? null : { token: hashOfToken(token), at: since };
  const account = await credentialsByEmail(db, email, shown);
  const isKnown = account?.known === true;
  const who = { email, ip, knownBrowser: isKnown ? token : null };
  return proving.attempts.limited(who, async (counted) => {
    const settings = await settingsRevision(db);
    return inTransaction(db, async (trx) => {
      const at = now();
      const use = challengesFor.signIn(visitor);
      const used = await usePasskey(trx, proving, { found, sent, use, at });
      const isLet = used === true && account !== null && passwordWorks(proving.provider, account);
      const actor = isLet ? await enteringOwner(trx, account.id, londonDate(at)) : null;
      const entry = {
        at,
        settings,
        actor: actor?.id ?? 'system',
        actorName: actor?.name ?? 'system',
        office: null,
        capacity: null,
        subject: account?.id ?? 'unknown',
      };
      if (actor !== null) {
        recordLast(trx, { ...entry, type: 'session.signed_in', decision: { proof: 'passkey' } });
        await counted.clear(trx);
        const fresh = isKnown ? null : randomToken();
        if (fresh !== null) writeLast(trx, keepingKnownBrowser(trx, knownBrowser(actor.id, fresh, at)));
        return { actor, newToken: fresh, since, by: 'passkey' as const, email };
      }
      recordLast(trx, { ...entry, type: 'session.failed' });
      if (used === 'copied') tellOf(trx, entry, 'passkey.copied');
      if (await counted.isFirstBlock(trx)) tellOf(trx, entry, 'session.slowed');
      return null;
    });
  });

  function tellOf(
    trx: Knex.Transaction,
    entry: Omit<Parameters<typeof recordLast>[1], 'type'>,
    type: 'passkey.copied' | 'session.slowed',
  ): void {
    const because = recordLast(trx, { ...entry, type });
    const notice =
      type === 'session.slowed' ? signInSlowed(account?.id ?? null) : found && passkeyCopied(found.person);
    if (notice) notifyLast(trx, noticeToSend(because, notice, entry.at));
  }
};
