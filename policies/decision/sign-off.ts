/**
 * When a decision counts: in what capacity a person acts for an office, who may not sign, whether the three offices
 * have discussed it, and what Legal needs before it approves or refuses.
 * Source: need-to-know.md, section 4; report 8.4.
 */
import { quotedGrounds, type Ground } from '../core/grounds.js';
import type { TestResult } from '../need-to-know/test.js';
import { observationType } from '../core/observation-types.js';
import { invalid, type RuleKey } from '../core/rules.js';
import type { Acting, Actor, Holding } from '../people/actor.js';
import { seats, type Office } from '../core/office.js';
import type { Separated } from '../core/separated.js';
import type { ObservationRequest } from '../request/request.js';
import { objects, refuses } from '../request/live-seat.js';
import { meetingCounts, type Meeting } from './meeting.js';
import type { Coded } from './signed.js';

/** The conflicts that a row shows of itself: being its host, or the host's line manager. */
const isPartOf = (personId: string, row: Separated) => personId === row.hostId || personId === row.managerId;

/** Whether somebody is kept from this row: its host, the host's line manager, or recorded as conflicted. */
export const hasConflict = (personId: string, row: Separated) =>
  isPartOf(personId, row) || row.conflicts.some((recorded) => recorded.personId === personId);

/** Whether the Director has delegated the seat to them, as the type that is observed has it signed by its head. */
const isDelegated = ({ delegated }: Holding, { observationType: type }: Separated): boolean =>
  delegated === true && !!type && observationType(type).signedByHead;

/**
 * A deputy acts only while the principal is absent or has a recorded conflict on this reference. A principal is also
 * kept from acting if they signed a version that was remitted since, or the refusal under review.
 */
const mayAct = (holding: Holding, row: Separated): boolean =>
  isDelegated(holding, row) ||
  holding.capacity !== 'deputy' ||
  holding.principalAbsent === true ||
  (holding.deputyFor !== undefined &&
    (hasConflict(holding.deputyFor.id, row) || mayNotSignAgain(holding.deputyFor.id, holding.office, row)));

const mayNotSignAgain = (personId: string, office: Office, row: Separated): boolean =>
  (office === 'monitoring_officer' ? row.signers : row.signedBefore).includes(personId);

const byCapacity = { principal: 0, authorised: 1, deputy: 2 } as const;

/**
 * The office and capacity in which the person acts on this row. A naming by the Chief Executive comes first, then
 * being its host; then principal before authorised before deputy. Otherwise the rule that says no: `office` if they
 * hold none of these offices, `principal_present` for a deputy whose principal is there.
 */
export const capacityOf = (actor: Actor, among: readonly Office[], row: Separated): Acting | RuleKey => {
  const named = row.named.find(
    ({ office, personId }) => personId === actor.id && among.some((each) => each === office),
  );
  if (named) return { office: named.office, capacity: 'authorised', deputyFor: null };
  if (among.includes('host') && row.hostId === actor.id) {
    return { office: 'host', capacity: 'principal', deputyFor: null };
  }
  const held = among.flatMap((office) => actor.holdings.filter((holding) => holding.office === office));
  if (held.length === 0) return 'office';
  const [best] = held
    .filter((holding) => mayAct(holding, row))
    .toSorted((a, b) => byCapacity[a.capacity] - byCapacity[b.capacity]);
  if (!best) return 'principal_present';
  // Under a delegation of the Director they act in their own right, whether or not the Director is there.
  if (isDelegated(best, row) && best.capacity === 'deputy')
    return { office: best.office, capacity: 'authorised', deputyFor: null };
  return { office: best.office, capacity: best.capacity, deputyFor: best.deputyFor ?? null };
};

const ruleOfConflict = {
  relation: 'declared_relation',
  complaint: 'complaint',
  line_management: 'recorded_conflict',
  other: 'recorded_conflict',
} as const satisfies Record<string, RuleKey>;

/** The rule that keeps this person out of deciding this row, for any office; or null. */
export const barredByConflict = (actor: Actor, row: Separated): RuleKey | null => {
  if (actor.councillorId === row.councillorId) return 'requester';
  if (actor.councillorId !== null && actor.standing !== 'former') return 'any_councillor';
  if (actor.id === row.hostId) return 'host_signs';
  if (actor.id === row.managerId) return 'line_manager_signs';
  const recorded = row.conflicts.find(({ personId }) => personId === actor.id);
  return recorded ? ruleOfConflict[recorded.kind] : null;
};

/** The rule that bars this person from deciding the review of this row's refusal, or null. */
export const barredFromReviewing = (actor: Actor, _acting: Acting, row: ObservationRequest): RuleKey | null =>
  barredByConflict(actor, row) ?? (row.signers.includes(actor.id) ? 'reviewer_signed' : null);

/** The rule that bars this person from signing this row for that office, or null. */
export const barredFromSigning = (actor: Actor, acting: Acting, row: ObservationRequest): RuleKey | null => {
  const conflicted = barredByConflict(actor, row);
  if (conflicted) return conflicted;
  if (row.signedBefore.includes(actor.id)) return 'signed_before';
  // Whom somebody speaks for on this version: by a sign-off, or by reasons on a council rule.
  const spokeFor = [...row.seats, ...row.lifts];
  if (spokeFor.some(({ personId, office }) => personId === actor.id && office !== acting.office)) {
    return 'one_person_one_office';
  }
  if (
    acting.office === 'childrens_services' &&
    row.observationType &&
    observationType(row.observationType).signedByHead
  ) {
    const isNamed = row.named.some(
      ({ office, personId }) => office === acting.office && personId === actor.id,
    );
    const head =
      isNamed ||
      actor.holdings.some(
        (holding) =>
          holding.office === 'childrens_services' &&
          (holding.delegated === true || (holding.head && holding.capacity === 'principal')),
      );
    if (!head) return 'head_signs';
  }
  return null;
};

/** One entry of the discussion, as far as the rule needs it. */
export interface Spoken {
  readonly personId: string;
  readonly office: Office;
  /** The offices present, where the entry records a meeting. */
  readonly present: readonly Office[] | null;
  /** Of a meeting: what it is called, and what the offices said of being there. */
  readonly meeting?: Pick<Meeting, 'id' | 'date' | 'confirmations'> | null;
}

/**
 * Whether the three offices have discussed this version: either a meeting of all three is recorded, and each office that was
 * there has said so, or each office has spoken through a different person (nobody discusses with themselves).
 */
export const discussionHeld = (spoken: readonly Spoken[]): boolean => {
  if (meetingsIn(spoken).some(meetingCounts)) return true;
  const speakers = seats.map((office) => [
    ...new Set(
      spoken.filter((entry) => entry.present === null && entry.office === office).map((e) => e.personId),
    ),
  ]);
  const assign = (index: number, taken: readonly string[]): boolean =>
    index === speakers.length ||
    (speakers[index] ?? []).some(
      (person) => !taken.includes(person) && assign(index + 1, [...taken, person]),
    );
  return assign(0, []);
};

/** The meetings that are recorded. */
export const meetingsIn = (spoken: readonly Spoken[]): Meeting[] =>
  spoken.flatMap(({ personId, office, present, meeting }) =>
    present === null ? [] : [{ id: '', date: '', confirmations: [], ...meeting, personId, office, present }],
  );

/** Whether every question of the test has its answer and its reasons. */
export const allAnswered = ({ findings }: TestResult) =>
  findings.every(({ result }) => result === 'satisfied' || result === 'blocks');

const checkGrounds = (grounds: readonly Ground[], negative: boolean): void => {
  const field = 'grounds';
  if (!negative && grounds.length > 0)
    throw invalid('no_ground', [{ field, message: 'Leave the grounds out.' }]);
  if (negative && grounds.length === 0) {
    throw invalid('coded_ground', [{ field, message: 'Give at least one ground.' }]);
  }
};

/** @throws Invalid where the grounds are at fault */
export const assertGroundsOfSignOff = (given: Coded): void => checkGrounds(given.grounds, objects(given));

/**
 * A refusal cites at least the grounds of every block.
 * @throws Invalid where the grounds are at fault
 */
export const assertGroundsOfDecision = (given: Coded, test: Pick<TestResult, 'grounds'>): void => {
  checkGrounds(given.grounds, refuses(given));
  const missing = test.grounds.filter((ground) => !given.grounds.includes(ground));
  if (refuses(given) && missing.length > 0) {
    throw invalid('grounds_of_blocks', [
      { field: 'grounds', message: `Select these grounds as well: ${quotedGrounds(missing)}.` },
    ]);
  }
};

/** That it is not established, with the findings that block. */
export const blockedDetail = ({ findings }: TestResult) =>
  `The need to know is not established: ${findings
    .filter(({ result }) => result === 'blocks')
    .map(({ explanation }) => explanation)
    .join(' ')}`;
