import { z } from 'zod';
import type { Actor } from '../../policies/people/actor.js';
import { longestSession, sessionsSince, type SessionLimits } from '../../policies/people/session-limits.js';

/** A session holds only the person's id, the time of signing in, and the browser by its name. Offices and names are looked up each time. */
export interface SignedIn {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly browser?: string | undefined;
}

const signedIn = z.strictObject({ id: z.string(), since: z.number(), browser: z.string().optional() });

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
