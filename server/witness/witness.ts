import { requireWitnessed, WitnessAlarm } from '../../db/audit/log/witnessing.js';
import type { LogClient } from './log-client.js';
import type { WitnessState } from './state.js';

/** What a look at the log came to. */
export interface Witnessed {
  /** Of the checkpoint that was signed here last, before this one; null where this is the first. */
  readonly from: number | null;
  readonly size: number;
  /** The signed note, with the witness's own signature on it. */
  readonly note: string;
}

/** An alarm, and the folder with what it is about. */
export interface Alarm {
  readonly alarm: WitnessAlarm;
  readonly evidence: string;
}

/**
 * Looks at the log once: asks for its checkpoint, has it show that it grew out of the last one, signs beside it
 * and remembers it. Where it shows another trail nothing is signed, and both sides are kept.
 * @throws Unreachable where the log does not answer; Fault where what it answers is nothing of it
 */
export const witness = async (
  state: WitnessState,
  client: LogClient,
  at: Date,
): Promise<Witnessed | Alarm> => {
  const held = state.held();
  const note = await client.checkpoint();
  try {
    const seen = await requireWitnessed(held, note, state.log, (from, to) => client.consistency(from, to));
    return { from: held?.size ?? null, size: seen.size, note: state.sign(note, at) };
  } catch (error) {
    if (!(error instanceof WitnessAlarm)) throw error;
    return { alarm: error, evidence: state.keepEvidence(note, at) };
  }
};
