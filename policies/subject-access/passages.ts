/**
 * What is held on a councillor, passage by passage: a text of its own each, and the facts of a record together. Each
 * starts with a proposal, which a person of Data Protection weighs; a proposal is no mark.
 * Source: need-to-know.md, section 5 (nothing is left out by kind; discussion, advice and undecided seats start as
 * withheld); UK GDPR, Article 15; Data Protection Act 2018, Schedule 2, paragraphs 16 and 19.
 */
import type { Exemption } from './exemptions.js';

export const marks = ['disclose', 'redact', 'withhold'] as const;
export type Mark = (typeof marks)[number];

/** What is proposed: `weigh` where nothing speaks for either. An exemption where it is plain which. */
export interface Proposal {
  readonly mark: 'disclose' | 'withhold' | 'weigh';
  readonly exemption: Exemption | null;
}

/** What the proposal is made of. */
export interface Weighed {
  /** The kind of record, by its table. */
  readonly kind: string;
  /** The field of a text; null for the facts of a record. */
  readonly field: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Whether the version that it belongs to was decided; true where it belongs to none. */
  readonly decided: boolean;
  /** Whether it is advice that Legal or the Monitoring Officer marked as privileged. */
  readonly privileged: boolean;
}

/** Questions whose answers are about a child, a family or proceedings, and not about the councillor. */
const aboutOthers: readonly unknown[] = ['agreements', 'legal_bars'];

/** How the offices stand on a request, until it is decided. */
const ofTheOffices = ['answers', 'sign_offs', 'lifts', 'statutory_rights'];

/** Which case, who was there, and why something ended: that may be the word of a family or a child. */
const ofOthers = ['caseReference', 'chaperone', 'endedBecause', 'endReasons', 'releaseReasons', 'namedBy'];

/** What the councillor wrote, or was told as it was written. */
const theirOwn: Readonly<Record<string, readonly string[] | 'all'>> = {
  request_versions: 'all',
  request_returns: 'all',
  hearings: 'all',
  reviews: 'all',
  directions: 'all',
  remittals: ['reasons'],
  grant_conditions: 'all',
  attendance_confirmations: 'all',
  visit_questions: 'all',
  findings: 'all',
  releases: 'all',
  offices_held: 'all',
  deputies: 'all',
  access_requests: 'all',
  address_changes: 'all',
};

const disclose: Proposal = { mark: 'disclose', exemption: null };
const weigh: Proposal = { mark: 'weigh', exemption: null };
const withhold = (exemption: Exemption | null): Proposal => ({ mark: 'withhold', exemption });

const isOfOthers = ({ kind, field, facts }: Weighed): boolean =>
  (field !== null && ofOthers.includes(field)) ||
  (['answers', 'visit_checks', 'lifts'].includes(kind) && aboutOthers.includes(facts['question']));

const isTheirs = ({ kind, field, facts }: Weighed): boolean => {
  if (kind === 'sign_offs') return facts['office'] === 'legal' && field !== 'voidReasons';
  if (kind === 'statutory_rights') return field !== 'delegation';
  const fields = theirOwn[kind];
  return fields === 'all' || (fields?.includes(field ?? '') ?? false);
};

/** What is proposed for a passage. */
export const proposalOf = (passage: Weighed): Proposal => {
  const { kind, field, facts } = passage;
  if (passage.privileged || kind === 'legal_holds') return withhold('privilege');
  if (kind === 'discussion' || kind === 'trail_of_the_offices') return withhold(null);
  if (!passage.decided && ofTheOffices.includes(kind)) return withhold(null);
  if (isOfOthers(passage)) return withhold('rights_of_others');
  if (kind === 'incidents' && field !== null)
    return facts['causedBy'] === 'councillor' ? weigh : withhold('rights_of_others');
  if (['conflicts', 'corrections', 'redactions', 'incident_assessments'].includes(kind)) return weigh;
  if (field === null) return disclose;
  return isTheirs(passage) ? disclose : weigh;
};

/** Whether it can be taken over as it is: what is withheld needs its exemption. */
export const isWhole = ({ mark, exemption }: Proposal): boolean =>
  mark === 'disclose' || (mark === 'withhold' && exemption !== null);
