import { z } from 'zod';
import type { Asking } from '../../db/people/asking.js';
import type { Actor } from '../../policies/people/actor.js';
import { freshProof, proofKinds, type Proof, type ProofKind } from '../../policies/proof/proof.js';
import { longestSession, sessionsSince, type SessionLimits } from '../../policies/people/session-limits.js';

/** A session holds only the person's id, the time of signing in, and the browser by its name. Offices and names are looked up each time. */
export interface SignedIn {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly browser?: string | undefined;
  /** How they proved themselves. */
  readonly by?: ProofKind | undefined;
  /** When they did so at the council’s own sign-in, if it says. */
  readonly provedAt?: number | undefined;
  /** Their session there, as a digest, if it says. */
  readonly there?: string | undefined;
}

const signedIn = z.strictObject({
  id: z.string(),
  since: z.number(),
  browser: z.string().optional(),
  by: z.enum(proofKinds).optional(),
  provedAt: z.number().optional(),
  there: z.string().optional(),
});

const userIn = (session: unknown): unknown => passport.safeParse(session).data?.passport.user;

/** When the person of a session signed in; null of one that says nothing of it. */
export const beganOf = ({ session }: Pick<Asking, 'session'>): Date | null => {
  const { data } = signedIn.safeParse(userIn(session));
  return data ? new Date(data.since) : null;
};

/** How and when the person of a session signed in; null for a session from before it was noted. */
const proofOfSignIn = (kept: unknown): Proof | null => {
  const { data } = signedIn.safeParse(kept);
  if (data?.by === undefined) return null;
  // Somebody may have come in by a proof that they gave there hours ago.
  const at = data.by === 'provider' ? data.provedAt : data.since;
  return at === undefined ? null : { by: data.by, at: new Date(at) };
};

/** Whether a session began with the word of the council’s own sign-in. */
export const cameFromProvider = ({ session }: Pick<Asking, 'session'>): boolean =>
  signedIn.safeParse(userIn(session)).data?.by === 'provider';

/** The fresh proof of a session, by signing in or since, if there is one of a kind that counts. */
export const freshProofOf = ({ session, proved, hasCodes, hasPasskey }: Asking, now: Date): Proof | null =>
  freshProof([proofOfSignIn(userIn(session)), proved], { hasCodes, hasPasskey, now });

const passport = z.object({ passport: z.object({ user: z.unknown() }) });

/**
 * The person of a session, read again for each request, so that a suspension or an absence takes effect at once. Null
 * if the session has lasted too long or the person may no longer sign in.
 */
export const actorOf = (
  now: Date,
  kept: unknown,
  person: Actor | null,
  limits: SessionLimits = longestSession,
): Actor | null => {
  const read = signedIn.safeParse(kept);
  if (!read.success) return null;
  const { since } = read.data;
  return since > now.getTime() || since < sessionsSince(now, limits).getTime() ? null : person;
};
