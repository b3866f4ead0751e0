/** The bodies of calls about passwords, and about inviting. */
import { z } from 'zod';
import { passphraseLength } from '../../policies/account/passphrase.js';
import { asked } from '../web/schema/field-words.js';
import { email, emailMissing, text } from '../web/schema/schemas.js';

export const passwordBody = z
  .strictObject({
    token: text(200),
    password: asked(text(passphraseLength.most), 'Password', { missing: 'Enter a password' }),
  })
  .meta({ id: 'PasswordBody' });

export const ownPasswordBody = z
  .strictObject({
    current: asked(text(1024), 'Password', { missing: 'Enter the password that you have' }),
    password: asked(text(passphraseLength.most), 'New password', { missing: 'Enter a new password' }),
  })
  .meta({ id: 'OwnPasswordBody' });
export type SentOwnPassword = z.infer<typeof ownPasswordBody>;

export const membersBody = z
  .strictObject({ expected: z.int().min(0).max(100_000).optional() })
  .meta({ id: 'MembersInvitation' });

/** What is answered to who asks for a link, whatever the address. */
export const linkAsked =
  'If there is an account with this address, a link to set a password is on its way by e-mail.';

export const forgottenBody = z
  .strictObject({
    email: asked(email, 'E-mail address', { missing: emailMissing, wrong: emailMissing }),
  })
  .meta({ id: 'ForgottenBody' });
