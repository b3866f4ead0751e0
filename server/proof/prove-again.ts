import { verify } from '@node-rs/argon2';
import type { Knex } from 'knex';
import { notifyLast } from '../../db/core/closing.js';
import { inTransaction } from '../../db/core/connection.js';
import { passkeyByCredential } from '../../db/passkey/passkeys.js';
import { credentialsByEmail, type Credentials } from '../../db/people/people.js';
import { proveSession } from '../../db/people/sessions.js';
import { passkeyCopied } from '../../policies/passkey/notices.js';
import { codesChanged } from '../../policies/proof/notices.js';
import { kindsThatCount, type Proof, type ProofKind, type Registered } from '../../policies/proof/proof.js';
import { signInSlowed } from '../../policies/people/notices.js';
import { NotFound } from '../../policies/core/refusals.js';
import { passwordWorks } from '../../policies/provider/passwords.js';
import { invalid, ruleSays } from '../../policies/core/rules.js';
import type { Ctx } from '../case/ctx.js';
import { noticeToSend } from '../case/notify.js';
import { record } from '../case/record.js';
import type { SentAssertion } from '../passkey/bodies.js';
import { challengesFor } from '../passkey/follows/challenge.js';
import { usePasskey } from '../passkey/follows/use-passkey.js';
import { notSignedIn } from '../web/api/problem.js';
import type { SentProof } from './bodies.js';
import { useCode } from './follows/use-code.js';

type Given =
  | { readonly field: 'password' | 'code'; readonly text: string }
  | { readonly field: 'passkey'; readonly answer: SentAssertion };

const missing = {
  password: 'Enter your password',
  code: 'Enter the code that your app shows, or a recovery code',
  passkey: 'Use your passkey, or enter a recovery code',
} as const;

/** What was given, of the kinds that count for this person. @throws Invalid naming the field */
const givenOf = ({ password, code, passkey }: SentProof, registered: Registered): Given => {
  const kinds = kindsThatCount(registered);
  if (kinds.includes('passkey') && passkey !== undefined) return { field: 'passkey', answer: passkey };
  if (kinds.includes('recovery') && code !== undefined) return { field: 'code', text: code };
  if (kinds.includes('passphrase') && password !== undefined) return { field: 'password', text: password };
  const field = kinds.includes('passkey') ? 'passkey' : kinds.includes('totp') ? 'code' : 'password';
  throw invalid('proof', [{ field, message: missing[field] }]);
};

const notRight = {
  password: 'This password is not right',
  code: 'This code is not right. A code works once: wait for the next one',
  passkey: 'This passkey is not right. Try again, or use another of yours',
} as const;

/** What has been worked out before: a password takes long to check. */
type Checked = { readonly matches: boolean } | { readonly code: string } | { readonly answer: SentAssertion };

/** How it proves the person; null where it does not, `copied` by a passkey whose counter went back. */
const judged = async (
  trx: Knex.Transaction,
  { proving, session }: Ctx,
  { id: person, codeKey, hasPasskey }: Credentials,
  { checked, at }: { readonly checked: Checked; readonly at: Date },
): Promise<ProofKind | 'copied' | null> => {
  if ('matches' in checked) return checked.matches ? 'passphrase' : null;
  // Of who has a passkey no code of an app counts: none is used up.
  if ('code' in checked)
    return useCode(trx, proving.keys, {
      person,
      sealed: hasPasskey ? null : codeKey,
      code: checked.code,
      at,
    });
  const found = await passkeyByCredential(trx, Buffer.from(checked.answer.id, 'base64url'));
  const use = challengesFor.stepUp(session?.id ?? 'none');
  const own = found?.person === person ? found : null;
  const used = await usePasskey(trx, proving, { found: own, sent: checked.answer, use, at });
  return used === true ? 'passkey' : used || null;
};

const matchesOf = async ({ passwordHash }: Credentials, password: string) => ({
  matches: passwordHash !== null && (await verify(passwordHash, password)),
});

/**
 * Who is signed in proves once more that it is they, by the strongest kind that they have registered: a passkey, a code of
 * their app, or else their password; a recovery code stands for a passkey or a phone that is lost.
 * It counts in this session for a while. Tries are limited as those to sign in are, with an allowance for each session.
 * @throws Invalid by the rule `proof` or `passwords_off`; ProtocolError 429
 */
export const proveAgain = async (ctx: Ctx, sent: SentProof): Promise<Proof> => {
  const { db, actor, session, proving, now } = ctx;
  if (!session) throw notSignedIn();
  const account = await credentialsByEmail(db, actor.email);
  if (account === null) throw new NotFound();
  const given = givenOf(sent, { hasCodes: account.codeKey !== null, hasPasskey: account.hasPasskey });
  if (given.field === 'password' && !passwordWorks(proving.provider, account)) {
    throw invalid('passwords_off', [{ field: 'password', message: ruleSays('passwords_off') }]);
  }
  const who = { email: actor.email, ip: session.ip, knownBrowser: session.id };
  const proof = await proving.attempts.limited(who, async (counted) => {
    const checked =
      given.field === 'passkey'
        ? { answer: given.answer }
        : given.field === 'code'
          ? { code: given.text }
          : await matchesOf(account, given.text);
    return inTransaction(db, async (trx): Promise<Proof | null> => {
      const at = now();
      const by = await judged(trx, ctx, account, { checked, at });
      if (
        by !== null &&
        by !== 'copied' &&
        (await proveSession(trx, { session: session.id, person: actor.id }, { by, at }))
      ) {
        await counted.clear(trx);
        const entry = record(trx, ctx, null, {
          type: 'proof.given',
          subject: actor.id,
          decision: { proof: by },
        });
        if (by === 'recovery') notifyLast(trx, noticeToSend(entry, codesChanged(actor.id), at));
        return { by, at };
      }
      record(trx, ctx, null, { type: 'proof.failed', subject: actor.id });
      if (by === 'copied') {
        const entry = record(trx, ctx, null, { type: 'passkey.copied', subject: actor.id });
        notifyLast(trx, noticeToSend(entry, passkeyCopied(actor.id), at));
      }
      if (await counted.isFirstBlock(trx)) {
        const entry = record(trx, ctx, null, { type: 'session.slowed', subject: actor.id });
        notifyLast(trx, noticeToSend(entry, signInSlowed(actor.id), at));
      }
      return null;
    });
  });
  if (proof === null) throw invalid('proof', [{ field: given.field, message: notRight[given.field] }]);
  return proof;
};
