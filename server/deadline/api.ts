/** How the person who asks wishes to be reminded of deadlines. */
import { z } from 'zod';
import { asked } from '../web/schema/field-words.js';
import { wishes } from '../../policies/deadline/reminding.js';
import { readWish } from './read-wish.js';
import { wishReminders } from './wish-reminders.js';
import { route } from '../web/api/route.js';

export const wishBody = z.strictObject({
  reminders: asked(z.enum(wishes), 'Reminders', { missing: 'Select how you want to be reminded' }),
});
wishBody.register(z.globalRegistry, { id: 'RemindersBody' });
const wishShape = z.strictObject({ reminders: z.enum(wishes) }).meta({ id: 'Reminders' });

export const reminderRoutes = [
  route({
    method: 'GET',
    path: '/api/me/reminders',
    summary: 'How I am reminded of what is due',
    response: wishShape,
    run: async (ctx) => ({ reminders: await readWish(ctx) }),
  }),
  route({
    method: 'PUT',
    path: '/api/me/reminders',
    summary: 'Say how I wish to be reminded; decisions, and what was missed, I am told in any case',
    body: wishBody,
    response: wishShape,
    run: async (ctx, { body }) => {
      await wishReminders(ctx, body.reminders);
      return { reminders: await readWish(ctx) };
    },
  }),
];
