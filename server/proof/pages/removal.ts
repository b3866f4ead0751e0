/** The app for codes of somebody who has lost their phone: its removal asked for, withdrawn, confirmed. */
import { z } from 'zod';
import type { On } from '../../../policies/command/command.js';
import { numberOf } from '../../../policies/core/words/number-of.js';
import { verdict } from '../../../policies/permission/permit.js';
import { removalHours } from '../../../policies/proof/proof.js';
import type { Ctx } from '../../case/ctx.js';
import type { Line } from '../../case/offered.js';
import { presentPerson } from '../../people/present.js';
import { readPerson } from '../../people/read-person.js';
import { barOf } from '../../web/pages/bar.js';
import { asFormErrors, validate } from '../../web/pages/faults.js';
import { entered, given } from '../../web/pages/form.js';
import { page } from '../../web/pages/page.js';
import { paths } from '../../web/paths.js';
import { askRemoval } from '../ask-removal.js';
import { askCodesRemovalHere, confirmCodesRemovalHere, withdrawCodesRemovalHere } from '../commands.js';
import { confirmRemoval } from '../confirm-removal.js';
import { withdrawRemoval } from '../withdraw-removal.js';

const nothing = z.strictObject({});
const within = numberOf(removalHours, 'hour');

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
  ...askCodesRemovalHere.page,
  view: 'proof/views/ask-removal',
  load: load(askCodesRemovalHere),
  form: {
    body: askCodesRemovalHere.body,
    read: (form) => validate(askCodesRemovalHere.body, given({ reasons: entered(form, 'reasons') })),
    check: {
      before: () => 'ask to remove their ways to prove who they are',
      button: () => 'Ask for the removal',
      lines: ({ body }) => [
        { says: 'Reasons', typed: body.reasons },
        { says: 'When it is removed', text: `Once a second person confirms it, within ${within}` },
      ],
      done: () => 'The removal waits for a second person',
    },
    act: async (ctx, { params, body }) =>
      back(await asFormErrors(() => askRemoval(ctx, params.id, body.reasons)), 'removal_asked'),
  },
});

const withdrawPage = page({
  ...withdrawCodesRemovalHere.page,
  view: 'proof/views/withdraw-removal',
  load: load(withdrawCodesRemovalHere),
  form: {
    body: nothing,
    read: () => ({}),
    act: async (ctx, { params }) =>
      back(await asFormErrors(() => withdrawRemoval(ctx, params.id)), 'removal_withdrawn'),
  },
});

const confirmPage = page({
  ...confirmCodesRemovalHere.page,
  view: 'proof/views/confirm-removal',
  load: load(confirmCodesRemovalHere),
  form: {
    body: nothing,
    read: () => ({}),
    act: async (ctx, { params }) =>
      back(await asFormErrors(() => confirmRemoval(ctx, params.id)), 'codes_removed'),
  },
});

export const codesRemovalPages = [askPage, withdrawPage, confirmPage];
