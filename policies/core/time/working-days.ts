/**
 * Working days, and how they are counted (need-to-know.md, section 7).
 *
 * The day of receipt is day 0. Anything received after 17:00, or on a day that is not a working day, counts as
 * received on the next working day. Dates are `YYYY-MM-DD` in Europe/London; instants are `Date`s.
 */
import { addDays, atLondonTime, isWeekend, londonDate, weekday } from './london.js';
import { remembering } from './remembering.js';

/**
 * The known holidays: the name of the one on a date, or null. Weekends are not holidays. One calendar always answers the
 * same; where days are proclaimed, there is another.
 */
export interface Calendar {
  holiday(date: string): string | null;
}

/** A day proclaimed a bank holiday; `name` is null where a usual one is given up, as when it is moved. */
export interface ProclaimedDay {
  readonly date: string;
  readonly name: string | null;
}

/** A day that is not counted, and why: 'Saturday', 'Sunday' or the holiday's name. */
export interface SkippedDay {
  readonly date: string;
  readonly reason: string;
}

/** A span of days that do not count, both included; `to` is null while it lasts. */
/** Why days did not count; of a return nothing is said. */
export const pauseReasons = ['hearing', 'stage'] as const;
export type PauseReason = (typeof pauseReasons)[number];

export interface Pause {
  readonly from: string;
  readonly to: string | null;
  readonly because?: PauseReason;
}

/** How a due date was counted. Every day after receipt is in one of the lists, or is `receivedOn`. */
export interface Count {
  /** Day 0: the working day on which it counts as received. */
  readonly receivedOn: string;
  readonly due: string;
  readonly counted: readonly string[];
  readonly skipped: readonly SkippedDay[];
}

/** `due` is null during a pause: the days counted so far show where the clock stands. */
export type PausedCount = Omit<Count, 'due'> & { readonly due: string | null };

/** The calendar with proclaimed days on top; if two have the same date, the later in the list counts. */
export const withProclaimed = (calendar: Calendar, days: readonly ProclaimedDay[]): Calendar => {
  const proclaimed = new Map(days.map(({ date, name }) => [date, name]));
  return {
    holiday: (date) => {
      const name = proclaimed.get(date);
      return name === undefined ? calendar.holiday(date) : name;
    },
  };
};

/** Works each answer out once for a calendar: every deadline that is shown asks about the same few weeks. */
const onceFor = <T>(work: (calendar: Calendar, asked: string) => T) => {
  const known = new WeakMap<Calendar, (asked: string) => T>();
  return (calendar: Calendar, asked: string): T => {
    const answers = known.get(calendar) ?? remembering((each: string) => work(calendar, each));
    known.set(calendar, answers);
    return answers(asked);
  };
};

/** Why a date is not a working day: 'Saturday', 'Sunday' or the holiday's name; null when it is one. */
export const whyNotWorking = onceFor((calendar, date): string | null =>
  isWeekend(date) ? weekday(date) : calendar.holiday(date),
);

/** Whether the offices are open that day: neither a weekend nor a holiday of the calendar. */
export const isWorkingDay = (calendar: Calendar, date: string): boolean =>
  whyNotWorking(calendar, date) === null;

/** The first working day after the date. */
export const nextWorkingDay = onceFor((calendar, date): string => {
  let day = addDays(date, 1);
  while (!isWorkingDay(calendar, day)) day = addDays(day, 1);
  return day;
});

/** The last working day before the date. */
export const previousWorkingDay = onceFor((calendar, date): string => {
  let day = addDays(date, -1);
  while (!isWorkingDay(calendar, day)) day = addDays(day, -1);
  return day;
});

/** The last instant that still counts as that day. To the millisecond: 17:00:00.000 is in. */
const closing = remembering((date: string) => atLondonTime(date, '17:00:00').getTime());

/** The working day on which something counts as received: day 0. */
export const receivedOn = (calendar: Calendar, instant: Date): string => {
  const date = londonDate(instant);
  const inTime = isWorkingDay(calendar, date) && instant.getTime() <= closing(date);
  return inTime ? date : nextWorkingDay(calendar, date);
};

/** The longest period that can be counted, in working days. */
export const longestPeriod = 250;

/**
 * Counts `days` working days (1 to 250) from day 0, leaving out the days of the pauses. Weekends and holidays
 * inside a pause are the pause's, and not in `skipped`. The time it takes grows with `days` and the number of
 * the pauses, not with their length.
 * @throws RangeError when `days` is not a whole number from 1 to 250
 */
export const countAround = (
  calendar: Calendar,
  instant: Date,
  days: number,
  pauses: readonly Pause[],
): PausedCount => {
  if (!Number.isInteger(days) || days < 1 || days > longestPeriod) {
    throw new RangeError(`A period is a whole number of working days from 1 to ${longestPeriod}.`);
  }
  const span = { receivedAt: londonDate(instant), zero: receivedOn(calendar, instant), days };
  return pauses.length === 0
    ? unbroken(calendar, `${span.receivedAt} ${span.zero} ${days}`)
    : countDays(calendar, span, pauses);
};

interface Span {
  readonly receivedAt: string;
  /** Day 0. */
  readonly zero: string;
  readonly days: number;
}

const countDays = (
  calendar: Calendar,
  { receivedAt, zero, days }: Span,
  pauses: readonly Pause[],
): PausedCount => {
  const counted: string[] = [];
  const skipped: SkippedDay[] = [];
  let date = receivedAt;
  // The day of receipt explains itself too when it is a Saturday; when it is a working day there is nothing
  // to explain.
  if (isWorkingDay(calendar, date)) date = addDays(date, 1);

  for (; ; date = addDays(date, 1)) {
    const pause = pauses.find(({ from, to }) => from <= date && (to === null || date <= to));
    if (pause) {
      if (pause.to === null) return { receivedOn: zero, due: null, counted, skipped };
      date = pause.to;
      continue;
    }
    const reason = whyNotWorking(calendar, date);
    if (reason !== null) skipped.push({ date, reason });
    else if (date > zero) counted.push(date);
    if (counted.length === days) return { receivedOn: zero, due: date, counted, skipped };
  }
};

/** A count without pauses, by the day of receipt, day 0 and the days: in a list most requests have one of a few. */
const unbroken = onceFor((calendar, asked): PausedCount => {
  const [receivedAt = '', zero = '', days] = asked.split(' ');
  return countDays(calendar, { receivedAt, zero, days: Number(days) }, []);
});

/**
 * Counts `days` working days (1 to 250) from an instant of receipt. `skipped` names the weekends and holidays
 * from the moment of receipt up to `due`: those before day 0, and the day of receipt itself where it was no
 * working day, included.
 * @throws RangeError when `days` is not a whole number from 1 to 250
 */
export const countWorkingDays = (calendar: Calendar, instant: Date, days: number): Count => {
  const { due, ...count } = countAround(calendar, instant, days, []);
  if (due === null) throw new Error('Without a pause nothing leaves a period open.');
  return { ...count, due };
};
