import { requireWitnessed, WitnessAlarm } from '../../db/audit/log/witnessing.js';
import type { LogClient } from './log-client.js';
import type { WitnessState } from './state.js';

/** The result of a look at the log. */
export interface Witnessed {
  /** Of the checkpoint that was signed here last, before this one; null where this is the first. */
  readonly from: number | null;
  readonly size: number;
  /** The signed note, with the witness's own signature on it. */
  readonly note: string;
}

/** An alarm, and the folder with its evidence. */
export interface Alarm {
  readonly alarm: WitnessAlarm;
  readonly evidence: string;
}

/**
 * Looks at the log once: fetches its checkpoint, checks that it grew from the last one, signs it too and remembers
 * it. If the log shows another trail, it signs nothing and keeps both sides as evidence.
 * @throws Unreachable if the log does not answer; Fault if its answer is not one of a log
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
