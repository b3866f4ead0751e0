import { inTransaction } from '../../db/core/connection.js';
import { lockPerson, updatePerson } from '../../db/people/directory.js';
import { accountChanged } from '../../policies/account/notices.js';
import { changePerson as command } from '../../policies/people/commands.js';
import { permit } from '../../policies/permission/permit.js';
import { notify } from '../case/notify.js';
import { screened } from '../case/screened.js';
import { record } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';
import type { SentChanges } from './bodies.js';

/**
 * An administrator corrects the name of a person; the address only as long as nothing hangs on it, since links to the
 * password go there.
 * @returns the person's id
 * @throws NotFound, Forbidden, Conflict; Invalid where somebody has that address
 */
export const changePerson = (ctx: Ctx, id: string, given: SentChanges): Promise<string> => {
  screened(ctx, { name: given.name });
  return inTransaction(ctx.db, async (trx) => {
    const person = await lockPerson(trx, ctx.ability, id);
    const acting = permit(command, ctx, person, { email: given.email });
    const changes = {
      ...(given.name === undefined || given.name === person.name ? {} : { name: given.name }),
      ...(given.email === undefined || given.email === person.email ? {} : { email: given.email }),
    };
    if (Object.keys(changes).length > 0) await updatePerson(trx, person.id, changes);
    const entry = record(trx, ctx, acting, {
      type: 'person.changed',
      subject: `person:${person.id}`,
      decision: { fields: Object.keys(changes) },
    });
    if (Object.keys(changes).length > 0) notify(trx, ctx, entry, accountChanged(person.id));
    return person.id;
  });
};
