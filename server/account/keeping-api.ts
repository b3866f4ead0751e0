/** Accounts: one’s own password, and those of others: invited, suspended and restored with reasons, signed out everywhere. */
import { z } from 'zod';
import { once } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { personShape } from '../people/shapes.js';
import { personAfter } from '../people/follows/person.js';
import { inviteHere, inviteMembersHere, restoreHere, signOutPersonHere, suspendHere } from './commands.js';
import { ownPasswordBody } from './bodies.js';
import { changePassword } from './change-password.js';
import { inviteMembers } from './invite-members.js';
import { readInvitations } from './read-invitations.js';
import { invitePerson } from './invite-person.js';
import { restorePerson } from './restore-person.js';
import { signOutPerson } from './sign-out-person.js';
import { suspendPerson } from './suspend-person.js';

const invitationsShape = z
  .strictObject({
    toInvite: z.int(),
    invited: z.int(),
    signIn: z.int(),
    suspended: z.int(),
    withoutAccount: z.int(),
  })
  .meta({ id: 'MembersByAccount' });

export const accountKeepingRoutes = [
  route({
    method: 'POST',
    path: '/api/me/password',
    summary: 'Change your password with the one that you have: every other session of yours ends',
    idempotent: false,
    body: ownPasswordBody,
    status: 204,
    run: (ctx, { body }) => changePassword(ctx, body),
  }),
  route({
    ...inviteMembersHere.api,
    summary:
      'Send each member whose account is not open yet a link to open it; answered with how the members stand then',
    response: invitationsShape,
    run: (ctx, { body }) =>
      once(
        ctx,
        200,
        async (joined) => String(await inviteMembers(joined, body.expected ?? null)),
        (joined) => readInvitations(joined),
        null,
      ),
  }),
  route({
    ...inviteHere.api,
    summary: 'Send somebody a link to open their account, to their own address',
    response: personShape,
    run: (ctx, { params }) =>
      once(ctx, 200, (joined) => invitePerson(joined, params.id), personAfter, 'person.read'),
  }),
  route({
    ...suspendHere.api,
    summary: 'Suspend an account, with reasons: it bites at the next call',
    response: personShape,
    run: (ctx, { params, body }) =>
      once(ctx, 200, (joined) => suspendPerson(joined, params.id, body.reasons), personAfter, 'person.read'),
  }),
  route({
    ...restoreHere.api,
    summary: 'Lift the suspension of an account, with reasons',
    response: personShape,
    run: (ctx, { params, body }) =>
      once(ctx, 200, (joined) => restorePerson(joined, params.id, body.reasons), personAfter, 'person.read'),
  }),
  route({
    ...signOutPersonHere.api,
    summary: 'Sign somebody out everywhere',
    response: personShape,
    run: (ctx, { params }) =>
      once(ctx, 200, (joined) => signOutPerson(joined, params.id), personAfter, 'person.read'),
  }),
];
