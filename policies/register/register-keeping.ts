/**
 * How the register of members is kept: what an entry must hold, and the entry after each change. The register also
 * keeps what it held at any time, so that a later entry does not revive a lapsed grant.
 * Source: need-to-know.md, section 6; Local Government Act 1972, sections 7 and 83.
 */
import { inDays } from '../core/words/in-days.js';
import { addDays, londonDate } from '../core/time/london.js';
import { faultIf, type FieldError, type Refusal } from '../core/refusals.js';
import { invalid } from '../core/rules.js';
import { lapsesAfterDefeat } from './defeat.js';
import type { Councillor, Defeat } from './member.js';

/** What Democratic Services enter about a membership. */
export type Membership = Pick<Councillor, 'ward' | 'standing' | 'term' | 'defeat'>;

/** A field that is left out stays as it is. */
export type MembershipChanges = { readonly [field in keyof Membership]?: Membership[field] | undefined };

/** The training that the register keeps; of a DBS check that it was made, and until when it counts. */
export const trainingKept = ['safeguarding', 'data_protection', 'dbs'] as const;
export type TrainingKind = (typeof trainingKept)[number];

/** The commands on a councillor's entry. */
export const registerCommands = ['change', 'appoint', 'train', 'confirm_gone'] as const;
export type RegisterCommand = (typeof registerCommands)[number];

const refuseFor = (errors: readonly FieldError[]): void => {
  if (errors.length > 0) throw invalid('member', errors);
};

const beforeTheFirst = 'Enter a day that is not before the first.';

/** A term that began after the poll is another term: the defeat was of the one before. */
const isOfTermBefore = (defeat: Defeat, { term }: Membership, today: string): boolean =>
  term.from > defeat.poll && today >= lapsesAfterDefeat(defeat);

const faultsOfMembership = ({ ward, standing, term }: Membership, today: string): FieldError[] => [
  ...faultIf(standing === 'coopted' && ward !== null, 'ward', 'The co-opted have no ward: leave this empty.'),
  ...faultIf(term.to !== null && term.to < term.from, 'term.to', beforeTheFirst),
  ...faultIf(
    standing === 'former' && (term.to === null || term.to > today),
    'term.to',
    'The term of a former member is over: enter its last day.',
  ),
];

const faultsOfDefeat = ({ poll, declaredAt }: Defeat, { standing, term }: Membership, now: Date) => [
  ...faultIf(standing === 'coopted', 'defeat', 'The co-opted hold no seat that an election could lose.'),
  ...faultIf(poll > londonDate(now), 'defeat.poll', 'This election has not been held yet.'),
  ...faultIf(poll < term.from, 'defeat.poll', 'This term began after that election.'),
  ...faultIf(declaredAt > now, 'defeat.declaredAt', 'This result has not been declared yet.'),
  ...faultIf(
    londonDate(declaredAt) < poll,
    'defeat.declaredAt',
    'A result is declared on the day of the poll, or later.',
  ),
];

const isNewTerm = (before: Membership, after: Membership): boolean =>
  after.term.from > (before.term.to ?? before.term.from);

/** Who was a former member, or was in office already, becomes something else by a new term alone. */
const faultsOfReturn = (before: Membership, after: Membership): FieldError[] => [
  ...faultIf(
    before.standing === 'former' && after.standing !== 'former' && !isNewTerm(before, after),
    'term.from',
    'A former member comes back with a new term: enter a first day after the last one.',
  ),
  ...faultIf(
    before.standing !== 'elect' &&
      before.standing !== 'former' &&
      after.standing === 'elect' &&
      !isNewTerm(before, after),
    'standing',
    'Who is in office is no longer merely elected.',
  ),
];

/** @throws Invalid by the rule `member`, naming the fields */
export const newMember = (given: Omit<Membership, 'defeat'>, now: Date): Membership => {
  const entered = { ...given, defeat: null };
  refuseFor(faultsOfMembership(entered, londonDate(now)));
  return entered;
};

/** With a seat goes the term: its last day is the one before the fourth after the poll. */
const withoutSeat = (member: Membership, defeat: Defeat): Membership => {
  const last = addDays(lapsesAfterDefeat(defeat), -1);
  const { from, to } = member.term;
  return { ...member, defeat, term: { from, to: to !== null && to < last ? to : last } };
};

/**
 * A member's entry after a change. A defeat ends the term. A new term clears it, if it began after the poll and the
 * grants of the old term have ended.
 * @throws Invalid by the rule `member`, naming the fields
 */
export const memberAfter = (before: Membership, given: MembershipChanges, now: Date): Membership => {
  const today = londonDate(now);
  const { ward = before.ward, standing = before.standing, term = before.term } = given;
  const entered: Membership = { ward, standing, term, defeat: before.defeat };
  const touchesTerm = given.standing !== undefined || given.term !== undefined || given.ward !== undefined;
  const clears = given.defeat === null && before.defeat !== null;
  refuseFor([
    ...(touchesTerm ? faultsOfMembership(entered, today) : []),
    ...faultsOfReturn(before, entered),
    ...(given.defeat ? faultsOfDefeat(given.defeat, entered, now) : []),
    ...(clears && before.defeat && !isOfTermBefore(before.defeat, entered, today)
      ? faultIf(
          true,
          'defeat',
          `A seat that was lost is won again by a new term alone, and not before ${inDays(lapsesAfterDefeat(before.defeat))}.`,
        )
      : []),
  ]);
  if (given.defeat) return withoutSeat(entered, given.defeat);
  return { ...entered, defeat: defeatAfter(entered, before.defeat, today) };
};

/** The defeat that still counts beside a term. */
export const defeatAfter = (
  member: Membership,
  defeat: Defeat | null,
  today: string,
): Membership['defeat'] => (defeat && isOfTermBefore(defeat, member, today) ? null : defeat);

/**
 * A member's entry once it is confirmed that they are gone: former, and the term over on that day at the latest.
 * @throws Invalid, naming `on`
 */
export const goneMember = (before: Membership, on: string, now: Date): Membership => {
  const { from, to } = before.term;
  refuseFor([
    ...faultIf(on > londonDate(now), 'on', 'This day is still to come.'),
    ...faultIf(on < from, 'on', 'This day is before the term began.'),
  ]);
  const { ward, defeat } = before;
  return { ward, defeat, standing: 'former', term: { from, to: to !== null && to < on ? to : on } };
};

/** @throws Invalid by the rule `member`, naming `to` */
export const assertAppointment = (span: { readonly from: string; readonly to: string | null }): void =>
  refuseFor(faultIf(span.to !== null && span.to < span.from, 'to', beforeTheFirst));

/** @throws Invalid by the rule `member`, naming the fields */
export const assertTraining = (
  given: { readonly completed: string; readonly expires: string },
  now: Date,
): void =>
  refuseFor([
    ...faultIf(
      given.completed > londonDate(now),
      'completed',
      'This is still to come: enter it once it is done.',
    ),
    ...faultIf(given.expires < given.completed, 'expires', 'This cannot end before it was completed.'),
  ]);

/** An e-mail address leads to one person alone. */
export const emailTaken = (): Refusal =>
  invalid('member', [{ field: 'email', message: 'Somebody else has this e-mail address.' }]);
