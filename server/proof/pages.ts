/** Proving oneself once more, before something that weighs much; and the app for codes. */
import { z } from 'zod';
import { asFormErrors } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';
import { local } from '../web/local.js';
import { paths } from '../web/paths.js';
import { beginCodes } from './begin-codes.js';
import { codeBody, proofBody } from './bodies.js';
import { confirmCodes } from './confirm-codes.js';
import { makeRecoveryCodes } from './make-recovery-codes.js';
import { presentCodes } from './present.js';
import { proveAgain } from './prove-again.js';
import { qrCode } from './qr.js';
import { readCodes, readNewKey } from './read-codes.js';

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

const nothing = z.strictObject({});

const codesPage = page({
  path: paths.codes,
  params: nothing,
  view: 'proof/views/codes',
  load: async (ctx) => ({ codes: presentCodes(await readCodes(ctx)) }),
  form: {
    body: nothing,
    read: () => ({}),
    async act(ctx) {
      await beginCodes(ctx);
      return paths.setUpCodes;
    },
  },
});

const setUpPage = page({
  path: paths.setUpCodes,
  params: nothing,
  view: 'proof/views/set-up',
  async load(ctx) {
    const key = await readNewKey(ctx);
    return { newKey: key && { ...key, qr: qrCode(key.address) } };
  },
  form: {
    body: codeBody,
    read: (form) => given({ code: entered(form, 'code') }),
    answer: async (ctx, { body }) => ({
      recoveryCodes: await asFormErrors(() => confirmCodes(ctx, body.code)),
    }),
  },
});

const recoveryPage = page({
  path: paths.recoveryCodes,
  params: nothing,
  view: 'proof/views/recovery',
  load: async (ctx) => ({ codes: presentCodes(await readCodes(ctx)) }),
  form: {
    body: nothing,
    read: () => ({}),
    answer: async (ctx) => ({ recoveryCodes: await makeRecoveryCodes(ctx) }),
  },
});

export const proofPages = [provePage, codesPage, setUpPage, recoveryPage];
