/** One’s own password, changed with the old one. */
import { z } from 'zod';
import { passphraseLength } from '../../../policies/account/passphrase.js';
import { asFormErrors, validate } from '../../web/pages/faults.js';
import { entered, given } from '../../web/pages/form.js';
import { page } from '../../web/pages/page.js';
import { paths } from '../../web/paths.js';
import { ownPasswordBody } from '../bodies.js';
import { changePassword } from '../change-password.js';

const ownPasswordPage = page({
  path: paths.ownPassword,
  params: z.strictObject({}),
  view: 'account/views/own-password',
  load: () => Promise.resolve({ least: passphraseLength.least }),
  form: {
    body: ownPasswordBody,
    // Nothing of it is kept for a second sending, which finds that the old password is not right any more.
    changes: false,
    read: (form) =>
      validate(
        ownPasswordBody,
        given({ current: entered(form, 'current'), password: entered(form, 'password') }),
      ),
    async act(ctx, { body }) {
      await asFormErrors(() => changePassword(ctx, body));
      return `${paths.sessions}?done=password`;
    },
  },
});

export const ownPasswordPages = [ownPasswordPage];
