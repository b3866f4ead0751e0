import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { append } from '../../db/audit/append.js';
import { notifyLast } from '../../db/core/closing.js';
import { inTransaction } from '../../db/core/connection.js';
import {
  addPerson,
  findAccount,
  giveFirstOffice,
  isSomebodyKeeping,
  lockFirstAccounts,
  markBreakGlass,
} from '../../db/account/first-accounts.js';
import { addLink } from '../../db/account/links.js';
import type { FirstOffice } from '../../policies/account/first-account.js';
import { linkEnds } from '../../policies/account/link.js';
import { accountRecovered } from '../../policies/account/notices.js';
import { createAccount as command } from '../../policies/account/commands.js';
import { assertUnhindered } from '../../policies/permission/permit.js';
import { londonDate } from '../../policies/core/time/london.js';
import { hashOfToken, randomToken } from '../case/links.js';
import { noticeToSend } from '../case/notify.js';

export interface MakingAccount {
  readonly name: string;
  readonly email: string;
  readonly office: FirstOffice;
  /** Whether it is to be the account for emergencies, in place of any other. */
  readonly breakGlass: boolean;
  /** Who recovers the service, and why; null where nobody can sign in as an administrator yet. */
  readonly recovery: { readonly by: string; readonly reasons: string } | null;
  /** The user of the operating system who runs the command. */
  readonly systemUser: string;
}

/**
 * Anyone who runs the machine makes the account of the first administrator or the first Monitoring Officer, or a new link to
 * its password. Once an administrator can sign in, or who holds the office that is asked for, it is refused unless it
 * recovers the service. Every administrator and every Monitoring Officer hear of it, those who can sign in and those who cannot.
 * @returns what the link holds with which the person sets their password: it is kept nowhere
 * @throws Conflict
 */
export const createAccount = (
  { db, now }: { readonly db: Knex; readonly now: () => Date },
  { name, email, office, breakGlass, recovery, systemUser }: MakingAccount,
): Promise<string> =>
  inTransaction(db, async (trx) => {
    await lockFirstAccounts(trx);
    const at = now();
    const known = await findAccount(trx, email, londonDate(at));
    const isKept = await isSomebodyKeeping(trx, ['administrator', office], londonDate(at));
    const recovers = recovery !== null;
    assertUnhindered(command, { kind: 'Account', office, known, isKept, recovers, breakGlass }, {});
    const personId = known?.id ?? (await addPerson(trx, { name, email, at }));
    await giveFirstOffice(trx, personId, office, londonDate(at));
    if (breakGlass) await markBreakGlass(trx, personId);
    const token = randomToken();
    const link = { id: randomUUID(), tokenHash: hashOfToken(token), at, expiresAt: linkEnds(at) };
    await addLink(trx, personId, link);
    const entry = await append(trx, {
      type: 'account.created',
      at,
      actor: 'system',
      actorName: `The operating-system user ${systemUser}`,
      office: null,
      capacity: null,
      subject: `person:${personId}`,
      decision: { office, recovery: recovers, ...(breakGlass && { breakGlass }) },
      ...(recovery ? { reasons: `${recovery.by}: ${recovery.reasons}` } : {}),
    });
    notifyLast(trx, noticeToSend(entry, accountRecovered(), at));
    return token;
  });
