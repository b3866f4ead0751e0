/** How the service runs: its jobs, the mail that was not taken; and how far the council is set up. */
import { z } from 'zod';
import { operationsShown } from './api.js';
import { uuid } from '../web/schema/schemas.js';
import { paths } from '../web/paths.js';
import { sendAgain } from './send-again.js';
import { asFormErrors } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';
import { readSetUp } from './read-set-up.js';
import { presentSetUp } from './set-up-words.js';

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
      await asFormErrors(() => sendAgain(ctx, body.message.toLowerCase()));
      return `${paths.operations}?done=sent`;
    },
  },
});

const setUpPage = page({
  path: paths.setUp,
  params,
  view: 'operations/views/set-up',
  load: async (ctx) => presentSetUp(ctx, await readSetUp(ctx)),
});

export const operationPages = [operationsPage, setUpPage];
