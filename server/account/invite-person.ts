import { randomUUID } from 'node:crypto';
import { addLink } from '../../db/account/links.js';
import { inTransaction } from '../../db/core/connection.js';
import { lockPerson } from '../../db/people/directory.js';
import { invite } from '../../policies/account/commands.js';
import { linkEnds } from '../../policies/account/link.js';
import { passwordLink } from '../../policies/account/notices.js';
import { permit } from '../../policies/permission/permit.js';
import { hashOfToken } from '../case/links.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';

/**
 * Sends somebody a link to set their password, to their own address: the person who invites them never sees it.
 * @returns the person's id
 * @throws NotFound, Forbidden, Conflict
 */
export const invitePerson = (ctx: Ctx, id: string): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    const person = await lockPerson(trx, ctx.ability, id);
    const acting = permit(invite, ctx, person, {});
    const [linkId, at] = [randomUUID(), ctx.now()];
    const tokenHash = hashOfToken(ctx.links.tokenOf(linkId));
    await addLink(trx, person.id, { id: linkId, tokenHash, at, expiresAt: linkEnds(at) });
    const entry = record(trx, ctx, acting, { type: 'person.invited', subject: `person:${person.id}` });
    notify(trx, ctx, entry, passwordLink(person.id, linkId));
    return person.id;
  });
