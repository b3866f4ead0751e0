/**
 * The stored day by which a job finds a deadline when one of its steps has come (reminding.ts), and how to count a
 * due day that is not stored with its facts. Only the rules of open-deadlines.ts and reminding.ts decide what a
 * notice says and whether the deadline runs at all.
 */
import { addDays, atLondonTime, londonDate } from '../core/time/london.js';
import { attendanceDue, checkDueOn, freezeDue, receiptDue, type DeadlineKind } from './open-deadlines.js';
import { reportBy } from '../incident/breach.js';
import { morning } from './reminding.js';
import { timeToAsk } from '../review/review.js';
import type { Settings } from '../settings/settings.js';
import { nextWorkingDay, previousWorkingDay, type Calendar } from '../core/time/working-days.js';

/** The kinds as rows store them: a request's own clock is one kind, whatever it waits for. */
export const dueKinds = [
  'clock',
  'answer_returned',
  'acknowledge',
  'ask_for_review',
  'check_connection',
  'attendance_record',
  'answer_question',
  'release_or_end',
  'report_breach',
] as const;
export type DueKind = (typeof dueKinds)[number];

/** Under which kind a deadline is stored. */
export const dueKindOf = (what: DeadlineKind): DueKind =>
  what === 'decide' || what === 'release' || what === 'review' ? 'clock' : what;

/** Those whose last reminder is on the day itself. */
export const kindsOfVisits = ['check_connection', 'attendance_record'] as const satisfies readonly DueKind[];

/** Those that are counted by the clock: they are due on every day of the week, at a moment of it. */
export const kindsByClock = ['report_breach'] as const satisfies readonly DueKind[];

/** The kinds whose subject is not a visit, of those that are counted in days. */
export const kindsButVisits = [
  'clock',
  'answer_returned',
  'acknowledge',
  'ask_for_review',
  'answer_question',
  'release_or_end',
] as const satisfies readonly DueKind[];

/** The kinds that somebody hears of when they are missed. */
export const escalatedKinds = [
  'clock',
  'acknowledge',
  'attendance_record',
  'answer_question',
  'release_or_end',
] as const satisfies readonly DueKind[];

/** How many steps are done or past: two reminders, then missed, then still missed. */
export type StepsSaid = 0 | 1 | 2 | 3 | 4;

/** The due days with a step that has come and is not done yet: both included. */
export interface StepRange {
  readonly said: StepsSaid;
  /** Null for every day before `to`. */
  readonly from: string | null;
  readonly to: string;
}

/** What has come by a moment, for deadlines of the same kind. */
export interface StepsDue {
  readonly kinds: readonly DueKind[];
  readonly ranges: readonly StepRange[];
  /** Whether the step has come at that moment of the day, where the deadline is counted by the clock. */
  readonly isOver?: (open: { readonly by?: Date | undefined }) => boolean;
  /** How many steps have come of a deadline that is due on that day, and is in one of the ranges. */
  readonly come: (dueOn: string) => StepsSaid;
}

/**
 * The reminders that have come. At eight on a working day W (reminding.ts), the reminder one working day before is
 * due for every day up to the next working day, and the one two days before for every day up to the one after that. A
 * missed deadline gets no more reminders.
 */
export const remindersDue = (calendar: Calendar, now: Date, kinds: readonly DueKind[]): StepsDue => {
  const today = londonDate(now);
  const day = now >= atLondonTime(today, morning) ? today : addDays(today, -1);
  const next = nextWorkingDay(calendar, day);
  const visits: readonly DueKind[] = kindsOfVisits;
  const ofVisits = kinds.some((kind) => visits.includes(kind));
  const [first, second] = ofVisits ? [next, day] : [nextWorkingDay(calendar, next), next];
  return {
    kinds,
    ranges: [
      { said: 0, from: today, to: first },
      { said: 1, from: today, to: second },
    ],
    come: (dueOn) => (dueOn <= second ? 2 : 1),
  };
};

/** The same for those that are counted by the clock: the day before and on the day itself, which may be a Sunday. */
export const clockRemindersDue = (now: Date): StepsDue => {
  const today = londonDate(now);
  const day = now >= atLondonTime(today, morning) ? today : addDays(today, -1);
  const next = addDays(day, 1);
  return {
    kinds: kindsByClock,
    ranges: [
      { said: 0, from: today, to: next },
      { said: 1, from: today, to: day },
    ],
    come: (dueOn) => (dueOn <= day ? 2 : 1),
  };
};

/** Missed by the clock: from that moment of its day on, and still missed as any other deadline. */
export const clockEscalationsDue = (calendar: Calendar, now: Date): StepsDue => {
  const today = londonDate(now);
  const others = escalationsDue(calendar, now);
  return {
    ...others,
    kinds: kindsByClock,
    ranges: others.ranges.map((range) => (range.said === 3 ? range : { ...range, to: today })),
    isOver: ({ by }) => by === undefined || now >= by,
  };
};

/** Missed deadlines: missed from the day after, and still missed from the day after the next working day. */
export const escalationsDue = (calendar: Calendar, now: Date): StepsDue => {
  const today = londonDate(now);
  const missed = addDays(today, -1);
  const stillMissed = addDays(previousWorkingDay(calendar, today), -1);
  return {
    kinds: escalatedKinds,
    ranges: [
      ...([0, 1, 2] as const).map((said) => ({ said, from: null, to: missed })),
      { said: 3, from: null, to: stillMissed },
    ],
    come: (dueOn) => (dueOn <= stillMissed ? 4 : 3),
  };
};

/** The facts from which a due day is counted if none is stored with them. */
export type DueFacts =
  | { readonly kind: 'acknowledge'; readonly submittedAt: Date }
  | { readonly kind: 'ask_for_review'; readonly decidedAt: Date }
  | { readonly kind: 'check_connection'; readonly date: string }
  | { readonly kind: 'attendance_record'; readonly date: string; readonly to: string }
  | { readonly kind: 'release_or_end'; readonly frozenAt: Date }
  | { readonly kind: 'report_breach'; readonly awareAt: Date };

/** When it is due. */
export const dueOnOf = (settings: Settings, facts: DueFacts): string | null => {
  switch (facts.kind) {
    case 'acknowledge':
      return receiptDue(settings, facts.submittedAt).at;
    case 'ask_for_review':
      return timeToAsk(settings, facts.decidedAt).at;
    case 'check_connection':
      return checkDueOn(settings, facts);
    case 'attendance_record':
      return attendanceDue(settings, facts).at;
    case 'release_or_end':
      return freezeDue(settings, facts.frozenAt).at;
    case 'report_breach':
      return londonDate(reportBy(facts.awareAt));
  }
};
