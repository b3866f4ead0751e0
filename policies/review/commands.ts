/** Review of a refusal or of an end, and a direction about a refusal. Source: need-to-know.md, sections 4 and 7. */
import { command, type Hindrance } from '../command/command.js';
import { isOverdue } from '../core/time/deadlines.js';
import { dueOf } from '../request/clock.js';
import type { Settings } from '../settings/settings.js';
import type { ObservationRequest } from '../request/request.js';
import {
  isUnderReview,
  isUpheld,
  reviewableSince,
  reviewedStatuses,
  waitsLate,
} from '../request/reviewed.js';
import { barredByConflict, barredFromReviewing, barredFromSigning } from '../decision/sign-off.js';
import { heldAgainst, isTold } from '../decision/hearing.js';
import { ordered } from '../request/reviewed.js';
import { timeIsOver } from '../deadline/time-passed.js';
import { rightStands } from '../papers/right.js';
import { officeMeant, saysTooLate } from './review.js';

const nothingWaits: Hindrance<ObservationRequest, unknown> = {
  rule: 'no_review',
  when: (row) => row.status !== 'submitted' && !isUnderReview(row),
};

type MeantOffice = ReturnType<typeof officeMeant>;

const isSigned = ({ seats }: ObservationRequest, meant: MeantOffice): boolean =>
  seats.some(({ office }) => office === meant);

const isNamedFor = ({ named }: ObservationRequest, meant: MeantOffice, id: string): boolean =>
  named.some(({ office, personId }) => office === meant && personId === id);

/** Legal tell the councillor the gist before a refusal on purpose, a personal link or conduct: once for each version,
 * and again where something new is held against them. */
export const tellGist = command({
  name: 'tell_gist',
  on: 'Request',
  by: ['legal'],
  from: ['submitted'],
  byNamed: true,
  signs: barredFromSigning,
  closedBy: [{ rule: 'right_stands', when: rightStands }, ordered],
  hinders: [
    timeIsOver,
    { rule: 'hearing_told', when: isTold },
    { rule: 'hearing_needless', when: (file) => heldAgainst(file).length === 0 },
  ],
});

/** The councillor answers, until the request is decided; while it is with them as well, as their days run on then. */
export const answerGist = command({
  name: 'answer_gist',
  on: 'Request',
  by: ['councillor'],
  from: ['submitted', 'returned'],
  closedBy: [
    {
      rule: 'nothing_to_answer',
      when: ({ hearing, version }) => hearing?.version !== version || hearing.answeredAt !== null,
    },
  ],
  hinders: [timeIsOver],
});

/** Whether the decision was overdue when time closed the request. */
const wasOverdue = (row: ObservationRequest, settings: Settings): boolean => {
  const due = dueOf(settings, { ...row, status: 'submitted', statutoryRight: null });
  return due !== null && row.timePassedAt != null && isOverdue(due, row.timePassedAt);
};

/**
 * Within the working days that the council allows, until the end of the last in London; after it with the reason why it is
 * late. Once for each refusal or end.
 */
export const askReview = command({
  name: 'ask_review',
  on: 'Request',
  by: ['councillor'],
  from: reviewedStatuses,
  closedBy: [
    { rule: 'nothing_to_review', when: ({ status, endedAt }) => status === 'approved' && endedAt === null },
    { rule: 'review_asked', when: ({ review, version }) => review?.version === version },
  ],
  hinders: [
    {
      // Where time closed it before it was due, nobody was late, and the councillor may ask anew.
      rule: 'nothing_to_review',
      when: ({ row, settings }) => row.status === 'time_passed' && !wasOverdue(row, settings),
    },
    {
      rule: 'review_time',
      when({ row, settings, at }, { late = false }) {
        const since = reviewableSince(row);
        const says = (since && saysTooLate(since, at, settings)) ?? false;
        return !late && says;
      },
    },
    {
      rule: 'review_in_time',
      when({ row, settings, at }, { late = false }) {
        const since = reviewableSince(row);
        return late && since !== null && saysTooLate(since, at, settings) === null;
      },
    },
  ],
});

/** Naming a reviewer belongs to a refusal; naming a person for a seat belongs to a remitted request. */
export const nameReviewer = command({
  name: 'name_reviewer',
  on: 'Request',
  by: ['democratic_services'],
  from: [...reviewedStatuses, 'submitted'],
  closedBy: [
    nothingWaits,
    {
      rule: 'status',
      when: ({ status, remittedAt }) =>
        status === 'submitted' &&
        remittedAt === null &&
        'Somebody is named for a seat only where a request was remitted.',
    },
  ],
  hinders: [
    {
      rule: 'administrator_alone',
      keepsApart: true,
      when: (_file, { people = [] }) => people.some(({ administers }) => administers === true),
    },
    { rule: 'seat_taken', when: ({ row }, { namedFor }) => isSigned(row, officeMeant(row, namedFor)) },
    {
      rule: 'somebody_is_free',
      when({ row }, { namedFor, namable }) {
        const office = officeMeant(row, namedFor);
        return namable !== undefined && (office === null ? namable.length === 0 : !namable.includes(office));
      },
    },
    {
      rule: 'somebody_is_free',
      when: ({ row }, { namedFor, people = [] }) =>
        people.some(({ id }) => isNamedFor(row, officeMeant(row, namedFor), id)) &&
        'This person is named for it already, and is free to act.',
    },
  ],
});

export const decideReview = command({
  name: 'decide_review',
  on: 'Request',
  by: ['monitoring_officer'],
  asksProof: true,
  from: reviewedStatuses,
  to: ['submitted'],
  byNamed: true,
  signs: barredFromReviewing,
  closedBy: [nothingWaits, { rule: 'late_first', when: waitsLate }],
});

/**
 * The Monitoring Officer says whether a review that was asked for late is heard for good reason. It is theirs as the review
 * is (need-to-know.md, section 4), and not Democratic Services': they hold one of the three seats that it is about.
 */
export const acceptLate = command({
  name: 'accept_late',
  on: 'Request',
  by: ['monitoring_officer'],
  from: reviewedStatuses,
  byNamed: true,
  signs: barredFromReviewing,
  closedBy: [nothingWaits, { rule: 'no_late_review', when: (row) => !waitsLate(row) }],
});

/**
 * Legal or the Monitoring Officer have a refusal decided afresh that nobody asked them to look at again. Who signed it may
 * do so too, with a record of why it is they. One that a review upheld is the Monitoring Officer's alone, as the review was.
 * Source: need-to-know.md, section 4.
 */
export const remitUnasked = command({
  name: 'remit_unasked',
  on: 'Request',
  by: ['monitoring_officer', 'legal'],
  asksProof: true,
  from: ['refused'],
  to: ['submitted'],
  signs: (actor, { office }, row) =>
    isUpheld(row) && office !== 'monitoring_officer' ? 'review_upheld' : barredByConflict(actor, row),
  closedBy: [{ rule: 'review_waits', when: isUnderReview }],
  hinders: [
    { rule: 'remits_own', when: ({ row }, { by = '', own = false }) => !own && row.signers.includes(by) },
  ],
});

/** A direction of a court, the council or a committee comes about a refusal, a closing by time, or an end of what was granted. */
export const direct = command({
  name: 'direct',
  on: 'Request',
  by: ['monitoring_officer'],
  from: ['refused', 'approved', 'time_passed'],
  to: ['submitted'],
  closedBy: [
    { rule: 'nothing_to_review', when: ({ status, endedAt }) => status === 'approved' && endedAt === null },
  ],
});
