import { inTransaction } from '../../db/core/connection.js';
import { confirmCodeKey, lockCodeKey, replaceRecoveryCodes } from '../../db/proof/code-keys.js';
import { endSessionsOf, proveSession } from '../../db/people/sessions.js';
import { codesChanged } from '../../policies/proof/notices.js';
import { invalid } from '../../policies/core/rules.js';
import { permitOneself } from '../../policies/permission/permit.js';
import { confirmCodes as command } from '../../policies/proof/commands.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { stepOfCode, typedCode } from './codes.js';
import { asCodeKey, newKeyIn, readCodes } from './read-codes.js';
import { keyOf } from './follows/use-code.js';
import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-codes.js';

const wrong = 'This code is not right. Check that your phone shows the right time, and enter the next code';

/** The period of a code; null where it is none. */
const stepOf = (key: string | null, code: string, at: Date): number | null => {
  const typed = typedCode(code);
  return key === null || typed === null ? null : stepOfCode(key, typed, at);
};

/**
 * Takes the app into use with its first code, in place of one before, and makes recovery codes. The session counts as
 * proved by that code, and every other one of the person ends; the owner gets a mail.
 * @returns the recovery codes, which nobody can show again
 * @throws Forbidden by the rule `step_up`; Conflict by the rule `codes`; Invalid by the rule `proof`
 */
export const confirmCodes = (ctx: Ctx, code: string): Promise<readonly string[]> =>
  inTransaction(ctx.db, async (trx) => {
    const { actor, session, proving } = ctx;
    const [person, at] = [actor.id, ctx.now()];
    await lockCodeKey(trx, person);
    const found = await readCodes({ ...ctx, db: trx });
    permitOneself(command, ctx, asCodeKey(ctx, found), {});
    const key = newKeyIn(ctx, found);
    const step = stepOf(key, code, at);
    if (key === null || step === null) throw invalid('proof', [{ field: 'code', message: wrong }]);
    const codes = newRecoveryCodes();
    await confirmCodeKey(trx, { person, sealed: proving.keys.close(key, keyOf(person)), step, at });
    // A session that was opened with the password alone is over.
    await endSessionsOf(trx, person, session?.id ?? null);
    await replaceRecoveryCodes(trx, { person, hashes: codes.map(hashOfRecoveryCode), at });
    if (session) await proveSession(trx, { session: session.id, person }, { by: 'totp', at });
    const entry = record(trx, ctx, null, { type: 'codes.confirmed', subject: person });
    notify(trx, ctx, entry, codesChanged(person));
    return codes;
  });
