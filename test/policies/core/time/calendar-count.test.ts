/**
 * The calendar of each nation, and the counting of working days, held for every day of sixteen years against a
 * second count that shares nothing with the first: its own Easter, its own summer time, bank holidays by statute and
 * proclamation, and working days looked up in a row of them.
 */
import { describe, expect, test } from '@jest/globals';
import { calendarOf, nations, type Nation } from '../../../../policies/settings/bank-holidays.js';
import { deadline } from '../../../../policies/core/time/deadlines.js';
import { countWorkingDays, isWorkingDay, type Pause } from '../../../../policies/core/time/working-days.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Days are whole numbers since 1970 here, and texts nowhere but at the edge. */
type Day = number;
const dayOf = (year: number, month: number, date: number): Day => Date.UTC(year, month - 1, date) / DAY;
const texts = new Map<Day, string>();
const written = (day: Day): string => {
  const known = texts.get(day) ?? new Date(day * DAY).toISOString().slice(0, 10);
  texts.set(day, known);
  return known;
};
/** 0 for Sunday. */
const weekdayOf = (day: Day): number => (day + 4) % 7;
const isWeekendDay = (day: Day): boolean => weekdayOf(day) === 0 || weekdayOf(day) === 6;

/** Butcher's reckoning of Easter Sunday. */
const easter = (year: number): Day => {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  return dayOf(year, month, ((h + l - 7 * m + 114) % 31) + 1);
};

const firstMonday = (year: number, month: number): Day => {
  const first = dayOf(year, month, 1);
  return first + ((8 - weekdayOf(first)) % 7);
};
const lastMonday = (year: number, month: number): Day => {
  const last = dayOf(year, month + 1, 1) - 1;
  return last - ((weekdayOf(last) + 6) % 7);
};

/** A holiday on a weekend moves to the next weekday that is not a holiday. */
const withSubstitutes = (days: readonly Day[]): Day[] => {
  const taken = new Set(days.filter((day) => !isWeekendDay(day)));
  for (const day of days.filter(isWeekendDay)) {
    let next = day + 1;
    while (isWeekendDay(next) || taken.has(next)) next += 1;
    taken.add(next);
  }
  return [...taken];
};

const mayDay = (year: number): Day => (year === 2020 ? dayOf(2020, 5, 8) : firstMonday(year, 5));
const springDay = (year: number): Day => (year === 2022 ? dayOf(2022, 6, 2) : lastMonday(year, 5));

/** By royal proclamation, once. */
const proclaimed: Readonly<Record<Nation, readonly Day[]>> = (() => {
  const all = [dayOf(2022, 6, 3), dayOf(2022, 9, 19), dayOf(2023, 5, 8)];
  return {
    england_and_wales: all,
    scotland: [...all, dayOf(2026, 6, 15)],
    northern_ireland: all,
  };
})();

const christmas = (year: number): Day[] => withSubstitutes([dayOf(year, 12, 25), dayOf(year, 12, 26)]);

const byStatute: Readonly<Record<Nation, (year: number) => Day[]>> = {
  england_and_wales: (year) => [
    ...withSubstitutes([dayOf(year, 1, 1)]),
    easter(year) - 2,
    easter(year) + 1,
    mayDay(year),
    springDay(year),
    lastMonday(year, 8),
    ...christmas(year),
  ],
  scotland: (year) => [
    ...withSubstitutes([dayOf(year, 1, 1), dayOf(year, 1, 2)]),
    easter(year) - 2,
    mayDay(year),
    springDay(year),
    firstMonday(year, 8),
    ...withSubstitutes([dayOf(year, 11, 30)]),
    ...christmas(year),
  ],
  northern_ireland: (year) => [
    ...byStatute.england_and_wales(year),
    ...withSubstitutes([dayOf(year, 3, 17)]),
    ...withSubstitutes([dayOf(year, 7, 12)]),
  ],
};

const firstYear = 2020;
const lastYear = 2035;
const first = dayOf(firstYear, 1, 1);
const last = dayOf(lastYear, 12, 31);
/** Counting goes on into the years after, and a receipt on New Year's Day looks back at none. */
const horizon = dayOf(lastYear + 1, 12, 31);

interface Row {
  readonly working: readonly Day[];
  /** For each day from the first: the index of the first working day on or after it. */
  readonly at: readonly number[];
}
const rowOf = (nation: Nation): Row => {
  const holidays = new Set(
    Array.from({ length: lastYear - firstYear + 2 }, (_, index) => firstYear + index).flatMap((year) =>
      byStatute[nation](year),
    ),
  );
  for (const day of proclaimed[nation]) holidays.add(day);
  const working: Day[] = [];
  const at: number[] = [];
  for (let day = first; day <= horizon; day += 1) {
    at.push(working.length);
    if (!isWeekendDay(day) && !holidays.has(day)) working.push(day);
  }
  return { working, at };
};
const rows = Object.fromEntries(nations.map((nation) => [nation, rowOf(nation)])) as Record<Nation, Row>;
const indexOnOrAfter = ({ at }: Row, day: Day): number => at[day - first] ?? NaN;
const isWorking = (row: Row, day: Day): boolean => row.working[indexOnOrAfter(row, day)] === day;

/** The clocks go forward and back at one in the morning, UTC, on the last Sundays of March and October. */
const lastSundayIn = (year: number, month: number): number => {
  const lastDay = dayOf(year, month + 1, 1) - 1;
  return (lastDay - weekdayOf(lastDay)) * DAY + HOUR;
};
const isSummer = (utc: number): boolean => {
  const year = new Date(utc).getUTCFullYear();
  return utc >= lastSundayIn(year, 3) && utc < lastSundayIn(year, 10);
};
/** When a clock in London shows so many milliseconds after midnight on that day. */
const inLondon = (day: Day, ms: number): Date => {
  const utc = day * DAY + ms;
  return new Date(isSummer(utc - HOUR) ? utc - HOUR : utc);
};

const FIVE = 17 * HOUR;
const receipts = [
  { at: 10 * HOUR, late: false },
  { at: FIVE, late: false },
  { at: FIVE + 1, late: true },
  { at: 0, late: false },
  { at: DAY - 1, late: true },
] as const;
const spans = [1, 2, 10, 2, 20, 1, 10, 33] as const;

const zeroOf = (row: Row, day: Day, late: boolean): Day =>
  row.working[indexOnOrAfter(row, isWorking(row, day) && !late ? day : day + 1)] ?? NaN;
const zeroIn = (row: Row, day: Day, late: boolean): number => {
  const from = isWorking(row, day) && late ? day + 1 : day;
  return indexOnOrAfter(row, from);
};

test('the day of Easter and of the clocks is reckoned right here, too', () => {
  expect([2020, 2024, 2026, 2035].map((year) => written(easter(year)))).toEqual([
    '2020-04-12',
    '2024-03-31',
    '2026-04-05',
    '2035-03-25',
  ]);
  expect([3, 10].map((month) => new Date(lastSundayIn(2026, month)).toISOString())).toEqual([
    '2026-03-29T01:00:00.000Z',
    '2026-10-25T01:00:00.000Z',
  ]);
});

describe.each(nations)('%s, every day from 2020 to 2035', (nation) => {
  const row = rows[nation];
  const calendar = calendarOf(nation);

  test('is a working day in both counts or in neither', () => {
    const wrong: string[] = [];
    for (let day = first; day <= horizon; day += 1) {
      if (isWorkingDay(calendar, written(day)) !== isWorking(row, day)) wrong.push(written(day));
    }
    expect(wrong).toEqual([]);
  });

  test('is due on the same day, at ten, at five sharp, a moment later, at midnight and before it', () => {
    const wrong: string[] = [];
    let checked = 0;
    for (let day = first; day <= last; day += 1) {
      // At ten and at one of the edges each day, over all edges and spans in turn.
      for (const receipt of [receipts[0], receipts[1 + (day % 4)]]) {
        if (!receipt) continue;
        const days = spans[(day + receipt.at) % spans.length] ?? 1;
        const count = countWorkingDays(calendar, inLondon(day, receipt.at), days);
        const zero = zeroIn(row, day, receipt.late);
        const due = row.working[zero + days];
        const counted = row.working.slice(zero + 1, zero + days + 1).map(written);
        checked += 1;
        const from = isWorking(row, day) ? day + 1 : day;
        const skipped: string[] = [];
        for (let each = from; each < (due ?? 0); each += 1) {
          if (!isWorking(row, each)) skipped.push(written(each));
        }
        const same =
          due !== undefined &&
          count.due === written(due) &&
          count.receivedOn === written(row.working[zero] ?? NaN) &&
          count.counted.join() === counted.join() &&
          count.skipped.map(({ date }) => date).join() === skipped.join() &&
          count.skipped.every(({ date, reason }) => {
            const weekday = weekdayOf(Date.parse(date) / DAY);
            return weekday === 6
              ? reason === 'Saturday'
              : weekday === 0
                ? reason === 'Sunday'
                : reason.length > 3 && reason !== 'Saturday' && reason !== 'Sunday';
          });
        if (!same) wrong.push(`${written(day)} at ${receipt.at} for ${days}: ${count.due}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(checked).toBe((last - first + 1) * 2);
  });

  test('with pauses the clock goes on from where it stood', () => {
    const wrong: string[] = [];
    let cured = 0;
    for (let day = first; day <= last - 200; day += 5) {
      const seed = (day * 7919) % 100_003;
      const sent = inLondon(day, 10 * HOUR);
      const out = day + 1 + (seed % 9);
      const back = out + (seed % 13);
      const again = back + 2 + (seed % 5);
      const backAgain = again + (seed % 8);
      const returns = [
        { from: inLondon(out, 9 * HOUR), to: inLondon(back, 10 * HOUR) },
        ...(seed % 2 === 0 ? [{ from: inLondon(again, 11 * HOUR), to: inLondon(backAgain, FIVE + 1) }] : []),
      ];
      const given = deadline(calendar, 'decide', sent, 10, returns);
      // Day by day: none counts from the day of the return to that on which it counts as received again.
      const pauses = returns.map(({ from, to }, index): Pause => {
        const [start, end] = index === 0 ? [out, back] : [again, backAgain];
        return { from: written(start), to: written(zeroOf(row, end, index === 1 && to > from)) };
      });
      let counted = 0;
      let at = row.working[zeroIn(row, day, false)] ?? NaN;
      while (counted < 10) {
        at += 1;
        const text = written(at);
        const paused = pauses.some(({ from, to }) => from <= text && text <= (to ?? ''));
        if (!paused && isWorking(row, at)) counted += 1;
      }
      if (written(out) > written(at)) cured += 1;
      if (given.at !== written(at)) wrong.push(`${written(day)}: ${given.at}, not ${written(at)}`);
    }
    expect(wrong).toEqual([]);
    expect(cured).toBe(0);
  });
});

describe('by name', () => {
  const due = (nation: Nation, from: string, days: number): string =>
    countWorkingDays(calendarOf(nation), new Date(from), days).due;

  test('the worked examples of section 7', () => {
    expect(due('england_and_wales', '2026-04-02T10:00:00+01:00', 10)).toBe('2026-04-20');
    expect(due('england_and_wales', '2026-12-18T17:30:00Z', 10)).toBe('2027-01-07');
  });

  test('17:00:00.000 is in time, in winter and in summer, and a millisecond later is not', () => {
    expect(due('england_and_wales', '2026-01-14T17:00:00.000Z', 1)).toBe('2026-01-15');
    expect(due('england_and_wales', '2026-01-14T17:00:00.001Z', 1)).toBe('2026-01-16');
    expect(due('england_and_wales', '2026-07-15T16:00:00.000Z', 1)).toBe('2026-07-16');
    expect(due('england_and_wales', '2026-07-15T16:00:00.001Z', 1)).toBe('2026-07-17');
  });

  test('on the days on which the clocks are changed the hour is London’s', () => {
    // Friday before, at a quarter to five in London by winter time; Monday after, by summer time.
    expect(due('england_and_wales', '2026-03-27T16:45:00Z', 1)).toBe('2026-03-30');
    expect(due('england_and_wales', '2026-03-30T16:45:00Z', 1)).toBe('2026-04-01');
    expect(due('england_and_wales', '2026-10-23T16:45:00Z', 1)).toBe('2026-10-27');
    expect(due('england_and_wales', '2026-10-26T16:45:00Z', 1)).toBe('2026-10-27');
    // Half past midnight on a summer's day is still the day before in UTC.
    expect(due('england_and_wales', '2026-07-13T23:30:00Z', 1)).toBe('2026-07-15');
  });

  test('a request received on a holiday counts as received on the next working day', () => {
    expect(due('england_and_wales', '2026-08-31T10:00:00+01:00', 1)).toBe('2026-09-02');
    expect(due('scotland', '2026-08-31T10:00:00+01:00', 1)).toBe('2026-09-01');
    expect(due('northern_ireland', '2026-07-13T10:00:00+01:00', 1)).toBe('2026-07-15');
    expect(due('scotland', '2026-06-15T10:00:00+01:00', 1)).toBe('2026-06-17');
  });

  test('the nations differ where their laws do', () => {
    expect(due('england_and_wales', '2026-11-27T10:00:00Z', 1)).toBe('2026-11-30');
    expect(due('scotland', '2026-11-27T10:00:00Z', 1)).toBe('2026-12-01');
    expect(due('england_and_wales', '2026-04-02T10:00:00+01:00', 1)).toBe('2026-04-07');
    expect(due('scotland', '2026-04-02T10:00:00+01:00', 1)).toBe('2026-04-06');
    expect(due('northern_ireland', '2026-03-16T10:00:00Z', 1)).toBe('2026-03-18');
  });
});
