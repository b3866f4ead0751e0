/**
 * Dates and times as Europe/London keeps them (need-to-know.md, section 7).
 *
 * A date is a `YYYY-MM-DD` string, a day in London; an instant is a `Date`. Every conversion between the two
 * is here, so that summer time is thought about once.
 */
import { Temporal } from 'temporal-polyfill';
import { remembering } from './remembering.js';

const zone = 'Europe/London';
const fourDigitYear = /^\d{4}-\d{2}-\d{2}$/;

const hour = 3_600_000;
/** How far London was ahead of UTC in an hour, by its number since 1970. */
const ahead = remembering(
  (number: number) =>
    Temporal.Instant.fromEpochMilliseconds(number * hour).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6,
);

/**
 * The instant moved by London's offset, so that its UTC fields read as a London clock. The clocks are changed
 * on the hour, so each hour asks the calendar once: every page asks it of dozens of instants.
 */
const inLondon = (instant: Date): Date =>
  new Date(instant.getTime() + ahead(Math.floor(instant.getTime() / hour)));

/** A day past the year 9999 would be written with a sign and six digits, and no longer sort as text. */
const written = (date: string): string => {
  if (!fourDigitYear.test(date)) throw new RangeError('A date has to lie in the years 0000 to 9999.');
  return date;
};

/**
 * The day as a `Date` at midnight UTC. Whole days are counted and named without a time zone; UTC has no summer
 * time to trip over, and is many times faster than the calendar of `Temporal`, which counting asks most of.
 */
const dayInUtc = (date: string): Date => new Date(`${date}T00:00Z`);

/** Whether the text is a real day of the calendar, written `YYYY-MM-DD`: 2026-02-29 is not. */
export const isDate = (text: string): boolean => {
  if (!fourDigitYear.test(text)) return false;
  try {
    Temporal.PlainDate.from(text);
    return true;
  } catch {
    return false;
  }
};

/** The day it is in London at that instant, `YYYY-MM-DD`. */
export const londonDate = (instant: Date): string => written(inLondon(instant).toISOString().slice(0, -14));

/** The time a London clock shows at that instant, `HH:MM`, seconds cut off. */
export const londonTime = (instant: Date): string => inLondon(instant).toISOString().slice(-13, -8);

/**
 * The instant at which a London clock shows that time (`HH:MM`, or with seconds) on that day. The hour that
 * comes twice in October is taken the first time; the one that is left out in March is read an hour later.
 * @throws RangeError when either is no real date or time
 */
export const atLondonTime = (date: string, time: string): Date =>
  new Date(
    Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds,
  );

/** How often a London clock shows that time (`HH:MM`) on that day: the hours in which the clocks are changed are odd. */
export const timesShown = (date: string, time: string): 'never' | 'once' | 'twice' => {
  const shown = Temporal.PlainDate.from(date).toPlainDateTime(time);
  const [early, late] = (['earlier', 'later'] as const).map((disambiguation) =>
    shown.toZonedDateTime(zone, { disambiguation }),
  );
  if (early === undefined || late === undefined || early.equals(late)) return 'once';
  return late.toPlainDateTime().equals(shown) ? 'twice' : 'never';
};

const startOfDay = remembering(
  (date: string) => Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds,
);

/** The first instant of the day: midnight in London. */
export const startOfLondonDay = (date: string): Date => new Date(startOfDay(date));

const endOfDay = remembering(
  (date: string) =>
    Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds - 1, // of the next
);

/** The last instant of the day: 23:59:59.999 in London. */
export const endOfLondonDay = (date: string): Date => new Date(endOfDay(date));

/** The date so many days later, or earlier when `days` is negative. */
export const addDays = (date: string, days: number): string => {
  const day = dayInUtc(date);
  day.setUTCDate(day.getUTCDate() + days);
  return written(day.toISOString().slice(0, -14));
};

/** The same day so many months later (earlier when negative), or the last of a month too short to have it. */
export const addMonths = (date: string, months: number): string => inMonths(`${date} ${months}`);

const inMonths = remembering((asked: string): string => {
  const [date = '', months] = asked.split(' ');
  return written(
    Temporal.PlainDate.from(date)
      .add({ months: Number(months) })
      .toString(),
  );
});

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
export type Weekday = (typeof weekdays)[number];

/** The English name of the day of the week. */
export const weekday = (date: string): Weekday => weekdays[dayInUtc(date).getUTCDay()] ?? 'Sunday';

/** Saturday or Sunday. */
export const isWeekend = (date: string): boolean => dayInUtc(date).getUTCDay() % 6 === 0;
