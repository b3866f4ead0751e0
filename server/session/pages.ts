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

const sessionsPage = page({
  path: paths.sessions,
  beforeCodes: true,
  params: z.strictObject({}),
  view: 'session/views/sessions',
  load: async (ctx, { query }) => ({
    sessions: (await listSessions(ctx)).map((each) => presentSession(ctx, each)),
    done: query['done'] === 'ended',
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
