/** Where one is signed in. */
import { z } from 'zod';
import { asFormErrors } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';
import { paths } from '../web/paths.js';
import { uuid } from '../web/schema/schemas.js';
import { endSession } from './end-session.js';
import { listSessions } from './list-sessions.js';
import { presentSession } from './present.js';

/** What was done, by the word in the address. */
const doneSays: Readonly<Record<string, string>> = {
  ended: 'The session has ended.',
  password: 'Your password has been changed. You have been signed out everywhere else.',
};

const sessionsPage = page({
  path: paths.sessions,
  beforeCodes: true,
  params: z.strictObject({}),
  view: 'session/views/sessions',
  load: async (ctx, { query }) => ({
    sessions: (await listSessions(ctx)).map((each) => presentSession(ctx, each)),
    done: doneSays[query['done'] ?? ''] ?? null,
  }),
  form: {
    body: z.strictObject({ session: uuid }),
    read: (form) => given({ session: entered(form, 'session') }),
    async act(ctx, { body }) {
      await asFormErrors(() => endSession(ctx, body.session.toLowerCase()));
      return `${paths.sessions}?done=ended`;
    },
  },
});

export const sessionPages = [sessionsPage];
