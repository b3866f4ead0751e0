import { z } from 'zod';
import type { Actor } from '../../policies/people/actor.js';
import { sessionHours } from '../../policies/people/session-limits.js';

/** Signed out after this long, used or not. */
const longest = sessionHours.inAll * 60 * 60 * 1000;

/** A session holds only the person's id and the time of signing in. Offices and names are looked up each time. */
export interface SignedIn {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

const signedIn = z.strictObject({ id: z.string(), since: z.number() });

/**
 * The person of a session, read again for each request, so that a suspension or an absence takes effect at once. Null
 * if the session has lasted too long or the person may no longer sign in.
 */
export const actorOf = (now: Date, kept: unknown, person: Actor | null): Actor | null => {
  const read = signedIn.safeParse(kept);
  if (!read.success) return null;
  const age = now.getTime() - read.data.since;
  return age < 0 || age > longest ? null : person;
};
