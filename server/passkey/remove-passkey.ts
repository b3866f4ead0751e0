import { inTransaction } from '../../db/core/connection.js';
import { lockPasskeys, removePasskey as remove } from '../../db/passkey/passkeys.js';
import { NotFound } from '../../policies/core/refusals.js';
import { removePasskey as command } from '../../policies/passkey/commands.js';
import { passkeysChanged } from '../../policies/passkey/notices.js';
import { permitOneself } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { asPasskeys, readPasskeys } from './read-passkeys.js';

/**
 * Removes one of one’s own passkeys. The owner gets a mail.
 * @throws NotFound where they have none of that id, though somebody else has; Forbidden by the rule `step_up`
 */
export const removePasskey = (ctx: Ctx, id: string): Promise<void> =>
  inTransaction(ctx.db, async (trx) => {
    const person = ctx.actor.id;
    await lockPasskeys(trx, person);
    const found = await readPasskeys({ ...ctx, db: trx });
    if (!found.some((each) => each.id === id)) throw new NotFound();
    permitOneself(command, ctx, asPasskeys(ctx, found), {});
    await remove(trx, { id, person });
    const entry = record(trx, ctx, null, {
      type: 'passkey.removed',
      subject: person,
      decision: { passkey: id },
    });
    notify(trx, ctx, entry, passkeysChanged(person));
  });
