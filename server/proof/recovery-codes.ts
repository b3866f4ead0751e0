/** Recovery codes: each stands once for the phone. They are of 80 bits, so that a hash is safe to keep. */
import { createHash, randomBytes } from 'node:crypto';
import { recoveryCodes } from '../../policies/proof/proof.js';

/** Without letters and digits that look alike. */
const letters = 'abcdefghjkmnpqrstuvwxyz023456789';
const length = 16;

const newCode = (): string =>
  [...randomBytes(length)]
    .map((byte) => letters.charAt(byte % letters.length))
    .join('')
    .replaceAll(/(.{4})(?!$)/g, '$1-');

/** As many as are made at once, such as `k3fm-…`. */
export const newRecoveryCodes = (): string[] => Array.from({ length: recoveryCodes }, newCode);

/** The hash of a code as typed, in any case, with dashes and spaces or without. */
export const hashOfRecoveryCode = (typed: string): Buffer =>
  createHash('sha256').update(typed.toLowerCase().replaceAll(/[\s-]/g, '')).digest();
