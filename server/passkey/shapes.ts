/** The shapes of answers about passkeys. */
import { z } from 'zod';

export const passkeyShape = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    madeAt: z.string(),
    lastUsedAt: z.string().nullable(),
    /** Whether its owner’s other devices have it as well. */
    backedUp: z.boolean(),
  })
  .meta({ id: 'Passkey' });

export const passkeysShape = z.strictObject({ items: z.array(passkeyShape) }).meta({ id: 'Passkeys' });

const named = z.strictObject({
  type: z.literal('public-key'),
  id: z.string(),
  transports: z.array(z.string()),
});

/** As `PublicKeyCredential.parseCreationOptionsFromJSON` takes them. */
export const creationOptionsShape = z
  .strictObject({
    challenge: z.string(),
    rp: z.strictObject({ id: z.string(), name: z.string() }),
    user: z.strictObject({ id: z.string(), name: z.string(), displayName: z.string() }),
    pubKeyCredParams: z.array(z.strictObject({ type: z.literal('public-key'), alg: z.int() })),
    timeout: z.int(),
    excludeCredentials: z.array(named),
    authenticatorSelection: z.strictObject({
      residentKey: z.literal('required'),
      requireResidentKey: z.literal(true),
      userVerification: z.literal('required'),
    }),
    attestation: z.literal('none'),
  })
  .meta({ id: 'PasskeyCreationOptions' });

/** As `PublicKeyCredential.parseRequestOptionsFromJSON` takes them. */
export const requestOptionsShape = z
  .strictObject({
    challenge: z.string(),
    rpId: z.string(),
    timeout: z.int(),
    userVerification: z.literal('required'),
    allowCredentials: z.array(named),
  })
  .meta({ id: 'PasskeyRequestOptions' });
