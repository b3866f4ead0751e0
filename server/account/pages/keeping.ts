/** Accounts on pages: a link sent, suspended and restored with reasons, signed out everywhere. */
import { z } from 'zod';
import type { On } from '../../../policies/command/command.js';
import { verdict } from '../../../policies/permission/permit.js';
import type { Ctx } from '../../case/ctx.js';
import type { Line } from '../../case/offered.js';
import { presentPerson } from '../../people/present.js';
import { readPerson } from '../../people/read-person.js';
import { barOf } from '../../web/pages/bar.js';
import { asFormErrors, validate } from '../../web/pages/faults.js';
import { entered, given, type Form } from '../../web/pages/form.js';
import { page } from '../../web/pages/page.js';
import { paths } from '../../web/paths.js';
import { inviteHere, restoreHere, signOutPersonHere, suspendHere } from '../commands.js';
import { invitePerson } from '../invite-person.js';
import { restorePerson } from '../restore-person.js';
import { signOutPerson } from '../sign-out-person.js';
import { suspendPerson } from '../suspend-person.js';
import { inviteMembersPage } from './members.js';

/** What is sent with a form that has nothing to fill in. */
const nothing = z.strictObject({});

type OnPerson = Line<Extract<On, 'Person'>>;

/** The person, and what keeps this reader from doing it now. */
const load =
  ({ command }: OnPerson) =>
  async (ctx: Ctx, { params }: { readonly params: { readonly id: string } }) => {
    const person = await readPerson(ctx, params.id);
    const bar = barOf(verdict(command, ctx, person, { by: ctx.actor.id }));
    return { person: presentPerson(ctx, person), bar };
  };

const back = (id: string, done: string): string => `${paths.person(id)}?done=${done}`;

const invitePage = page({
  ...inviteHere.page,
  view: 'account/views/invite',
  load: load(inviteHere),
  form: {
    body: nothing,
    read: () => ({}),
    act: async (ctx, { params }) => back(await asFormErrors(() => invitePerson(ctx, params.id)), 'invited'),
  },
});

const signOutPage = page({
  ...signOutPersonHere.page,
  view: 'account/views/sign-out',
  load: load(signOutPersonHere),
  form: {
    body: nothing,
    read: () => ({}),
    act: async (ctx, { params }) =>
      back(await asFormErrors(() => signOutPerson(ctx, params.id)), 'signed_out'),
  },
});

const reasonsOf = (form: Form) => given({ reasons: entered(form, 'reasons') });

const suspendPage = page({
  ...suspendHere.page,
  view: 'account/views/suspend',
  load: load(suspendHere),
  form: {
    body: suspendHere.body,
    read: (form) => validate(suspendHere.body, reasonsOf(form)),
    act: async (ctx, { params, body }) =>
      back(await asFormErrors(() => suspendPerson(ctx, params.id, body.reasons)), 'suspended'),
  },
});

const restorePage = page({
  ...restoreHere.page,
  view: 'account/views/restore',
  load: load(restoreHere),
  form: {
    body: restoreHere.body,
    read: (form) => validate(restoreHere.body, reasonsOf(form)),
    act: async (ctx, { params, body }) =>
      back(await asFormErrors(() => restorePerson(ctx, params.id, body.reasons)), 'restored'),
  },
});

export const accountKeepingPages = [inviteMembersPage, invitePage, signOutPage, suspendPage, restorePage];
