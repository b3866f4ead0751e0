import { hash, verify } from '@node-rs/argon2';
import { setPassword } from '../../db/account/passwords.js';
import { notifyLast } from '../../db/core/closing.js';
import { inTransaction } from '../../db/core/connection.js';
import { credentialsByEmail, enteringActor } from '../../db/people/people.js';
import { endSessionsOf } from '../../db/people/sessions.js';
import { passwordChanged } from '../../policies/account/notices.js';
import { faultOfPassphrase, ownWords } from '../../policies/account/passphrase.js';
import { NotFound } from '../../policies/core/refusals.js';
import { invalid, ruleSays } from '../../policies/core/rules.js';
import { londonDate } from '../../policies/core/time/london.js';
import { signInSlowed } from '../../policies/people/notices.js';
import { passwordWorks } from '../../policies/provider/passwords.js';
import type { Ctx } from '../case/ctx.js';
import { noticeToSend } from '../case/notify.js';
import { record } from '../case/record.js';
import { notSignedIn } from '../web/api/problem.js';
import type { SentOwnPassword } from './bodies.js';
import { passphraseScore } from './passphrase-score.js';

/**
 * Who is signed in changes their own password, with the one that they have. They stay signed in here, and nowhere else;
 * browsers in which they signed in before are strangers again, and they get a mail. A try with a wrong password counts as
 * one to sign in does, with an allowance for each session.
 * @throws Invalid by the rule `passphrase`, `proof` or `passwords_off`, naming the field; ProtocolError 429
 */
export const changePassword = async (ctx: Ctx, { current, password }: SentOwnPassword): Promise<void> => {
  const { db, actor, session, proving, now } = ctx;
  if (!session) throw notSignedIn();
  const account = await credentialsByEmail(db, actor.email);
  if (account === null) throw new NotFound();
  if (!passwordWorks(proving.provider, account)) {
    throw invalid('passwords_off', [{ field: 'current', message: ruleSays('passwords_off') }]);
  }
  const words = ownWords([actor.name, actor.email, proving.councilName]);
  const fault =
    password === current
      ? 'Enter a password other than the one that you have'
      : faultOfPassphrase(password, { score: await passphraseScore(words), words });
  if (fault !== null) throw invalid('passphrase', [{ field: 'password', message: fault }]);
  const who = { email: actor.email, ip: session.ip, knownBrowser: session.id };
  const isChanged = await proving.attempts.limited(who, async (counted) => {
    const matches = account.passwordHash !== null && (await verify(account.passwordHash, current));
    // Before the transaction: it takes long, and nobody should wait for it.
    const made = matches ? await hash(password) : null;
    return inTransaction(db, async (trx): Promise<boolean> => {
      const at = now();
      // Still the password that was checked: of two changes at once, the second was made with the one from before.
      if (made !== null && (await enteringActor(trx, account, londonDate(at))) !== null) {
        await counted.clear(trx);
        await setPassword(trx, actor.id, { hash: made, at, keeping: session.id });
        await endSessionsOf(trx, actor.id, session.id);
        const entry = record(trx, ctx, null, { type: 'password.changed', subject: `person:${actor.id}` });
        notifyLast(trx, noticeToSend(entry, passwordChanged(actor.id), at));
        return true;
      }
      record(trx, ctx, null, { type: 'proof.failed', subject: actor.id });
      if (await counted.isFirstBlock(trx)) {
        const entry = record(trx, ctx, null, { type: 'session.slowed', subject: actor.id });
        notifyLast(trx, noticeToSend(entry, signInSlowed(actor.id), at));
      }
      return false;
    });
  });
  if (!isChanged) throw invalid('proof', [{ field: 'current', message: 'This password is not right' }]);
};
