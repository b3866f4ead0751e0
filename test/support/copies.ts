import type { Council } from './council.js';
import { Line } from './line.js';
import { brought, copiesOf, type Stage } from './people.js';

/** Copies that nobody has taken yet, by the stage and the time at which they were brought there. */
const shelves = new WeakMap<Council, Map<string, string[]>>();
const together = 15;

/**
 * A fresh request of the scrutiny chair that stands at a stage, like `lineAt`, for a file that takes many such:
 * one is brought there by the use cases and copied with all that stands on it, but without its trail.
 */
export const copyAt = async (council: Council, stage: Exclude<Stage, 'draft'>): Promise<Line> => {
  const shelf = shelves.get(council) ?? new Map<string, string[]>();
  shelves.set(council, shelf);
  const key = `${stage} ${council.clock.toISOString()}`;
  const ready = shelf.get(key) ?? [];
  if (ready.length === 0) {
    const { db } = council.world;
    const { reference } = await brought(db, stage, { now: () => council.clock });
    ready.push(...(await copiesOf(db, reference, together)));
    shelf.set(key, ready);
  }
  const reference = ready.shift() ?? '';
  return new Line(council, reference, 'initial_child_protection_conference', 'scrutiny.chair');
};
