/**
 * Between the two steps of signing in, the form holds a sealed note in place of the password: whose was right, and when.
 * Nothing is kept on the server, and the password is not sent back.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isStillOpen, secondStepMinutes } from '../../../policies/proof/proof.js';
import type { Seal } from '../../case/proving/seal.js';

const about = 'second step of signing in';
const noted = z.strictObject({ email: z.string(), password: z.string(), at: z.number() });

/** Of the hash that the password was checked against: a password that was set since then makes the note worthless. */
const markOf = (passwordHash: string): string =>
  createHash('sha256').update(passwordHash).digest('base64url');

/** A first step that was right. */
export interface FirstStep {
  readonly email: string;
  /** Whether that is still the password. */
  readonly isStill: (passwordHash: string | null) => boolean;
}

export const noteOfFirstStep = (
  keys: Seal,
  { email, passwordHash, at }: { readonly email: string; readonly passwordHash: string; readonly at: Date },
): string =>
  keys
    .close(JSON.stringify({ email, password: markOf(passwordHash), at: at.getTime() }), about)
    .toString('base64url');

/** The first step of that note; null where it is none of ours, or too old. */
export const firstStepOf = (keys: Seal, note: string, now: Date): FirstStep | null => {
  const text = keys.open(Buffer.from(note, 'base64url'), about);
  if (text === null) return null;
  const { email, password, at } = noted.parse(JSON.parse(text));
  if (!isStillOpen(new Date(at), secondStepMinutes, now)) return null;
  return { email, isStill: (passwordHash) => passwordHash !== null && markOf(passwordHash) === password };
};
