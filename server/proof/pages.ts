/** Proving oneself once more, before something that weighs much; and the app for codes. */
import { z } from 'zod';
import { numberOf } from '../../policies/core/words/number-of.js';
import { setUpMinutes } from '../../policies/proof/proof.js';
import { responseIn } from '../passkey/bodies.js';
import { readPasskeys } from '../passkey/read-passkeys.js';
import { asFormErrors } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';
import { local } from '../web/local.js';
import { paths } from '../web/paths.js';
import { readWaysToProve } from '../provider/read-ways-to-prove.js';
import { beginCodes } from './begin-codes.js';
import { codeBody, proofBody } from './bodies.js';
import { period } from './codes.js';
import { confirmCodes } from './confirm-codes.js';
import { makeRecoveryCodes } from './make-recovery-codes.js';
import { presentCodes } from './present.js';
import { proveAgain } from './prove-again.js';
import { qrCode } from './qr.js';
import { readCodes, readNewKey } from './read-codes.js';

const provePage = page({
  path: paths.prove,
  beforeCodes: true,
  params: z.strictObject({}),
  view: 'proof/views/prove',
  load: async (ctx, { query }) => ({
    hasCodes: Boolean((await readCodes(ctx))?.since),
    hasPasskey: (await readPasskeys(ctx)).length > 0,
    returnTo: local(query['returnTo']),
    ways: await readWaysToProve(ctx),
  }),
  form: {
    body: proofBody,
    // It changes nothing but the session, and a code works once: a second sending does no harm.
    changes: false,
    read: (form) =>
      given({
        password: entered(form, 'password'),
        code: entered(form, 'code'),
        passkey: responseIn(entered(form, 'response')),
      }),
    anchor: (field) => (field === 'passkey' ? 'code' : field),
    async act(ctx, { body, query }) {
      await asFormErrors(() => proveAgain(ctx, body));
      return local(query['returnTo']);
    },
  },
});

const nothing = z.strictObject({});
/** How long a code is shown, and how long it may take to set an app up. */
const every = numberOf(period, 'second');
const within = numberOf(setUpMinutes, 'minute');

const codesPage = page({
  path: paths.codes,
  beforeCodes: true,
  params: nothing,
  view: 'proof/views/codes',
  load: async (ctx) => ({ codes: presentCodes(await readCodes(ctx)), first: ctx.codesFirst, every }),
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
  beforeCodes: true,
  params: nothing,
  view: 'proof/views/set-up',
  async load(ctx) {
    const key = await readNewKey(ctx);
    return { newKey: key && { ...key, qr: qrCode(key.address) }, every, within };
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
  beforeCodes: true,
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
