/**
 * When people are reminded of a deadline, and who hears that it was missed. Reminders go out at eight in the morning
 * of a working day, two working days and one before the last; a missed deadline goes to the head of the office at
 * once, and to the Monitoring Officer after one more working day. Each step has the moment at which it fell due, so
 * that a service that was down catches up once, with the right date.
 * Source: need-to-know.md, section 7: a missed deadline escalates; it never decides.
 */
import { addDays, atLondonTime, startOfLondonDay } from '../core/time/london.js';
import type { Recipient } from '../core/notices.js';
import type { OpenDeadline } from './open-deadlines.js';
import { nextWorkingDay, previousWorkingDay, type Calendar } from '../core/time/working-days.js';

export const steps = [
  /** Two working days before the day on which it is due. */
  'two_days',
  /** One working day before it. */
  'one_day',
  /** In the morning of the day itself. */
  'due_today',
  /** A change of the calendar or of the settings gave it another day. */
  'moved',
  /** It was missed: to the head of the office. */
  'missed',
  /** It is missed still, a working day later: to the Monitoring Officer. */
  'still_missed',
] as const;
export type Step = (typeof steps)[number];

/** Something that somebody is to be told because time has gone by. */
export interface TimelyWord {
  /** The same for ever for the same step of the same deadline with the same day. */
  readonly key: string;
  readonly step: Step;
  /** When it was due to be said. */
  readonly fellDueAt: Date;
  readonly to: readonly Recipient[];
}

/** How many working days before a deadline its reminders come; a fixed design, not a setting. */
export const remindedBefore = { two_days: 2, one_day: 1 } as const;

/** A deadline that runs, as far as it is reminded of: of a request, or of something else. */
export interface Running extends Pick<
  OpenDeadline,
  'reference' | 'subject' | 'since' | 'due' | 'by' | 'waitsFor' | 'escalatesTo' | 'called'
> {
  readonly what: OpenDeadline['what'] | 'settle_conflict' | 'answer_access';
}

/** When the day's reminders are due, in London. */
export const morning = '08:00';

const inTheMorning = (date: string): Date => atLondonTime(date, morning);

/** By the clock nights and Sundays count, so that the reminder does not wait for a working day. */
const daysBefore = (calendar: Calendar, { due, by }: Running, days: number): string =>
  by !== undefined ? addDays(due.at, -days) : workingDaysBefore(calendar, due.at, days);

const workingDaysBefore = (calendar: Calendar, due: string, days: number): string =>
  Array.from({ length: days }).reduce<string>((day) => previousWorkingDay(calendar, day), due);

/**
 * The working days before a deadline on which people get a reminder. Work for the day itself, such as a check before
 * a visit or the record after it, gets one more on that day.
 */
const remindersFor = ({ what, by }: Pick<Running, 'what' | 'by'>): readonly (readonly [Step, number])[] =>
  by !== undefined || what === 'check_connection' || what === 'attendance_record'
    ? [
        ['one_day', remindedBefore.one_day],
        ['due_today', 0],
      ]
    : [
        ['two_days', remindedBefore.two_days],
        ['one_day', remindedBefore.one_day],
      ];

const keyOf = ({ what, reference, subject, due }: Running, step: Step): string =>
  [what, reference, ...(subject === null ? [] : [subject]), due.at, step].join(':');

/** When the deadline is over: at its moment, or else in the first of the day after. */
const missedAt = ({ due, by }: Running): Date => by ?? startOfLondonDay(addDays(due.at, 1));

/**
 * The reminder to send at that time; null if there is none, or no longer. If two mornings went by, it makes up only
 * for the later one: a person who hears today that it is due tomorrow does not need yesterday's reminder.
 */
export const reminderOf = (calendar: Calendar, open: Running, now: Date): TimelyWord | null => {
  if (now >= missedAt(open)) return null;
  const said = remindersFor(open)
    .map(([step, days]) => ({ step, fellDueAt: inTheMorning(daysBefore(calendar, open, days)) }))
    .findLast(({ fellDueAt }) => fellDueAt <= now);
  // Skips what fell due before the deadline itself existed.
  return said && said.fellDueAt >= open.since
    ? { ...said, key: keyOf(open, said.step), to: open.waitsFor }
    : null;
};

/** The steps of a missed deadline, in the order in which they fell due. */
export const escalationsOf = (calendar: Calendar, open: Running, now: Date): TimelyWord[] => {
  if (open.escalatesTo.length === 0) return [];
  const oneMore = nextWorkingDay(calendar, open.due.at);
  const words: readonly Omit<TimelyWord, 'key'>[] = [
    {
      step: 'missed',
      fellDueAt: missedAt(open),
      to: open.escalatesTo.map((office) => ({ headOf: office })),
    },
    {
      step: 'still_missed',
      fellDueAt: startOfLondonDay(addDays(oneMore, 1)),
      to: [{ headOf: 'monitoring_officer' }],
    },
  ];
  return words
    .filter(({ fellDueAt }) => fellDueAt <= now)
    .map((word) => ({ ...word, key: keyOf(open, word.step) }));
};

/** Other reminders by the calendar, without a deadline of a request to miss. */
export const routines = ['training', 'retention', 'bank_holidays'] as const;
export type Routine = (typeof routines)[number];

/** How a person wishes to be reminded: together, one by one, or not at all. They always hear of decisions. */
export const wishes = ['digest', 'each', 'none'] as const;
export type Wish = (typeof wishes)[number];

/** The head of an office hears of a missed deadline whatever they wish: it is not a reminder. */
export const isReminder = (step: Step): boolean => step !== 'missed' && step !== 'still_missed';
