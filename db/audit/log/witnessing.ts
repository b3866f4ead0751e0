/**
 * What a witness checks before it signs a checkpoint too (c2sp.org/tlog-witness): that the log signed it, and that
 * its tree began as the one the witness signed last. Then the operator of the log cannot show one trail to the
 * witness and another to somebody else.
 */
import { type Checkpoint, openCheckpoint } from './checkpoint.js';
import { Fault } from './fault.js';
import type { Hash } from './hash.js';
import type { Verifier } from './note.js';
import { ProofFault, verifyConsistency } from './proof/verify.js';

export type AlarmCode = 'fork' | 'cut_short' | 'history_changed';

/** The log shows another trail than the one that was witnessed. Nothing but tampering or a restore does that. */
export class WitnessAlarm extends Fault<AlarmCode> {}

/** Asks the log how the tree of the larger size grew out of the smaller one. */
export type AskConsistency = (from: number, to: number) => Promise<readonly Hash[]>;

const requireGrown = (held: Checkpoint, seen: Checkpoint, proof: readonly Hash[]): void => {
  try {
    verifyConsistency({
      oldSize: held.size,
      oldRoot: held.root,
      newSize: seen.size,
      newRoot: seen.root,
      proof,
    });
  } catch (error) {
    if (!(error instanceof ProofFault)) throw error;
    const sentence = `The ${held.size} entries that were witnessed are not how the ${seen.size} of today begin: ${error.message}`;
    throw new WitnessAlarm('history_changed', sentence);
  }
};

/**
 * The checkpoint of today, if its tree grew from the witnessed one.
 * @param held the last checkpoint that was witnessed, opened; null before the first
 * @throws NoteFault or CheckpointFault if the log has not signed it; WitnessAlarm if it is another trail
 */
export const requireWitnessed = async (
  held: Checkpoint | null,
  note: string,
  log: Verifier,
  ask: AskConsistency,
): Promise<Checkpoint> => {
  const seen = openCheckpoint(note, log);
  if (held === null) return seen;
  if (seen.size < held.size) {
    throw new WitnessAlarm(
      'cut_short',
      `${held.size} entries were witnessed, and the log signs ${seen.size}.`,
    );
  }
  if (seen.size === held.size) {
    if (seen.root.equals(held.root)) return seen;
    throw new WitnessAlarm('fork', `There are two trails of ${seen.size} entries, both signed by the log.`);
  }
  requireGrown(held, seen, await ask(held.size, seen.size));
  return seen;
};
