/** One’s own passkeys. */
import { z } from 'zod';
import { asFormErrors } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';
import { paths } from '../web/paths.js';
import { uuid } from '../web/schema/schemas.js';
import { addPasskey } from './add-passkey.js';
import { passkeyBody, responseIn } from './bodies.js';
import { presentPasskey } from './present.js';
import { asPasskeys, readPasskeys } from './read-passkeys.js';
import { removePasskey } from './remove-passkey.js';

const passkeysPage = page({
  path: paths.passkeys,
  beforeCodes: true,
  params: z.strictObject({}),
  view: 'passkey/views/passkeys',
  async load(ctx, { query }) {
    const found = await readPasskeys(ctx);
    return {
      passkeys: found.map(presentPasskey),
      offered: asPasskeys(ctx, found).offered,
      proved: ctx.proof !== null,
      done: ['added', 'removed'].find((each) => each === query['done']) ?? null,
    };
  },
  form: {
    body: z.union([z.strictObject({ remove: uuid }), passkeyBody]),
    read: (form) => {
      const remove = entered(form, 'remove');
      return remove === undefined
        ? given({ name: entered(form, 'name'), response: responseIn(entered(form, 'response')) })
        : { remove };
    },
    async act(ctx, { body }) {
      if ('remove' in body) {
        await asFormErrors(() => removePasskey(ctx, body.remove.toLowerCase()));
        return `${paths.passkeys}?done=removed`;
      }
      await asFormErrors(() => addPasskey(ctx, body));
      return `${paths.passkeys}?done=added`;
    },
    anchor: () => 'name',
  },
});

export const passkeyPages = [passkeysPage];
