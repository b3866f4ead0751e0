/** What a token holds: a secret that nobody can guess, and a sum by which a slip is found without asking anybody. */
import { createHash } from 'node:crypto';
import { hashOfToken, randomToken } from '../case/links.js';

/** By it people, and programs that look for secrets where none belong, tell what it is. */
const prefix = 'ntk_';
const letters = 43;
const sumLetters = 6;

const sumOf = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, sumLetters);

/** A new secret: 256 random bits. */
export const newSecret = (): string => {
  const text = `${prefix}${randomToken()}`;
  return `${text}${sumOf(text)}`;
};

const pattern = new RegExp(`^${prefix}[\\w-]{${letters + sumLetters}}$`);

/** The hash that is stored of a secret; null where this is none of ours, or was mistyped. */
export const hashOfSecret = (secret: string): Buffer | null => {
  if (!pattern.test(secret)) return null;
  const text = secret.slice(0, -sumLetters);
  return sumOf(text) === secret.slice(-sumLetters) ? hashOfToken(secret) : null;
};
