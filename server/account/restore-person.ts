import { inTransaction } from '../../db/core/connection.js';
import { restoreAccount } from '../../db/account/suspensions.js';
import { lockPerson } from '../../db/people/directory.js';
import { restore } from '../../policies/account/commands.js';
import { accountChanged } from '../../policies/account/notices.js';
import { londonDate } from '../../policies/core/time/london.js';
import { officeWaits } from '../../policies/office/notices.js';
import { permit } from '../../policies/permission/permit.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';

/**
 * Lifts the suspension of an account, with reasons. The person signs in anew; their offices count once a second person has
 * confirmed them.
 * @returns the person's id
 * @throws NotFound, Forbidden, Conflict
 */
export const restorePerson = (ctx: Ctx, id: string, reasons: string): Promise<string> => {
  screened(ctx, { reasons });
  return inTransaction(ctx.db, async (trx) => {
    const person = await lockPerson(trx, ctx.ability, id);
    const acting = permit(restore, ctx, person, {});
    const at = ctx.now();
    const waiting = await restoreAccount(trx, person.id, { by: ctx.actor.id, at, today: londonDate(at) });
    const entry = record(trx, ctx, acting, {
      type: 'person.restored',
      subject: `person:${person.id}`,
      reasons,
      decision: { waiting },
    });
    if (waiting > 0) notify(trx, ctx, entry, officeWaits());
    notify(trx, ctx, entry, accountChanged(person.id));
    return person.id;
  });
};
