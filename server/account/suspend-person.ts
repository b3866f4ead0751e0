import { inTransaction } from '../../db/core/connection.js';
import type { Knex } from 'knex';
import { suspendAccount } from '../../db/account/suspensions.js';
import { isLastKeeper } from '../../db/office/offices.js';
import { lockPerson } from '../../db/people/directory.js';
import { endSessionsOf } from '../../db/people/sessions.js';
import { suspend } from '../../policies/account/commands.js';
import { mustBeKept } from '../../policies/office/office-held.js';
import type { Person } from '../../policies/people/person.js';
import { permit } from '../../policies/permission/permit.js';
import { screened } from '../case/screened.js';
import { record } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';
import { handOn } from '../leaving/follows/hand-on.js';

/** Whether this is the last who keeps an office that somebody must hold. */
const keepsAlone = async (trx: Knex.Transaction, { id, offices }: Person): Promise<boolean> => {
  for (const { office } of offices) {
    if (mustBeKept(office) && (await isLastKeeper(trx, id, office))) return true;
  }
  return false;
};

/**
 * An administrator, or for a councillor Democratic Services, suspends an account, with reasons: at its next call the
 * person is signed out, on every node. What they signed stands, and those are told who hand on what waits for them by name;
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
    const because = record(trx, ctx, acting, {
      type: 'person.suspended',
      subject: `person:${person.id}`,
      reasons,
    });
    await handOn(trx, ctx, { acting, because, person: person.id });
    return person.id;
  });
};
