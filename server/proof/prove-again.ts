import { verify } from '@node-rs/argon2';
import type { Knex } from 'knex';
import { notifyLast } from '../../db/core/closing.js';
import { inTransaction } from '../../db/core/connection.js';
import { credentialsByEmail, type Credentials } from '../../db/people/people.js';
import { proveSession } from '../../db/people/sessions.js';
import { codesChanged } from '../../policies/proof/notices.js';
import { kindsThatCount, type Proof, type ProofKind } from '../../policies/proof/proof.js';
import { signInSlowed } from '../../policies/people/notices.js';
import { NotFound } from '../../policies/core/refusals.js';
import { invalid } from '../../policies/core/rules.js';
import type { Ctx } from '../case/ctx.js';
import { noticeToSend } from '../case/notify.js';
import { record } from '../case/record.js';
import { notSignedIn } from '../web/api/problem.js';
import type { SentProof } from './bodies.js';
import { useCode } from './follows/use-code.js';

type Typed = { readonly field: 'password' | 'code'; readonly text: string };

/** What was given, of the kind that counts for this person. @throws Invalid naming the field */
const typedOf = ({ password, code }: SentProof, hasCodes: boolean): Typed => {
  const field = kindsThatCount(hasCodes).includes('totp') ? 'code' : 'password';
  const text = field === 'code' ? code : password;
  if (text !== undefined) return { field, text };
  const message =
    field === 'code' ? 'Enter the code that your app shows, or a recovery code' : 'Enter your password';
  throw invalid('proof', [{ field, message }]);
};

const notRight = {
  password: 'This password is not right',
  code: 'This code is not right. A code works once: wait for the next one',
} as const;

/** How it proves the person; null where it does not. A password is checked before: that takes long. */
const judged = async (
  trx: Knex.Transaction,
  { proving }: Ctx,
  { id: person, codeKey: sealed }: Credentials,
  {
    given,
    at,
  }: { readonly given: { readonly code: string } | { readonly matches: boolean }; readonly at: Date },
): Promise<ProofKind | null> => {
  if ('matches' in given) return given.matches ? 'passphrase' : null;
  return sealed === null ? null : useCode(trx, proving.keys, { person, sealed, code: given.code, at });
};

const matchesOf = async ({ passwordHash }: Credentials, password: string) => ({
  matches: passwordHash !== null && (await verify(passwordHash, password)),
});

/**
 * Who is signed in proves once more that it is they: with a code if they have an app for codes, else with their password.
 * It counts in this session for a while. Tries are limited as those to sign in are, with an allowance for each session.
 * @throws Invalid by the rule `proof`; ProtocolError 429
 */
export const proveAgain = async (ctx: Ctx, sent: SentProof): Promise<Proof> => {
  const { db, actor, session, proving, now } = ctx;
  if (!session) throw notSignedIn();
  const account = await credentialsByEmail(db, actor.email);
  if (account === null) throw new NotFound();
  const typed = typedOf(sent, account.codeKey !== null);
  const who = { email: actor.email, ip: session.ip, knownBrowser: session.id };
  const proof = await proving.attempts.limited(who, async (counted) => {
    const given = typed.field === 'code' ? { code: typed.text } : await matchesOf(account, typed.text);
    return inTransaction(db, async (trx): Promise<Proof | null> => {
      const at = now();
      const by = await judged(trx, ctx, account, { given, at });
      if (by !== null && (await proveSession(trx, { session: session.id, person: actor.id }, { by, at }))) {
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
      if (await counted.isFirstBlock(trx)) {
        const entry = record(trx, ctx, null, { type: 'session.slowed', subject: actor.id });
        notifyLast(trx, noticeToSend(entry, signInSlowed(actor.id), at));
      }
      return null;
    });
  });
  if (proof === null) throw invalid('proof', [{ field: typed.field, message: notRight[typed.field] }]);
  return proof;
};
