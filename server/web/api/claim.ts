import { Buffer } from 'node:buffer';
import { createHmac, hkdfSync } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Request } from 'express';
import type { Claim } from '../../../db/core/idempotency.js';
import type { FieldError } from '../../../policies/core/refusals.js';

/** The key for the HMAC of bodies, so that nobody can find a body by guessing from its stored value. */
export const claimKey = (sessionSecret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', sessionSecret, '', 'idempotency', 32));

/** The `Idempotency-Key` as sent, and its fault if it has one: it must be 1 to 255 visible ASCII characters. */
export const idempotencyKey = (req: Request): { key: string | null; errors: FieldError[] } => {
  const key = req.headers['idempotency-key'];
  if (key === undefined) return { key: null, errors: [] };
  if (typeof key === 'string' && /^[!-~]{1,255}$/.test(key)) return { key, errors: [] };
  return {
    key: null,
    errors: [{ field: 'Idempotency-Key', message: 'Use 1 to 255 letters, digits or signs, without spaces.' }],
  };
};

/**
 * The fault of a call that sends an `Idempotency-Key` where the answer holds a secret: kept to be given again, it would be
 * one no more.
 */
export const keyBesideSecret = (req: Request): FieldError[] =>
  req.headers['idempotency-key'] === undefined
    ? []
    : [
        {
          field: 'Idempotency-Key',
          message:
            'Leave it out: the answer holds a secret, which is given once and is not kept to be repeated.',
        },
      ];

/** The claim for the use case's transaction: this person made this call with this body under this key. */
export const claimOf = (person: string, req: Request, key: string, body: object, secret: Buffer): Claim => ({
  person,
  method: req.method,
  path: req.path,
  key,
  bodyMac: createHmac('sha256', secret)
    .update(canonicalize(body) ?? '')
    .digest(),
});
