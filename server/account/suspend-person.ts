import { inTransaction } from '../../db/core/connection.js';
import type { Knex } from 'knex';
import { hostedBy } from '../../db/account/handing-on.js';
import { suspendAccount } from '../../db/account/suspensions.js';
import { isLastKeeper } from '../../db/office/offices.js';
import { lockPerson } from '../../db/people/directory.js';
import { endSessionsOf } from '../../db/people/sessions.js';
import { suspend } from '../../policies/account/commands.js';
import { hostLeft } from '../../policies/account/notices.js';
import { mustBeKept } from '../../policies/office/office-held.js';
import type { Person } from '../../policies/people/person.js';
import { permit } from '../../policies/permission/permit.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';

/** Whether this is the last who keeps an office that somebody must hold. */
const keepsAlone = async (trx: Knex.Transaction, { id, offices }: Person): Promise<boolean> => {
  for (const { office } of offices) {
    if (mustBeKept(office) && (await isLastKeeper(trx, id, office))) return true;
  }
  return false;
};

/**
 * An administrator, or for a councillor Democratic Services, suspends an account, with reasons: at its next call the
 * person is signed out, on every node. What they signed stands, and what they host is handed on to Children's Services;
 * the person who suspends them learns nothing of it.
 * @returns the person's id
 * @throws NotFound, Forbidden, Conflict
 */
export const suspendPerson = (ctx: Ctx, id: string, reasons: string): Promise<string> => {
  screened(ctx, { reasons });
  return inTransaction(ctx.db, async (trx) => {
    const person = await lockPerson(trx, ctx.ability, id);
    const isLast = await keepsAlone(trx, person);
    const acting = permit(suspend, ctx, person, { by: ctx.actor.id, isLast });
    await suspendAccount(trx, person.id, ctx.now());
    await endSessionsOf(trx, person.id);
    record(trx, ctx, acting, { type: 'person.suspended', subject: `person:${person.id}`, reasons });
    // What waits for an office waits for its other people; what waits for this person goes to Children's Services.
    for (const reference of await hostedBy(trx, person.id)) {
      const entry = record(trx, ctx, acting, { type: 'request.host_left', subject: reference });
      notify(trx, ctx, entry, hostLeft(reference));
    }
    return person.id;
  });
};
