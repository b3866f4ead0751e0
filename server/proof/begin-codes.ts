import { inTransaction } from '../../db/core/connection.js';
import { beginCodeKey } from '../../db/proof/code-keys.js';
import { permitOneself } from '../../policies/permission/permit.js';
import { beginCodes as command } from '../../policies/proof/commands.js';
import type { Ctx } from '../case/ctx.js';
import { record } from '../case/record.js';
import { newKey } from './codes.js';
import { newKeyOf } from './follows/use-code.js';
import { presentNewKey, type NewKey } from './present.js';
import { asCodeKey } from './read-codes.js';

/**
 * Begins to set up an app for codes: a new key, which is in use once its first code was right. One that is in use stays so
 * until then.
 * @throws Forbidden by the rule `step_up`
 */
export const beginCodes = async (ctx: Ctx): Promise<NewKey> => {
  const { db, actor, session, proving, now } = ctx;
  permitOneself(command, ctx, asCodeKey(ctx, null), {});
  const key = newKey();
  await inTransaction(db, async (trx) => {
    const sealed = proving.keys.close(key, newKeyOf(actor.id, session?.id));
    await beginCodeKey(trx, { person: actor.id, sealed, at: now() });
    record(trx, ctx, null, { type: 'codes.begun', subject: actor.id });
  });
  return presentNewKey(ctx, key);
};
