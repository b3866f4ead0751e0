import { inTransaction } from '../../db/core/connection.js';
import { signOutEverywhere } from '../../db/account/suspensions.js';
import { endSessionsOf } from '../../db/people/sessions.js';
import { removeCodeKey } from '../../db/proof/code-keys.js';
import { permit } from '../../policies/permission/permit.js';
import { confirmCodesRemoval as command } from '../../policies/proof/commands.js';
import { codesRemoved, codesRemovedOfSomebody } from '../../policies/proof/notices.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { lockOwner } from './follows/lock-owner.js';

/**
 * A second person confirms that an app for codes and passkeys are removed: another administrator, or the Monitoring Officer.
 * The key, the recovery codes and every passkey go, and every session of its owner ends. The owner signs in with the password, and sets a second step
 * up anew.
 * @returns the person's id
 * @throws NotFound, Forbidden, Conflict
 */
export const confirmRemoval = (ctx: Ctx, id: string): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    const person = await lockOwner(trx, ctx, id);
    const acting = permit(command, ctx, person, { by: ctx.actor.id, now: ctx.now() });
    await removeCodeKey(trx, { person: person.id, by: ctx.actor.id });
    await signOutEverywhere(trx, person.id, ctx.now());
    await endSessionsOf(trx, person.id);
    const entry = record(trx, ctx, acting, { type: 'codes.removed', subject: `person:${person.id}` });
    notify(trx, ctx, entry, codesRemoved(person.id));
    notify(trx, ctx, entry, codesRemovedOfSomebody());
    return person.id;
  });
