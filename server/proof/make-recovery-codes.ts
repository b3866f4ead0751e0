import { inTransaction } from '../../db/core/connection.js';
import { lockCodeKey, replaceRecoveryCodes } from '../../db/proof/code-keys.js';
import { codesChanged } from '../../policies/proof/notices.js';
import { permitOneself } from '../../policies/permission/permit.js';
import { makeRecoveryCodes as command } from '../../policies/proof/commands.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { asCodeKey, readCodes } from './read-codes.js';
import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-codes.js';

/**
 * Makes recovery codes in place of all before. The owner gets a mail.
 * @returns the codes, which nobody can show again
 * @throws Forbidden by the rule `step_up`; Conflict by the rule `codes`
 */
export const makeRecoveryCodes = (ctx: Ctx): Promise<readonly string[]> =>
  inTransaction(ctx.db, async (trx) => {
    const person = ctx.actor.id;
    await lockCodeKey(trx, person);
    permitOneself(command, ctx, asCodeKey(ctx, await readCodes({ ...ctx, db: trx })), {});
    const codes = newRecoveryCodes();
    await replaceRecoveryCodes(trx, { person, hashes: codes.map(hashOfRecoveryCode), at: ctx.now() });
    const entry = record(trx, ctx, null, { type: 'codes.recovery_made', subject: person });
    notify(trx, ctx, entry, codesChanged(person));
    return codes;
  });
