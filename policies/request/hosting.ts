/**
 * Who may host an observation. Source: need-to-know.md, section 4: not a councillor, not an administrator, and not a person with a declared
 * relation to, or a complaint with, the councillor who asks.
 */
import type { RuleKey } from '../core/rules.js';
import type { ObservationRequest } from './request.js';

/** A person proposed as host or as the host's line manager. */
export interface Candidate {
  readonly id: string;
  readonly councillorId: string | null;
  /** Whether they hold the administrator's office, or are to. */
  readonly administers?: boolean;
}

/** The rule that keeps this person from hosting, or from being the host's line manager; null where none does. */
export const barredFromHosting = (
  { id, councillorId, administers }: Candidate,
  { conflicts }: Pick<ObservationRequest, 'conflicts'>,
): RuleKey | null => {
  if (councillorId !== null) return 'host_is_councillor';
  if (administers === true) return 'administrator_alone';
  const conflicted = conflicts.some(
    ({ personId, kind }) => personId === id && (kind === 'relation' || kind === 'complaint'),
  );
  return conflicted ? 'host_conflicted' : null;
};

/** The same of somebody who takes the place of a person named wrongly: by then the offices may have signed. */
export const barredFromReplacing = (
  candidate: Candidate,
  row: Pick<ObservationRequest, 'conflicts' | 'signers' | 'signedBefore'>,
): RuleKey | null =>
  barredFromHosting(candidate, row) ??
  ([...row.signers, ...row.signedBefore].includes(candidate.id) ? 'host_signed' : null);
