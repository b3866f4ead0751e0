import { addDays, atLondonTime, londonDate } from '../../../policies/core/time/london.js';
import type { DateSpan } from '../../../policies/core/time/spans.js';
import { defaultSettings } from '../../../policies/settings/settings.js';
import { previousWorkingDay } from '../../../policies/core/time/working-days.js';
import type { Act } from '../scene.js';

/** One thing somebody does, and when. */
export interface Scheduled {
  readonly at: Date;
  readonly act: Act;
}
/** What happened to one request, in order. */
export type Story = readonly Scheduled[];

/** The days of the demonstration, counted from today. */
export interface Timetable {
  /** So many working days before today, at that time in London. */
  readonly on: (workingDaysAgo: number, time: string) => Date;
  /** A span of whole days, each so many days after today. */
  readonly span: (from: number, to: number) => DateSpan;
  /** A day before today as minutes write it, such as `3 November 2026`. */
  readonly day: (daysAgo: number) => string;
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const written = (date: string): string => {
  const [year, month, day] = date.split('-').map(Number);
  return `${day} ${months[(month ?? 1) - 1]} ${year}`;
};

export const timetable = (now: Date): Timetable => {
  const today = londonDate(now);
  const workingDay = (ago: number): string => {
    let day = today;
    for (let left = ago; left > 0; left -= 1) day = previousWorkingDay(defaultSettings, day);
    return day;
  };
  return {
    on: (ago, time) => atLondonTime(workingDay(ago), time),
    span: (from, to) => ({ from: addDays(today, from), to: addDays(today, to) }),
    day: (daysAgo) => written(addDays(today, -daysAgo)),
  };
};
