import { inTransaction } from '../../db/core/connection.js';
import { askKeyRemoval } from '../../db/proof/code-keys.js';
import { permit } from '../../policies/permission/permit.js';
import { askCodesRemoval as command } from '../../policies/proof/commands.js';
import { codesChanged, codesRemovalWaits } from '../../policies/proof/notices.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';
import { lockOwner } from './follows/lock-owner.js';

/**
 * An administrator asks, with reasons, to remove the app for codes and the passkeys of somebody who has lost them, and their
 * recovery codes. Nothing changes until a second person confirms it.
 * @returns the person's id
 * @throws NotFound, Forbidden, Conflict
 */
export const askRemoval = (ctx: Ctx, id: string, reasons: string): Promise<string> => {
  screened(ctx, { reasons });
  return inTransaction(ctx.db, async (trx) => {
    const person = await lockOwner(trx, ctx, id);
    const [by, at] = [ctx.actor.id, ctx.now()];
    const acting = permit(command, ctx, person, { by, now: at });
    await askKeyRemoval(trx, { person: person.id, by, reasons, at });
    const entry = record(trx, ctx, acting, {
      type: 'codes.removal_asked',
      subject: `person:${person.id}`,
      reasons,
    });
    notify(trx, ctx, entry, codesRemovalWaits());
    notify(trx, ctx, entry, codesChanged(person.id));
    return person.id;
  });
};
