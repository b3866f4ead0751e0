import type { Job } from '../job.js';
import { kindOf } from './kind-of.js';

/** So many failures with nothing done between them are no longer the fault of the things themselves. */
const patience = 10;

/**
 * Does each thing in a transaction of its own, so that one failed item does not block the rest; the next tick tries
 * it again.
 * @param name a thing's name in the log: an id or a key, never anything personal
 * @param act resolves with how much it did
 * @returns how much was done altogether
 * @throws the first error, after the others are done: the job counts as failed
 */
export const oneByOne = async <Thing>(
  { log, signal }: Pick<Job, 'log' | 'signal'>,
  things: Iterable<Thing> | AsyncIterable<Thing>,
  { name, act }: { readonly name: (thing: Thing) => string; readonly act: (thing: Thing) => Promise<number> },
): Promise<number> => {
  const faults: unknown[] = [];
  let done = 0;
  let inARow = 0;
  for await (const thing of things) {
    if (signal?.aborted || inARow === patience) break;
    try {
      done += await act(thing);
      inARow = 0;
    } catch (error) {
      inARow += 1;
      faults.push(error);
      log.error(
        { one: name(thing), because: kindOf(error) },
        'one thing could not be done, and the others do not wait for it',
      );
    }
  }
  if (faults.length > 0) throw faults[0];
  return done;
};
