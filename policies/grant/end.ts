/**
 * What the councillor is told of the end of a grant: one coded cause, and never more about others than that they are
 * protected. Source: need-to-know.md, section 6.
 */
import { access } from './access.js';
import type { EndCause } from './end-causes.js';
import type { Grant, Lapse } from './grant.js';

const causeOfLapse: Readonly<Record<Lapse['limit'], EndCause>> = {
  window: 'window_over',
  three_months: 'window_over',
  term: 'term_ended',
  appointment: 'appointment_ended',
  training: 'training',
  journey: 'to_protect_others',
};

/** What the councillor is told of an end. */
export interface EndTold {
  readonly because: EndCause;
  /** Since when; of an end by itself, when its limit was over. */
  readonly at: Date;
  /** Of a decision of the council alone, in the words that were written for them: never the office's own reasons. */
  readonly reasons: string | null;
}

/** Of an end that the council made: one from before there were codes tells no reasons. */
const toldOfRevocation = ({ endCause, endTold }: Grant, at: Date): EndTold => ({
  because: endCause ?? 'council_decision',
  at,
  reasons: endTold,
});

/** What the councillor is told of the end of a grant; null while it lives, and where it was used up. */
export const toldOfEnd = (grant: Grant, now: Date): EndTold | null => {
  const { status } = access(grant, now);
  if (status === 'revoked' && grant.endedAt !== null) return toldOfRevocation(grant, grant.endedAt);
  return status === 'lapsed' && grant.lapse !== null
    ? { because: causeOfLapse[grant.lapse.limit], at: grant.lapse.at, reasons: null }
    : null;
};
