/** How people meet the commands on an account. */
import { invite, inviteMembers, restore, signOutPerson, suspend } from '../../policies/account/commands.js';
import { z } from 'zod';
import { offered } from '../case/offered.js';
import { reasonsBody } from '../grant/bodies.js';
import { personParams } from '../people/bodies.js';
import { paths } from '../web/paths.js';
import { membersBody } from './bodies.js';

export const inviteHere = offered(invite, {
  says: 'Send a link to open the account',
  at: paths.invite,
  params: personParams,
  body: undefined,
  api: ['POST', '/api/people/{id}/invite'],
});

export const inviteMembersHere = offered(inviteMembers, {
  says: 'Invite the members',
  at: () => paths.inviteMembers,
  params: z.strictObject({}),
  body: membersBody,
  api: ['POST', '/api/councillors/invite'],
});

export const signOutPersonHere = offered(signOutPerson, {
  says: 'Sign them out everywhere',
  at: paths.signOutPerson,
  params: personParams,
  body: undefined,
  api: ['POST', '/api/people/{id}/sign-out'],
});

export const suspendHere = offered(suspend, {
  says: 'Suspend this account',
  at: paths.suspend,
  params: personParams,
  body: reasonsBody,
  api: ['POST', '/api/people/{id}/suspend'],
});

export const restoreHere = offered(restore, {
  says: 'Lift the suspension',
  at: paths.restore,
  params: personParams,
  body: reasonsBody,
  api: ['POST', '/api/people/{id}/restore'],
});
