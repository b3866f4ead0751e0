import { randomUUID } from 'node:crypto';
import { accountsToInvite, addLinks } from '../../db/account/invitations.js';
import { inTransaction } from '../../db/core/connection.js';
import { lockRegister } from '../../db/register/register.js';
import { inviteMembers as command } from '../../policies/account/commands.js';
import { linkEnds } from '../../policies/account/link.js';
import { passwordLink } from '../../policies/account/notices.js';
import { assertUnhindered, authoriseTo } from '../../policies/permission/permit.js';
import { hashOfToken } from '../case/links.js';
import { notify } from '../case/notify.js';
import { asKeeper, record } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';

/**
 * Sends a link to each member of the register who has an account, no password yet, and no link that still works. Asked
 * again, it sends nothing twice.
 * @param expected how many a person was shown, if somebody was
 * @returns how many links were sent
 * @throws NotFound, Forbidden; Conflict where there are now more or fewer than were shown
 */
export const inviteMembers = (ctx: Ctx, expected: number | null = null): Promise<number> =>
  inTransaction(ctx.db, async (trx) => {
    authoriseTo(command, ctx, { kind: 'Register' });
    await lockRegister(trx);
    const at = ctx.now();
    const people = await accountsToInvite(trx, at);
    if (expected !== null) {
      const looked = { shown: String(expected), found: String(people.length) };
      assertUnhindered(command, { kind: 'Register' }, looked);
    }
    const links = people.map((personId) => {
      const id = randomUUID();
      return { id, personId, tokenHash: hashOfToken(ctx.links.tokenOf(id)), at, expiresAt: linkEnds(at) };
    });
    await addLinks(trx, links);
    for (const { id, personId } of links) {
      const subject = `person:${personId}`;
      const entry = record(trx, ctx, asKeeper(ctx.actor), { type: 'person.invited', subject });
      notify(trx, ctx, entry, passwordLink(personId, id));
    }
    return links.length;
  });
