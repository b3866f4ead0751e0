/**
 * Compares the list of bank holidays that GOV.UK publishes with the known days: days only the list has, and days only
 * we have. Source: need-to-know.md, section 7 (a newly proclaimed bank holiday).
 */
import { isWeekend } from '../core/time/london.js';
import type { Calendar, ProclaimedDay } from '../core/time/working-days.js';

/** A day of the list: `YYYY-MM-DD`, and its name. */
export interface ListedDay {
  readonly date: string;
  readonly title: string;
}

/** No nation has had fewer in a year since 1978; a file that was cut short would take holidays away. */
const fewest = 7;

/** The published list covers eight or nine years; a typo in a year would cover thousands. */
const mostYears = 50;

const yearOf = ({ date }: ListedDay): number => Number(date.slice(0, 4));

/** The years that a list speaks for, from that of its first day to that of its last. */
export const yearsOf = (listed: readonly ListedDay[]): readonly number[] => {
  if (listed.length === 0) return [];
  const years = listed.map(yearOf);
  const first = Math.min(...years);
  return Array.from({ length: Math.max(...years) - first + 1 }, (_, index) => first + index);
};

/** Every day of a year, in order. */
const daysOf = (year: number): string[] => {
  const days: string[] = [];
  for (let day = new Date(Date.UTC(year, 0, 1)); day.getUTCFullYear() === year;) {
    days.push(day.toISOString().slice(0, 10));
    day = new Date(day.getTime() + 86_400_000);
  }
  return days;
};

/**
 * Why a list cannot be right, in words: no days at all, a day twice, a year with fewer days than any year has had, or
 * more years than anybody plans ahead.
 * @returns nothing if the list may be right
 */
export const faultsOfList = (listed: readonly ListedDay[]): readonly string[] => {
  if (listed.length === 0) return ['The list has no days.'];
  const years = yearsOf(listed);
  if (years.length > mostYears) {
    return [`The list spans ${years.length} years, from ${years[0]}: one of its dates cannot be right.`];
  }
  const dates = listed.map(({ date }) => date);
  const twice = dates.find((date, index) => dates.indexOf(date) !== index);
  return [
    ...(twice === undefined ? [] : [`The list has ${twice} twice.`]),
    ...years.flatMap((year) => {
      const days = listed.filter((day) => yearOf(day) === year).length;
      return days < fewest
        ? [`The year ${year} has only ${days} days: a list that was cut short would take bank holidays away.`]
        : [];
    }),
  ];
};

/**
 * The changes that make a calendar equal to the list, by date, in the years that the list covers. It leaves out days
 * of the list on a Saturday or a Sunday: nobody works on them anyway.
 */
export const differencesFromList = (
  calendar: Calendar,
  listed: readonly ListedDay[],
): readonly ProclaimedDay[] => {
  const titles = new Map(listed.map(({ date, title }) => [date, title]));
  return yearsOf(listed)
    .flatMap(daysOf)
    .filter((date) => !isWeekend(date))
    .flatMap((date): ProclaimedDay[] => {
      const title = titles.get(date);
      const isKnown = calendar.holiday(date) !== null;
      if (title !== undefined && !isKnown) return [{ date, name: title }];
      return title === undefined && isKnown ? [{ date, name: null }] : [];
    });
};
