/** The bodies of calls about passkeys: what browsers answer, as their own `toJSON` writes it. */
import { z } from 'zod';
import { asked } from '../web/schema/field-words.js';
import { text, uuid } from '../web/schema/schemas.js';

const inBase64url = (max: number) =>
  z
    .string()
    .regex(/^[\w-]+$/)
    .max(max);

const id = inBase64url(1_364);
const word = z.string().regex(/^[a-z-]{1,20}$/);
const around = {
  id,
  rawId: id,
  type: z.literal('public-key'),
  authenticatorAttachment: word.nullish(),
  clientExtensionResults: z.looseObject({}),
};

/** A credential that was made. */
const credential = z
  .object({
    ...around,
    response: z.object({
      clientDataJSON: inBase64url(4_000),
      attestationObject: inBase64url(20_000),
      transports: z.array(word).max(10).optional(),
    }),
  })
  .meta({ id: 'PasskeyMade' });
export type SentCredential = z.infer<typeof credential>;

/** An answer of a passkey that there is. */
export const assertion = z
  .object({
    ...around,
    response: z.object({
      clientDataJSON: inBase64url(4_000),
      authenticatorData: inBase64url(4_000),
      signature: inBase64url(4_000),
      userHandle: inBase64url(100).nullish(),
    }),
  })
  .meta({ id: 'PasskeyAnswer' });
export type SentAssertion = z.infer<typeof assertion>;

const missing = 'Enter a name that tells this passkey from your others, such as “Work laptop”';
const name = asked(text(100), 'Name', { missing });

export const passkeyBody = z.strictObject({ name, response: credential }).meta({ id: 'PasskeyBody' });
export type SentPasskey = z.infer<typeof passkeyBody>;

export const passkeySignIn = z.strictObject({ response: assertion }).meta({ id: 'PasskeySignInBody' });

export const passkeyParams = z.strictObject({ id: uuid });

/** The answer of a browser as a form has it, put there by a script; undefined where it holds none. */
export const responseIn = (field: string | undefined): unknown => {
  if (field === undefined || field === '') return undefined;
  try {
    return JSON.parse(field);
  } catch (error) {
    if (error instanceof SyntaxError) return field;
    throw error;
  }
};
