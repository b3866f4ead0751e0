/**
 * Review of a refusal, and what follows: the time limit, the reviewer, and the councillor's next route.
 * Source: need-to-know.md, section 4 (who decides) and section 7 (time).
 */
import { inDays } from '../core/words/in-days.js';
import { deadline, isOverdue, type Deadline } from '../core/time/deadlines.js';
import { londonDate } from '../core/time/london.js';
import { officeSays } from '../core/office-names.js';
import { invalid, ruleSays } from '../core/rules.js';
import {
  barredByConflict,
  barredFromReviewing,
  barredFromSigning,
  capacityOf,
} from '../decision/sign-off.js';
import type { Actor } from '../people/actor.js';
import { seats, type Capacity } from '../core/office.js';
import type { Named } from '../core/separated.js';
import type { ObservationRequest } from '../request/request.js';
import { reviewedStatuses, type Review } from '../request/reviewed.js';
import type { Settings } from '../settings/settings.js';

/** Until when a review of a refusal may be asked for, and how that was counted. */
export const timeToAsk = (settings: Settings, decidedAt: Date): Deadline =>
  deadline(settings, 'ask_for_review', decidedAt, settings.periods.askForReview, []);

/**
 * A councillor may ask for a review within the working days that the council allows, until the end of the last one in
 * London. Says that the time is over, naming that day; null while it is not.
 */
export const saysTooLate = (decidedAt: Date, now: Date, settings: Settings): string | null => {
  const due = timeToAsk(settings, decidedAt);
  return due.at !== null && isOverdue(due, now)
    ? `${ruleSays('review_time')} The last day was ${inDays(due.at)}.`
    : null;
};

type NamedOffice = Named['office'];

/** Whether this person can act for the office on this row today, and nothing bars them from it. */
const isFree = (actor: Actor, office: NamedOffice, row: ObservationRequest): boolean => {
  const acting = capacityOf(actor, [office], row);
  const barred = office === 'monitoring_officer' ? barredFromReviewing : barredFromSigning;
  return typeof acting !== 'string' && barred(actor, acting, row) === null;
};

const isReviewed = ({ status }: ObservationRequest): boolean =>
  reviewedStatuses.some((each) => each === status);

/**
 * Which office somebody is named for: the Monitoring Officer's while a review waits, and one of the three
 * seats once the request is decided afresh; null where none, or another, was sent.
 */
export const officeMeant = (row: ObservationRequest, office: NamedOffice | undefined): NamedOffice | null => {
  const reviews = isReviewed(row);
  const named = office ?? (reviews ? 'monitoring_officer' : undefined);
  return named !== undefined && (named === 'monitoring_officer') === reviews ? named : null;
};

/** As `officeMeant`. @throws Invalid, naming `office` */
export const officeNamedFor = (row: ObservationRequest, office: NamedOffice | undefined): NamedOffice => {
  const named = officeMeant(row, office);
  if (named !== null) return named;
  const message = isReviewed(row)
    ? 'While a review waits, somebody is named for the Monitoring Officer.'
    : `After a remittal somebody is named for one of the three offices: ${seats.map((seat) => officeSays[seat]).join(', ')}.`;
  throw invalid('people', [{ field: 'office', message }]);
};

/**
 * Whether nobody of the office is free to act: only then does the Chief Executive name somebody. Who is free, or what
 * bars the others, is not said.
 * @param holders who holds the office today as principal, authorised or deputy, and is not away
 */
export const isNamable = (office: NamedOffice, holders: readonly Actor[], row: ObservationRequest): boolean =>
  !holders.some((actor) => isFree(actor, office, row));

/**
 * Whom the Chief Executive may name: an officer without a conflict who has signed nothing of it.
 * @param person null where there is none of that name, or they are suspended
 * @throws Invalid, naming `person`
 */
export const assertSuitable = (person: Actor | null, office: NamedOffice, row: ObservationRequest): Actor => {
  const message = unsuitable(person, office, row);
  if (person === null || message !== null) {
    throw invalid('people', [{ field: 'person', message: message ?? '' }]);
  }
  return person;
};

const unsuitable = (person: Actor | null, office: NamedOffice, row: ObservationRequest): string | null => {
  if (person === null) return 'There is no such person.';
  // A former councillor too: as an officer they do not decide about something they read as a member.
  if (person.councillorId !== null) return 'No councillor acts for an office.';
  const barred = barredByConflict(person, row);
  if (barred !== null) return ruleSays(barred);
  // A reviewer may review again, and does not sign a version that they remitted.
  const reviewed = office !== 'monitoring_officer' && row.signedBefore.includes(person.id);
  if (row.signers.includes(person.id))
    return 'This person has signed this request, or ended what was granted.';
  return reviewed ? 'This person has reviewed this request.' : null;
};

/**
 * A direction comes after its refusal, and people record it once it was given.
 * @param date the day on which it was given
 * @throws Invalid, naming `date`
 */
export const assertDirectionDate = (date: string, refusedAt: Date, now: Date): void => {
  const message =
    date > londonDate(now)
      ? 'Enter a date that is not in the future.'
      : date < londonDate(refusedAt)
        ? 'Enter a date that is not before the refusal.'
        : null;
  if (message) throw invalid('direction', [{ field: 'date', message }]);
};

/** Who decided the review, as far as the next route depends on it. */
interface Decided {
  readonly outcome: Review['outcome'] | 'ordered' | 'late' | 'unasked';
  /** In what capacity; null until it is decided. */
  readonly by: { readonly capacity: Capacity } | null;
  /** The new request that is decided afresh, where an end was set aside. */
  readonly afresh?: string | null;
}

/**
 * The next route for the councillor, shown with the outcome; the outcome is null while the review waits. The Monitoring
 * Officer is one only where somebody else decided. Source: need-to-know.md, section 4; Civil Procedure Rules, rule 54.5.
 */
export const nextRoute = ({ outcome, by, afresh: reference = null }: Decided): string => {
  if (reference !== null && outcome === 'ordered') {
    return (
      `A court, the council or a committee with power has ordered it. Nothing that was granted comes back: the order is ` +
      `carried out on request ${reference}, with the same text. The offices settle the days, the host and the conditions, and ` +
      'nobody judges the need again.'
    );
  }
  if (reference !== null) {
    return (
      `The end is set aside. Nothing that was granted comes back: request ${reference}, with the same text, is decided ` +
      'afresh by people who have not signed before. You may still change that request or take it back.'
    );
  }
  if (outcome === 'upheld') return upheld(by !== null && by.capacity !== 'principal');
  if (outcome === 'too_late') {
    return `It was asked for after its time, and is not heard. ${upheld(by !== null && by.capacity !== 'principal')}`;
  }
  return nextRoutes[outcome ?? 'open'];
};

const afresh =
  'The same text is decided afresh, with fresh deadlines, by people who have not signed it before. ';

const nextRoutes = {
  open: 'The Monitoring Officer decides the review, or whoever acts in their place: never somebody who signed the request.',
  late:
    'You asked for it after its time. The Monitoring Officer, or whoever acts in their place, says first whether it is heard ' +
    'for good reason: never somebody who signed the request.',
  unasked: `The council has looked at its refusal again by itself. ${afresh}You may still change the request or take it back.`,
  remitted: `${afresh}You may still change the request or take it back.`,
  ordered:
    'A court, the council or a committee with power has ordered it. The order is carried out: the offices settle the days, the ' +
    'host and the conditions, and nobody judges the need again. You may still take the request back.',
  superseded: `A committee or a court has directed it. ${afresh}You may still change the request or take it back.`,
} as const;

const upheld = (byAnother: boolean): string =>
  'The decision stands. You may write to the Chief Executive' +
  (byAnother ? ', or to the Monitoring Officer, who did not decide this review' : '') +
  '. A committee that has the power may direct that it is decided afresh. You may apply to the High Court for judicial ' +
  'review: promptly, and not later than three months after the grounds to make the claim first arose (Civil Procedure ' +
  'Rules, rule 54.5). Writing to somebody does not extend that time. The Local Government and Social Care Ombudsman ' +
  'decides what it can look into; its fact sheet does not take complaints made in a councillor’s capacity.';
