/**
 * Every running deadline: what is due, since when, whom it waits for, and who hears of it if it is missed. A missed
 * deadline escalates; it never decides. Source: need-to-know.md, sections 4, 6 and 7.
 */
import { isLive } from '../grant/access.js';
import { dueOf } from '../request/clock.js';
import { deadline, isOverdue, type Deadline } from '../core/time/deadlines.js';
import { atLondonTime, londonDate } from '../core/time/london.js';
import { incidentsReference, type Recipient } from '../core/notices.js';
import { reportBy } from '../incident/breach.js';
import { timeToAsk } from '../review/review.js';
import type { Settings } from '../settings/settings.js';
import type { Office } from '../core/office.js';
import type { Grant } from '../grant/grant.js';
import { reviewableSince } from '../request/reviewed.js';
import type { ObservationRequest } from '../request/request.js';
import type { Visit } from '../visit/visit.js';
import { turnOf } from '../request/turn.js';
import { checkFinding } from '../visit/visit-access.js';
import { previousWorkingDay } from '../core/time/working-days.js';

export const deadlineKinds = [
  'acknowledge',
  'decide',
  'release',
  'answer_returned',
  'ask_for_review',
  'review',
  'check_connection',
  'attendance_record',
  'answer_question',
  'release_or_end',
  'report_breach',
] as const;
export type DeadlineKind = (typeof deadlineKinds)[number];

/** A running deadline, and the people it concerns. */
export interface OpenDeadline {
  readonly what: DeadlineKind;
  /** The request it belongs to. */
  readonly reference: string;
  /** The visit, the question or the grant, by id; null where it is the request's own. */
  readonly subject: string | null;
  /** From when it has run: nothing is said of a day before it. */
  readonly since: Date;
  readonly due: Deadline & { readonly at: string };
  /** The moment at which it is over, where it is counted by the clock; left out where that is the end of its day. */
  readonly by?: Date;
  /** Whom it waits for. */
  readonly waitsFor: readonly Recipient[];
  /** Other people who know the day, and who hear if it moves. */
  readonly knownTo: readonly Recipient[];
  /** The offices whose heads hear first if it is missed; then the Monitoring Officer does. */
  readonly escalatesTo: readonly Office[];
  /** What a message calls it; the message of an incident never names a request. */
  readonly called: string;
}

type Facts = Pick<OpenDeadline, 'what' | 'reference' | 'since' | 'waitsFor' | 'escalatesTo' | 'by'> & {
  readonly due: Deadline | null;
  readonly subject?: string | null;
  readonly called?: string;
  readonly knownTo?: readonly Recipient[];
};

/** Null while its clock stands still. */
const running = ({ due, subject = null, called, knownTo = [], ...rest }: Facts): OpenDeadline[] =>
  due === null || due.at === null
    ? []
    : [{ ...rest, subject, knownTo, called: called ?? rest.reference, due: { ...due, at: due.at } }];

const ofOffices = (offices: readonly Office[]): Recipient[] => offices.map((office) => ({ office }));

const latest = (first: Date, ...rest: readonly (Date | null)[]): Date =>
  rest.reduce<Date>((last, each) => (each !== null && each > last ? each : last), first);

/** Whom the request's own clock waits for, by what is due. */
const ofClock = (row: ObservationRequest, due: Deadline, submittedAt: Date): OpenDeadline[] => {
  const { reference } = row;
  const knownTo = [{ councillorId: row.councillorId }];
  switch (due.what) {
    case 'decide': {
      const offices = turnOf(row);
      const since = latest(submittedAt, row.remittedAt, ...row.returns.map(({ to }) => to));
      return running({
        what: 'decide',
        reference,
        since,
        due,
        waitsFor: ofOffices(offices),
        knownTo,
        escalatesTo: offices,
      });
    }
    case 'release':
      return running({
        what: 'release',
        reference,
        since: submittedAt,
        due,
        waitsFor: ofOffices(['childrens_services']),
        knownTo,
        escalatesTo: ['childrens_services'],
      });
    case 'review':
      return running({
        what: 'review',
        reference,
        since: row.review?.late?.acceptedAt ?? row.review?.askedAt ?? submittedAt,
        due,
        waitsFor: ofOffices(['monitoring_officer']),
        knownTo,
        // The people who make sure that somebody can review get the same notices as the reviewer.
        escalatesTo: ['monitoring_officer', 'democratic_services'],
      });
    default:
      return running({
        what: 'answer_returned',
        reference,
        since: row.returns.find(({ to }) => to === null)?.from ?? submittedAt,
        due,
        waitsFor: [{ councillorId: row.councillorId }],
        // No escalation: without an answer the request is withdrawn (section 7).
        escalatesTo: [],
      });
  }
};

/** When a receipt is due. */
export const receiptDue = (settings: Settings, submittedAt: Date): Deadline =>
  deadline(settings, 'acknowledge', submittedAt, settings.periods.acknowledge, []);

/** The receipt that the councillor has not been given yet. */
const ofReceipt = (settings: Settings, reference: string, submittedAt: Date): OpenDeadline[] =>
  running({
    what: 'acknowledge',
    reference,
    since: submittedAt,
    due: receiptDue(settings, submittedAt),
    waitsFor: ofOffices(['democratic_services']),
    escalatesTo: ['democratic_services'],
  });

/** A councillor's time to ask for a review of a refusal. When it is over, nothing escalates. */
const ofRefusal = (settings: Settings, row: ObservationRequest, now: Date): OpenDeadline[] => {
  const since = row.status === 'refused' ? reviewableSince(row) : null;
  if (since === null || row.review?.version === row.version) return [];
  const due = timeToAsk(settings, since);
  return isOverdue(due, now)
    ? []
    : running({
        what: 'ask_for_review',
        reference: row.reference,
        since,
        due,
        waitsFor: [{ councillorId: row.councillorId }],
        escalatesTo: [],
      });
};

/**
 * The deadlines of a request.
 * @param unacknowledged whether the receipt for the councillor has not gone out yet
 */
export const ofRequest = (
  settings: Settings,
  row: ObservationRequest,
  { now, unacknowledged }: { readonly now: Date; readonly unacknowledged: boolean },
): OpenDeadline[] => {
  if (row.submittedAt === null) return [];
  const due = dueOf(settings, row);
  return [
    ...(row.status === 'submitted' && unacknowledged
      ? ofReceipt(settings, row.reference, row.submittedAt)
      : []),
    ...(due ? ofClock(row, due, row.submittedAt) : []),
    ...ofRefusal(settings, row, now),
  ];
};

/** The time to record what happened at a visit. */
export const attendanceDue = (settings: Settings, { date, to }: Pick<Visit, 'date' | 'to'>): Deadline =>
  deadline(settings, 'attendance_record', atLondonTime(date, to), settings.periods.attendanceRecord, []);

/** The day by which the people linked to the family must be known. */
export const checkDueOn = (settings: Settings, { date }: Pick<Visit, 'date'>): string =>
  previousWorkingDay(settings, date);

const ofHost = ({ hostId }: Visit): Recipient[] =>
  hostId === null ? ofOffices(['childrens_services']) : [{ hostId }];

/**
 * The deadlines of a visit: one working day before it, the people linked to the family must be known; after it, what
 * happened must be recorded.
 */
export const ofVisit = (settings: Settings, grant: Grant, visit: Visit, now: Date): OpenDeadline[] => {
  if (visit.attendance !== null || visit.endedAt !== null) return [];
  const { reference, id: subject } = visit;
  const over = atLondonTime(visit.date, visit.to);
  if (now >= over) {
    return running({
      what: 'attendance_record',
      reference,
      subject,
      since: over,
      due: attendanceDue(settings, visit),
      waitsFor: ofHost(visit),
      escalatesTo: ['childrens_services'],
    });
  }
  if (!isLive(grant, now) || now >= atLondonTime(visit.date, visit.from)) return [];
  if (checkFinding('connection', visit, now, settings).result === 'satisfied') return [];
  const at = checkDueOn(settings, visit);
  return running({
    what: 'check_connection',
    reference,
    subject,
    since: visit.plannedAt,
    due: { what: 'check_connection', at, counted: [], skipped: [], pauses: [] },
    waitsFor: [{ office: 'childrens_services' }, ...ofHost(visit)],
    // Without the check nobody may attend, which the visit itself says.
    escalatesTo: [],
  });
};

/** A question or a challenge that waits for its answer. */
export interface Unanswered {
  readonly id: string;
  readonly reference: string;
  readonly askedAt: Date;
  readonly ownerId: string;
}

export const ofQuestion = (settings: Settings, question: Unanswered): OpenDeadline[] =>
  running({
    what: 'answer_question',
    reference: question.reference,
    subject: question.id,
    since: question.askedAt,
    due: deadline(settings, 'answer_question', question.askedAt, settings.periods.answerQuestion, []),
    waitsFor: [{ hostId: question.ownerId }],
    escalatesTo: ['childrens_services'],
  });

/** A grant that an incident froze, and that Data Protection have neither released nor ended. */
export interface Unreleased {
  readonly grantId: string;
  readonly reference: string;
  readonly frozenAt: Date;
}

/** The time to release or end a frozen grant. */
export const freezeDue = (settings: Settings, frozenAt: Date): Deadline =>
  deadline(settings, 'release_or_end', frozenAt, settings.periods.frozen, []);

export const ofFreeze = (settings: Settings, frozen: Unreleased): OpenDeadline[] =>
  running({
    what: 'release_or_end',
    reference: frozen.reference,
    subject: frozen.grantId,
    since: frozen.frozenAt,
    due: freezeDue(settings, frozen.frozenAt),
    waitsFor: ofOffices(['data_protection']),
    escalatesTo: ['data_protection'],
    called: incidentsReference,
  });

/** An incident that may have exposed personal data of others, and is neither reported nor settled otherwise. */
export interface Unreported {
  readonly incidentId: string;
  /** Of its request; the list of incidents where it has none. */
  readonly reference: string;
  readonly awareAt: Date;
  readonly reportedAt: Date;
}

/** The time to report a personal data breach: by the clock, so that no calendar moves it (UK GDPR, Article 33). */
export const ofBreach = ({ incidentId, reference, awareAt, reportedAt }: Unreported): OpenDeadline[] => {
  const by = reportBy(awareAt);
  return running({
    what: 'report_breach',
    reference,
    subject: incidentId,
    since: reportedAt,
    due: { what: 'report_breach', at: londonDate(by), counted: [], skipped: [], pauses: [] },
    by,
    waitsFor: ofOffices(['data_protection']),
    escalatesTo: ['data_protection'],
    called: incidentsReference,
  });
};
