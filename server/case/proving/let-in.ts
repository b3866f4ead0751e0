import type { Actor } from '../../../policies/people/actor.js';
import type { ProofKind } from '../../../policies/proof/proof.js';

/** Somebody who has proved who they are, and begins a session. */
export interface LetIn {
  readonly actor: Actor;
  /** From when the session counts. */
  readonly since: Date;
  readonly by: ProofKind;
  /** When they did so at the council’s own sign-in, by our clock, if it says. */
  readonly provedAt?: Date | null;
  /** Their session there, as a digest, if it says. */
  readonly there?: string | null;
}
