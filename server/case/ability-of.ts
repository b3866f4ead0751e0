import { abilityFor, type AppAbility } from '../../policies/permission/ability.js';
import type { Actor } from '../../policies/people/actor.js';

/** Most abilities that are kept at once: more people than use one node within a minute. */
const most = 500;
const kept = new Map<string, AppAbility>();

/**
 * The ability of that person as the database has them now. It depends only on the actor, so the same actor gets the
 * same one, and its compiled parts stay compiled; a new office or an absence makes another.
 */
export const abilityOf = (actor: Actor): AppAbility => {
  const key = JSON.stringify(actor);
  const known = kept.get(key) ?? abilityFor(actor);
  // Put it at the end again: the one unused for longest goes first.
  kept.delete(key);
  kept.set(key, known);
  const [oldest] = kept.keys();
  if (kept.size > most && oldest !== undefined) kept.delete(oldest);
  return known;
};
