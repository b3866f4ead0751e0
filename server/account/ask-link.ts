import { randomUUID } from 'node:crypto';
import { append } from '../../db/audit/append.js';
import { notifyLast } from '../../db/core/closing.js';
import { inTransaction } from '../../db/core/connection.js';
import { countAsked } from '../../db/account/asked.js';
import { addLink } from '../../db/account/links.js';
import { findPerson } from '../../db/people/people.js';
import { countsUntil, mayAskAgain } from '../../policies/account/asking.js';
import { linkEnds } from '../../policies/account/link.js';
import { passwordLink } from '../../policies/account/notices.js';
import { hashOfToken } from '../case/links.js';
import type { OpenCtx } from '../web/api/route.js';
import { sourceOf } from '../web/source.js';
import { noticeToSend } from '../case/notify.js';

/**
 * Somebody has forgotten their password: a link goes to that address by mail, if it is one of ours, of an account that is in
 * use or whose owner was invited. An address that
 * nobody has takes the same statements and leaves an entry too, so that neither words nor time tell the two apart. Who
 * asks too often, for one address or from one source, gets the same answer and nothing happens.
 */
export const askLink = async (
  { db, now, links }: OpenCtx,
  { email, ip }: { readonly email: string; readonly ip: string },
): Promise<void> => {
  const at = now();
  const keys = {
    address: links.keyed('address', email.toLowerCase()),
    source: links.keyed('source', sourceOf(ip)),
  };
  const counts = await countAsked(db, Object.values(keys), { now: at, until: countsUntil(at) });
  const times = (key: string) => counts.find((each) => each.key === key)?.times ?? 0;
  if (!mayAskAgain({ address: times(keys.address), source: times(keys.source) })) return;

  await inTransaction(db, async (trx) => {
    const person = await findPerson(trx, email);
    const id = randomUUID();
    const tokenHash = hashOfToken(links.tokenOf(id));
    const link = { id, tokenHash, at, expiresAt: linkEnds(at) };
    const isSent = await addLink(trx, person?.id ?? null, link, { invitedOnly: true });
    const entry = await append(trx, {
      type: 'password.forgotten',
      at,
      actor: 'system',
      actorName: 'Somebody who was not signed in',
      office: null,
      capacity: null,
      subject: person ? `person:${person.id}` : 'unknown',
    });
    // To nobody where nobody has that address, or has been invited: the statement is the same.
    const to = isSent && person ? person.id : randomUUID();
    notifyLast(trx, noticeToSend(entry, passwordLink(to, id), at));
  });
};
