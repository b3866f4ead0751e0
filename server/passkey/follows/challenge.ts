/**
 * What a passkey signs, so that an answer counts for what was asked, where and lately. A challenge is a sealed note of when it
 * was made, for one use in one session or browser: the service keeps nothing until it is answered, and then that it was.
 */
import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { z } from 'zod';
import { useChallenge } from '../../../db/passkey/challenges.js';
import { challengeMinutes } from '../../../policies/passkey/passkey.js';
import { isStillOpen } from '../../../policies/proof/proof.js';
import type { Seal } from '../../case/proving/seal.js';

/** What an answer is for: what was asked in one session or browser opens in no other. */
export const challengesFor = {
  adding: (session: string | undefined): string => `adding a passkey in session ${session ?? 'none'}`,
  stepUp: (session: string): string => `proof by a passkey in session ${session}`,
  signIn: (browser: string): string => `signing in with a passkey in browser ${browser}`,
} as const;

const aboutOf = (use: string): string => `challenge for ${use}`;

/** How long a browser may take to answer, in milliseconds. */
export const answerTime = challengeMinutes * 60_000;

/** A challenge that nobody can guess, in base64url. */
export const newChallenge = (keys: Seal, use: string, at: Date): string =>
  keys.close(String(at.getTime()), aboutOf(use)).toString('base64url');

const clientData = z.object({ challenge: z.string(), crossOrigin: z.boolean().optional() });

/** What a browser says that it signed; null where it says nothing of the kind, or was asked by the page of another. */
const saidIn = (clientDataJSON: string): string | null => {
  try {
    const said = clientData.parse(JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')));
    return said.crossOrigin === true ? null : said.challenge;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
};

/**
 * The challenge of an answer, used up with it, right or wrong.
 * @param clientDataJSON as the browser sends it, in base64url
 * @returns null where it is none of ours for this use, is too old, or was answered before
 */
export const challengeUsed = async (
  trx: Knex.Transaction,
  keys: Seal,
  { clientDataJSON, use, at }: { readonly clientDataJSON: string; readonly use: string; readonly at: Date },
): Promise<string | null> => {
  const challenge = saidIn(clientDataJSON);
  if (challenge === null) return null;
  const sealed = Buffer.from(challenge, 'base64url');
  const made = keys.open(sealed, aboutOf(use));
  if (made === null || !isStillOpen(new Date(Number(made)), challengeMinutes, at)) return null;
  const ends = new Date(Number(made) + answerTime);
  const hash = createHash('sha256').update(sealed).digest();
  return (await useChallenge(trx, { hash, ends })) ? challenge : null;
};
