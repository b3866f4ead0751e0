import { inTransaction } from '../../db/core/connection.js';
import { headsOf, insertOffice } from '../../db/office/offices.js';
import { lockPerson } from '../../db/people/directory.js';
import { giveOffice as command } from '../../policies/office/commands.js';
import { officeChanged, officeWaits } from '../../policies/office/notices.js';
import { permit } from '../../policies/permission/permit.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';
import type { SentOffice } from './bodies.js';

/**
 * An administrator gives an office. It counts for nothing until a second person confirms it.
 * @returns the person's id
 * @throws NotFound, Forbidden, Conflict
 */
export const giveOffice = (ctx: Ctx, id: string, given: SentOffice): Promise<string> => {
  screened(ctx, { authority: given.authority });
  return inTransaction(ctx.db, async (trx) => {
    const person = await lockPerson(trx, ctx.ability, id);
    const { office, capacity, from } = given;
    const giving = { office, head: given.head === true, from, to: given.to ?? null };
    const heads = giving.head ? await headsOf(trx, office) : [];
    const acting = permit(command, ctx, person, { by: ctx.actor.id, giving, heads });
    await insertOffice(trx, {
      ...giving,
      personId: person.id,
      capacity,
      authority: given.authority ?? null,
      by: ctx.actor.id,
      at: ctx.now(),
    });
    const entry = record(trx, ctx, acting, {
      type: 'office.given',
      subject: `person:${person.id}`,
      decision: { given: office, as: capacity, head: giving.head, from, to: giving.to },
      ...(given.authority === undefined ? {} : { reasons: given.authority }),
    });
    notify(trx, ctx, entry, officeWaits());
    notify(trx, ctx, entry, officeChanged(person.id));
    return person.id;
  });
};
