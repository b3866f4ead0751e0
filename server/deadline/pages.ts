/** How the person who asks wishes to be reminded of deadlines. */
import { z } from 'zod';
import { wishes, type Wish } from '../../policies/deadline/reminding.js';
import { wishBody } from './api.js';
import { readWish } from './read-wish.js';
import { wishReminders } from './wish-reminders.js';
import { validate, asFormErrors } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';
import { paths } from '../web/paths.js';

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
  params: z.strictObject({}),
  view: 'deadline/views/reminders',
  load: async (ctx, { query }) => ({
    wish: await readWish(ctx),
    wishes: wishes.map((value) => ({
      value,
      text: wishSays[value].text,
      hint: { text: wishSays[value].hint },
    })),
    done: query['done'] === 'saved',
  }),
  form: {
    body: wishBody,
    read: (form) => validate(wishBody, given({ reminders: entered(form, 'reminders') })),
    async act(ctx, { body }) {
      await asFormErrors(() => wishReminders(ctx, body.reminders));
      return `${paths.reminderWishes}?done=saved`;
    },
  },
});

export const reminderPages = [wishPage];
