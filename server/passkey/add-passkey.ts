import { randomUUID } from 'node:crypto';
import { inTransaction } from '../../db/core/connection.js';
import { addPasskey as store, lockPasskeys } from '../../db/passkey/passkeys.js';
import { endSessionsOf, proveSession } from '../../db/people/sessions.js';
import { lockCodeKey, withdrawKeyRemoval } from '../../db/proof/code-keys.js';
import { invalid } from '../../policies/core/rules.js';
import { addPasskey as command } from '../../policies/passkey/commands.js';
import { passkeysChanged } from '../../policies/passkey/notices.js';
import { permitOneself } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { offering } from '../case/proving/relying-party.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';
import type { SentPasskey } from './bodies.js';
import { challengesFor, challengeUsed } from './follows/challenge.js';
import { newCredentialOf, type NewCredential } from './follows/verified.js';
import { asPasskeys, readPasskeys } from './read-passkeys.js';

/**
 * Adds a passkey to one’s own account. The session counts as proved by it, and every other one of the person ends: it may have
 * been opened with the password alone. The owner gets a mail.
 * @returns its id
 * @throws Forbidden by the rule `step_up`; Conflict by `passkeys_here` and `passkeys_enough`; Invalid by `passkey`
 */
export const addPasskey = async (ctx: Ctx, { name, response }: SentPasskey): Promise<string> => {
  screened(ctx, { name });
  const { actor, session, proving } = ctx;
  const added = await inTransaction(ctx.db, async (trx): Promise<string | null> => {
    const [id, person, at] = [randomUUID(), actor.id, ctx.now()];
    await lockCodeKey(trx, person);
    await lockPasskeys(trx, person);
    permitOneself(command, ctx, asPasskeys(ctx, await readPasskeys({ ...ctx, db: trx })), {});
    const party = offering(proving.relyingParty);
    const challenge = await challengeUsed(trx, proving.keys, {
      clientDataJSON: response.response.clientDataJSON,
      use: challengesFor.adding(session?.id),
      at,
    });
    const made = challenge === null ? null : await newCredentialOf(response, { party, challenge });
    // Its challenge is used up all the same.
    if (made === null || !(await store(trx, rowOf(made)))) return null;
    // What was asked about those before is over: nobody needs it any more.
    await withdrawKeyRemoval(trx, person);
    await endSessionsOf(trx, person, session?.id ?? null);
    if (session) await proveSession(trx, { session: session.id, person }, { by: 'passkey', at });
    const entry = record(trx, ctx, null, {
      type: 'passkey.added',
      subject: person,
      decision: { passkey: id },
    });
    notify(trx, ctx, entry, passkeysChanged(person));
    return id;

    function rowOf({ counter, ...credential }: NewCredential) {
      const transports = response.response.transports ?? [];
      return { ...credential, id, person, counter, transports, name, at };
    }
  });
  if (added === null) throw invalid('passkey', [{ field: 'response', message: notRight }]);
  return added;
};

const notRight = 'This passkey could not be added. Begin again';
