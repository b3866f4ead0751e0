import type { Knex } from 'knex';
import { z } from 'zod';
import { loadActor } from '../../db/people/people.js';
import { londonDate } from '../../policies/core/london.js';
import type { Actor } from '../../policies/core/subjects.js';

/** Signed out after this long, used or not. */
const longest = 12 * 60 * 60 * 1000;

/** What a session keeps of a person: who, and since when. Offices and names are looked up each time. */
export interface SignedIn {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

const signedIn = z.strictObject({ id: z.string(), since: z.number() });

/**
 * The person of a session, loaded afresh for each request, so that a suspension or an absence bites at
 * once. Null where the session has lasted too long or the person may no longer sign in.
 */
export const actorOf = async (db: Knex, now: Date, kept: unknown): Promise<Actor | null> => {
  const read = signedIn.safeParse(kept);
  if (!read.success) return null;
  const age = now.getTime() - read.data.since;
  if (age < 0 || age > longest) return null;
  return loadActor(db, read.data.id, londonDate(now));
};
