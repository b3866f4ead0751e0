import { countInvitations, type MembersByAccount } from '../../db/account/invitations.js';
import { inviteMembers } from '../../policies/account/commands.js';
import { authoriseTo } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';

/** How many members can sign in, were invited, and may be invited now. Numbers alone. @throws NotFound, Forbidden */
export const readInvitations = (ctx: Ctx): Promise<MembersByAccount> => {
  authoriseTo(inviteMembers, ctx, { kind: 'Register' });
  return countInvitations(ctx.db, ctx.now());
};
