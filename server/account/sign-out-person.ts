import { inTransaction } from '../../db/core/connection.js';
import { signOutEverywhere } from '../../db/account/suspensions.js';
import { lockPerson } from '../../db/people/directory.js';
import { endSessionsOf } from '../../db/people/sessions.js';
import { signOutPerson as command } from '../../policies/account/commands.js';
import { accountChanged } from '../../policies/account/notices.js';
import { permit } from '../../policies/permission/permit.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';

/**
 * Signs somebody out everywhere: every session of theirs ends at its next call, on every node.
 * @returns the person's id
 * @throws NotFound, Forbidden
 */
export const signOutPerson = (ctx: Ctx, id: string): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    const person = await lockPerson(trx, ctx.ability, id);
    const acting = permit(command, ctx, person, {});
    await signOutEverywhere(trx, person.id, ctx.now());
    await endSessionsOf(trx, person.id);
    const entry = record(trx, ctx, acting, {
      type: 'person.signed_out',
      subject: `person:${person.id}`,
    });
    notify(trx, ctx, entry, accountChanged(person.id));
    return person.id;
  });
