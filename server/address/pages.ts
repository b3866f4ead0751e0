/** The address with which somebody signs in: its change asked for, withdrawn, confirmed. */
import { z } from 'zod';
import { addressChangeHours } from '../../policies/address/address-change.js';
import type { On } from '../../policies/command/command.js';
import { numberOf } from '../../policies/core/words/number-of.js';
import { verdict } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import type { Line } from '../case/offered.js';
import { presentPerson } from '../people/present.js';
import { readPerson } from '../people/read-person.js';
import { barOf } from '../web/pages/bar.js';
import { asFormErrors, validate } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';
import { paths } from '../web/paths.js';
import { askChange } from './ask-change.js';
import { askAddressChangeHere, confirmAddressChangeHere, withdrawAddressChangeHere } from './commands.js';
import { confirmChange } from './confirm-change.js';
import { withdrawChange } from './withdraw-change.js';

const nothing = z.strictObject({});
const within = numberOf(addressChangeHours, 'hour');

type OnPerson = Line<Extract<On, 'Person'>>;

/** The person, and what keeps this reader from doing it now. */
const load =
  ({ command }: OnPerson) =>
  async (ctx: Ctx, { params }: { readonly params: { readonly id: string } }) => {
    const person = await readPerson(ctx, params.id);
    const bar = barOf(verdict(command, ctx, person, { by: ctx.actor.id, now: ctx.now() }));
    return { person: presentPerson(ctx, person), bar, within };
  };

const back = (id: string, done: string): string => `${paths.person(id)}?done=${done}`;

const askPage = page({
  ...askAddressChangeHere.page,
  view: 'address/views/ask',
  load: load(askAddressChangeHere),
  form: {
    body: askAddressChangeHere.body,
    read: (form) =>
      validate(
        askAddressChangeHere.body,
        given({ email: entered(form, 'email')?.trim(), reasons: entered(form, 'reasons') }),
      ),
    check: {
      before: () => 'ask to change the address',
      button: () => 'Ask for the change',
      lines: ({ body }) => [
        { says: 'New address', typed: body.email },
        { says: 'Reasons', typed: body.reasons },
        { says: 'When it changes', text: `Once a second person confirms it, within ${within}` },
      ],
      done: () => 'The change waits for a second person',
    },
    act: async (ctx, { params, body }) =>
      back(await asFormErrors(() => askChange(ctx, params.id, body)), 'address_asked'),
  },
});

const withdrawPage = page({
  ...withdrawAddressChangeHere.page,
  view: 'address/views/withdraw',
  load: load(withdrawAddressChangeHere),
  form: {
    body: nothing,
    read: () => ({}),
    act: async (ctx, { params }) =>
      back(await asFormErrors(() => withdrawChange(ctx, params.id)), 'address_withdrawn'),
  },
});

const confirmPage = page({
  ...confirmAddressChangeHere.page,
  view: 'address/views/confirm',
  load: load(confirmAddressChangeHere),
  form: {
    body: nothing,
    read: () => ({}),
    act: async (ctx, { params }) =>
      back(await asFormErrors(() => confirmChange(ctx, params.id)), 'address_changed'),
  },
});

export const addressPages = [askPage, withdrawPage, confirmPage];
