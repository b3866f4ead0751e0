/** Proving oneself once more, before something that weighs much. */
import { z } from 'zod';
import { asFormErrors } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { local } from '../web/local.js';
import { page } from '../web/pages/page.js';
import { paths } from '../web/paths.js';
import { proofBody } from './bodies.js';
import { proveAgain } from './prove-again.js';
import { readCodes } from './read-codes.js';

const provePage = page({
  path: paths.prove,
  params: z.strictObject({}),
  view: 'proof/views/prove',
  load: async (ctx, { query }) => ({
    hasCodes: Boolean((await readCodes(ctx))?.since),
    returnTo: local(query['returnTo']),
  }),
  form: {
    body: proofBody,
    // It changes nothing but the session, and a code works once: a second sending does no harm.
    changes: false,
    read: (form) => given({ password: entered(form, 'password'), code: entered(form, 'code') }),
    async act(ctx, { body, query }) {
      await asFormErrors(() => proveAgain(ctx, body));
      return local(query['returnTo']);
    },
  },
});

export const proofPages = [provePage];
