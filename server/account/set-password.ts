import { hash } from '@node-rs/argon2';
import { notifyLast } from '../../db/core/closing.js';
import { inTransaction } from '../../db/core/connection.js';
import { append } from '../../db/audit/append.js';
import { useLink } from '../../db/account/links.js';
import { setPassword as save } from '../../db/account/passwords.js';
import { endSessionsOf } from '../../db/people/sessions.js';
import { passwordSet } from '../../policies/account/notices.js';
import { faultOfPassphrase, ownWords } from '../../policies/account/passphrase.js';
import { passwordWorks } from '../../policies/provider/passwords.js';
import { invalid, ruleSays } from '../../policies/core/rules.js';
import type { OpenCtx } from '../web/api/route.js';
import { noticeToSend } from '../case/notify.js';
import { linkOver, openLink } from './follows/open-link.js';
import { passphraseScore } from './passphrase-score.js';

/**
 * Sets the password of the person whom the link is for. It uses the link up, and each other one of theirs; they are
 * signed out everywhere, and told.
 * @throws Invalid by the rule `link`, `passwords_off` or `passphrase`, naming the field
 */
export const setPassword = async (
  { db, now, councilName, provider }: OpenCtx,
  { token, password }: { readonly token: string; readonly password: string },
): Promise<void> => {
  const link = await openLink({ db, now }, token);
  if (!passwordWorks(provider, link)) {
    throw invalid('passwords_off', [{ field: 'password', message: ruleSays('passwords_off') }]);
  }
  const words = ownWords([link.name, link.email, councilName]);
  const fault = faultOfPassphrase(password, { score: await passphraseScore(words), words });
  if (fault !== null) throw invalid('passphrase', [{ field: 'password', message: fault }]);
  // Before the transaction: it takes long, and nobody should wait for it.
  const made = await hash(password);
  await inTransaction(db, async (trx) => {
    if (!(await useLink(trx, link, now()))) throw linkOver();
    // Later than any sign-in with the old password that was let through: its session ends.
    const at = now();
    await save(trx, link.personId, { hash: made, at });
    await endSessionsOf(trx, link.personId);
    const entry = await append(trx, {
      type: 'password.set',
      at,
      actor: link.personId,
      actorName: link.name,
      office: null,
      capacity: null,
      subject: `person:${link.personId}`,
    });
    notifyLast(trx, noticeToSend(entry, passwordSet(link.personId), at));
  });
};
