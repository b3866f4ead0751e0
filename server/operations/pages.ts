/** How the service runs: its jobs, the mail that was not taken; and how somebody wishes to be reminded. */
import { z } from 'zod';
import { wishOf } from '../../db/deadline/reminders.js';
import { wishes, type Wish } from '../../policies/deadline/reminding.js';
import { operationsShown, wishBody } from './api.js';
import { uuid } from '../web/api/schemas.js';
import { paths } from '../web/paths.js';
import { sendAgain } from './send-again.js';
import { wishReminders } from '../deadline/wish-reminders.js';
import { checked, told } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';

const params = z.strictObject({});
const perPage = 25;

const operationsPage = page({
  path: paths.operations,
  params,
  view: 'operations/views/index',
  async load(ctx, { query: { cursor, done } }) {
    const { items, next, ...shown } = await operationsShown(ctx, { limit: perPage, cursor });
    return {
      ...shown,
      items,
      next: next && `${paths.operations}?cursor=${next}`,
      first: cursor === undefined ? null : paths.operations,
      done: done === 'sent',
    };
  },
  form: {
    body: z.strictObject({ message: uuid }),
    read: (form) => given({ message: entered(form, 'message') }),
    async act(ctx, { body }) {
      await told(() => sendAgain(ctx, body.message.toLowerCase()));
      return `${paths.operations}?done=sent`;
    },
  },
});

const wishSays: Readonly<Record<Wish, { readonly text: string; readonly hint: string }>> = {
  digest: {
    text: 'Together, in one message',
    hint: 'What falls due in the same morning comes in one message.',
  },
  each: { text: 'One message for each', hint: 'Each reminder comes by itself.' },
  none: { text: 'No reminders', hint: 'You look for yourself what is due.' },
};

const wishPage = page({
  path: paths.reminderWishes,
  params,
  view: 'operations/views/reminders',
  load: async (ctx, { query }) => ({
    wish: await wishOf(ctx.db, ctx.actor.id),
    wishes: wishes.map((value) => ({
      value,
      text: wishSays[value].text,
      hint: { text: wishSays[value].hint },
    })),
    done: query['done'] === 'saved',
  }),
  form: {
    body: wishBody,
    read: (form) =>
      checked(wishBody, given({ reminders: entered(form, 'reminders') }), {
        missing: { reminders: 'Choose how you wish to be reminded' },
      }),
    async act(ctx, { body }) {
      await told(() => wishReminders(ctx, body.reminders));
      return `${paths.reminderWishes}?done=saved`;
    },
  },
});

export const operationPages = [operationsPage, wishPage];
