/** What a sign-off or a decision can say, and as much of one as a request knows of itself: need-to-know.md, section 4. */
import { z } from 'zod';
import { keysOf } from '../core/fields/keys-of.js';
import type { Seat } from '../core/office.js';

/** What a sign-off or a decision says. */
export const outcomeField = { outcome: z.enum(['agree', 'object', 'approve', 'refuse']) };
type Outcome = { readonly [Field in keyof typeof outcomeField]: z.infer<(typeof outcomeField)[Field]> };

/** What the rules ask of a sign-off that stands (is not voided). */
export interface LiveSeat extends Outcome {
  readonly office: Seat;
  readonly personId: string;
}
export const liveNames = ['office', 'personId', ...keysOf(outcomeField)] as const;

/** The outcome that a command is asked about, where one is named. */
export type OutcomeAsked = { readonly [Field in keyof Outcome]?: Outcome[Field] | undefined };

/** What a seat says, or what was sent or asked about; where nothing is named, none of these. */
const says =
  (word: LiveSeat['outcome']) =>
  (of: { readonly [Field in keyof Outcome]?: unknown }): boolean =>
    of.outcome === word;
export const agrees = says('agree');
export const objects = says('object');
export const approves = says('approve');
export const refuses = says('refuse');
