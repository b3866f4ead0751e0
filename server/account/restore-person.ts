import { inTransaction } from '../../db/core/connection.js';
import { restoreAccount } from '../../db/account/suspensions.js';
import { lockPerson } from '../../db/people/directory.js';
import { restore } from '../../policies/account/commands.js';
import { accountChanged } from '../../policies/account/notices.js';
import { permit } from '../../policies/permission/permit.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';

/**
 * Lifts the suspension of an account, with reasons. The person signs in anew.
 * @returns the person's id
 * @throws NotFound, Forbidden, Conflict
 */
export const restorePerson = (ctx: Ctx, id: string, reasons: string): Promise<string> => {
  screened(ctx, { reasons });
  return inTransaction(ctx.db, async (trx) => {
    const person = await lockPerson(trx, ctx.ability, id);
    const acting = permit(restore, ctx, person, {});
    await restoreAccount(trx, person.id);
    const happened = { type: 'person.restored', subject: `person:${person.id}`, reasons } as const;
    notify(trx, ctx, record(trx, ctx, acting, happened), accountChanged(person.id));
    return person.id;
  });
};
