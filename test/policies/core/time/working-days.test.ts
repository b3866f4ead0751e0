import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, atLondonTime, londonDate } from '../../../../policies/core/time/london.js';
import { englandAndWales } from '../../../support/calendar.js';
import {
  countWorkingDays,
  isWorkingDay,
  nextWorkingDay,
  previousWorkingDay,
  receivedOn,
  whyNotWorking,
  withProclaimed,
  type Calendar,
} from '../../../../policies/core/time/working-days.js';
import { isLong } from '../../../support/long.js';

/** As published at gov.uk/bank-holidays for England and Wales, month and day. */
const published: Readonly<Record<number, string>> = {
  2020: '01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28',
  2021: '01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28',
  2022: '01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27',
  2023: '01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26',
  2024: '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26',
  2025: '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26',
  2026: '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
  2027: '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28',
  2028: '01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26',
};

/* An independent calendar, worked out with `Date.UTC` alone: the rules, the computus and the proclamations. */

const dayLength = 86_400_000;
const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);
const weekdayOf = (time: number): number => new Date(time).getUTCDay();
const isWeekendDay = (time: number): boolean => weekdayOf(time) === 0 || weekdayOf(time) === 6;

const easterSunday = (y: number): number => {
  const a = y % 19;
  const b = Math.floor(y / 100);
  const c = y % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return Date.UTC(y, Math.floor(n / 31) - 1, (n % 31) + 1);
};

const moved: Readonly<Record<number, readonly [given: string[], taken: string[]]>> = {
  1995: [['05-08'], ['05-01']],
  1999: [['12-31'], []],
  2002: [['06-03', '06-04'], ['05-27']],
  2011: [['04-29'], []],
  2012: [['06-04', '06-05'], ['05-28']],
  2020: [['05-08'], ['05-04']],
  2022: [['06-02', '06-03', '09-19'], ['05-30']],
  2023: [['05-08'], []],
};

const naiveHolidays = (y: number): Set<string> => {
  const mondayFrom = (time: number): number => time + ((8 - weekdayOf(time)) % 7) * dayLength;
  const mondayUpTo = (time: number): number => time - ((weekdayOf(time) + 6) % 7) * dayLength;
  const days = [
    easterSunday(y) - 2 * dayLength,
    easterSunday(y) + dayLength,
    mondayFrom(Date.UTC(y, 4, 1)),
    mondayUpTo(Date.UTC(y, 4, 31)),
    mondayUpTo(Date.UTC(y, 7, 31)),
  ];
  for (const fixed of [Date.UTC(y, 0, 1), Date.UTC(y, 11, 25), Date.UTC(y, 11, 26)]) {
    let day = fixed;
    while (isWeekendDay(day) || days.includes(day)) day += dayLength;
    days.push(day);
  }
  // Boxing Day keeps its Monday when Christmas Day falls on the Sunday before: the same two days either way.
  const holidays = new Set(days.map(iso));
  const [given, taken] = moved[y] ?? [[], []];
  for (const day of taken) holidays.delete(`${y}-${day}`);
  for (const day of given) holidays.add(`${y}-${day}`);
  return holidays;
};

const naive = new Map(Array.from({ length: 60 }, (_, i) => [1995 + i, naiveHolidays(1995 + i)]));
const naiveIsWorking = (date: string): boolean =>
  !isWeekendDay(Date.parse(date)) && !naive.get(Number(date.slice(0, 4)))?.has(date);

const everyDay = (from: string, to: string): string[] => {
  const days: string[] = [];
  for (let time = Date.parse(from); time <= Date.parse(to); time += dayLength) days.push(iso(time));
  return days;
};

describe('the bank holidays of England and Wales', () => {
  test.each(Object.entries(published))('of %s are those published, and no others', (year, days) => {
    const found = everyDay(`${year}-01-01`, `${year}-12-31`).filter((date) => englandAndWales.holiday(date));
    expect(found).toEqual(days.split(' ').map((day) => `${year}-${day}`));
  });

  test('agree with an independent calendar for every day from 1995 to 2050', () => {
    const wrong = everyDay('1995-01-01', '2050-12-31').filter(
      (date) => isWorkingDay(englandAndWales, date) !== naiveIsWorking(date),
    );
    expect(wrong).toEqual([]);
  });

  test('carry the names they were published under', () => {
    const names = {
      '2020-05-04': null,
      '2020-05-08': 'Early May bank holiday (VE day)',
      '2020-12-28': 'Boxing Day (substitute day)',
      '2022-05-30': null,
      '2022-06-02': 'Spring bank holiday',
      '2022-06-03': 'Platinum Jubilee bank holiday',
      '2022-09-19': 'Bank Holiday for the State Funeral of Queen Elizabeth II',
      '2022-12-26': 'Boxing Day',
      '2022-12-27': 'Christmas Day (substitute day)',
      '2023-05-08': 'Bank holiday for the coronation of King Charles III',
      '2026-04-03': 'Good Friday',
      '2027-12-25': null,
    };
    for (const [date, name] of Object.entries(names)) {
      expect([date, englandAndWales.holiday(date)]).toEqual([date, name]);
    }
  });

  test('leave out those of Scotland and of Northern Ireland', () => {
    for (const date of ['2026-01-02', '2026-03-17', '2026-07-13', '2026-08-03', '2026-11-30']) {
      expect(isWorkingDay(englandAndWales, date)).toBe(true);
    }
  });
});

describe('a proclaimed day', () => {
  test('is a holiday from then on, and the original calendar stays unchanged', () => {
    const calendar = withProclaimed(englandAndWales, [{ date: '2026-04-15', name: 'A day of thanksgiving' }]);
    expect(whyNotWorking(calendar, '2026-04-15')).toBe('A day of thanksgiving');
    expect(whyNotWorking(englandAndWales, '2026-04-15')).toBeNull();
    expect(countWorkingDays(calendar, new Date('2026-04-02T09:00:00Z'), 10)).toMatchObject({
      due: '2026-04-21',
      skipped: expect.arrayContaining([{ date: '2026-04-15', reason: 'A day of thanksgiving' }]),
    });
  });

  test('may give up a usual one, as when a holiday is moved', () => {
    const calendar = withProclaimed(englandAndWales, [
      { date: '2026-05-04', name: null },
      { date: '2026-05-08', name: 'Early May bank holiday' },
    ]);
    expect(['2026-05-04', '2026-05-08'].map((date) => isWorkingDay(calendar, date))).toEqual([true, false]);
  });

  test('that falls on a weekend leaves the weekend as the reason', () => {
    const calendar = withProclaimed(englandAndWales, [{ date: '2026-04-18', name: 'A day of thanksgiving' }]);
    expect(whyNotWorking(calendar, '2026-04-18')).toBe('Saturday');
  });
});

describe('the day of receipt', () => {
  const on = (instant: string): string => receivedOn(englandAndWales, new Date(instant));

  test('is the day itself up to 17:00:00.000 in London, and the next working day a millisecond later', () => {
    expect(on('2026-01-14T17:00:00.000Z')).toBe('2026-01-14');
    expect(on('2026-01-14T17:00:00.001Z')).toBe('2026-01-15');
    expect(on('2026-07-15T16:00:00.000Z')).toBe('2026-07-15');
    expect(on('2026-07-15T16:00:00.001Z')).toBe('2026-07-16');
    expect(on('2026-07-15T17:00:00+01:00')).toBe('2026-07-15');
  });

  test('is the day in London, not in Greenwich', () => {
    expect(on('2026-07-15T23:30:00Z')).toBe('2026-07-16');
    expect(on('2026-07-16T22:59:59Z')).toBe('2026-07-17');
  });

  test('follows a weekend or a holiday, at whatever hour', () => {
    expect(on('2026-04-03T10:00:00+01:00')).toBe('2026-04-07');
    expect(on('2026-04-02T17:00:01+01:00')).toBe('2026-04-07');
    expect(on('2026-04-04T00:00:00+01:00')).toBe('2026-04-07');
    expect(on('2026-04-10T18:00:00+01:00')).toBe('2026-04-13');
  });

  test('keeps 17:00 through the changes of the clock', () => {
    expect(on('2026-03-27T17:00:00Z')).toBe('2026-03-27');
    expect(on('2026-03-30T16:00:00.001Z')).toBe('2026-03-31');
    expect(on('2026-10-26T17:00:00Z')).toBe('2026-10-26');
  });
});

describe('counting working days', () => {
  const skips = (...days: [date: string, reason: string][]) =>
    days.map(([date, reason]) => ({ date, reason }));

  test('received Thursday 2 April 2026 at 10:00, ten days are due on Monday 20 April', () => {
    expect(countWorkingDays(englandAndWales, new Date('2026-04-02T10:00:00+01:00'), 10)).toEqual({
      receivedOn: '2026-04-02',
      due: '2026-04-20',
      counted: ['07', '08', '09', '10', '13', '14', '15', '16', '17', '20'].map((day) => `2026-04-${day}`),
      skipped: skips(
        ['2026-04-03', 'Good Friday'],
        ['2026-04-04', 'Saturday'],
        ['2026-04-05', 'Sunday'],
        ['2026-04-06', 'Easter Monday'],
        ['2026-04-11', 'Saturday'],
        ['2026-04-12', 'Sunday'],
        ['2026-04-18', 'Saturday'],
        ['2026-04-19', 'Sunday'],
      ),
    });
  });

  test('received Friday 18 December 2026 at 17:30, so on Monday 21, ten days are due on Thursday 7 January 2027', () => {
    const count = countWorkingDays(englandAndWales, new Date('2026-12-18T17:30:00Z'), 10);
    expect(count).toMatchObject({ receivedOn: '2026-12-21', due: '2027-01-07' });
    expect(count.counted[0]).toBe('2026-12-22');
    expect(count.skipped).toEqual(
      skips(
        ['2026-12-19', 'Saturday'],
        ['2026-12-20', 'Sunday'],
        ['2026-12-25', 'Christmas Day'],
        ['2026-12-26', 'Saturday'],
        ['2026-12-27', 'Sunday'],
        ['2026-12-28', 'Boxing Day (substitute day)'],
        ['2027-01-01', "New Year's Day"],
        ['2027-01-02', 'Saturday'],
        ['2027-01-03', 'Sunday'],
      ),
    );
  });

  test('received on a Saturday, that day too says why it was not day 0', () => {
    expect(countWorkingDays(englandAndWales, new Date('2026-06-06T11:00:00+01:00'), 1)).toEqual({
      receivedOn: '2026-06-08',
      due: '2026-06-09',
      counted: ['2026-06-09'],
      skipped: skips(['2026-06-06', 'Saturday'], ['2026-06-07', 'Sunday']),
    });
  });

  test('takes a whole number of days from 1 to 250', () => {
    const count = (days: number) => countWorkingDays(englandAndWales, new Date('2026-04-02T09:00:00Z'), days);
    for (const days of [0, -1, 251, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => count(days)).toThrow(RangeError);
    }
    expect(count(250).counted).toHaveLength(250);
  });

  /** In short, the years of the moved holidays alone, with Christmas on a Saturday and a Sunday among them. */
  const [firstYear, lastYear] = isLong ? [2020, 2035] : [2020, 2023];

  test(`agrees with a naive count for every day from ${firstYear} to ${lastYear}, in time and late`, () => {
    const working = everyDay(`${firstYear}-01-01`, `${lastYear + 1}-12-31`).filter(naiveIsWorking);
    const wrong: string[] = [];
    let next = 0; // the place in `working` of the first day that is not before `date`
    for (const date of everyDay(`${firstYear}-01-01`, `${lastYear}-12-31`)) {
      while ((working[next] ?? '') < date) next += 1;
      for (const late of [0, 1]) {
        const zero = late && working[next] === date ? next + 1 : next;
        const instant = new Date(atLondonTime(date, '17:00').getTime() + late);
        const count = countWorkingDays(englandAndWales, instant, 10);
        if (count.receivedOn !== working[zero] || count.due !== working[zero + 10]) {
          wrong.push(`${date}, ${late} ms after 17:00`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  const instants = fc.date({
    min: new Date('2020-01-01T00:00:00Z'),
    max: new Date('2035-12-31T00:00:00Z'),
    noInvalidDate: true,
  });
  const periods = fc.integer({ min: 1, max: 250 });

  test('puts every day after receipt in one list: counted, skipped or day 0', () => {
    fc.assert(
      fc.property(instants, periods, (instant, days) => {
        const count = countWorkingDays(englandAndWales, instant, days);
        const listed = [
          count.receivedOn,
          ...count.counted,
          ...count.skipped.map(({ date }) => date),
        ].toSorted();
        const first = londonDate(instant);
        const from =
          isWorkingDay(englandAndWales, first) && count.receivedOn !== first ? addDays(first, 1) : first;
        expect(listed).toEqual(everyDay(from, count.due));
        expect(count.counted).toHaveLength(days);
        expect(count.counted.at(-1)).toBe(count.due);
        expect(count.counted.every((date) => isWorkingDay(englandAndWales, date))).toBe(true);
      }),
    );
  });

  test('never makes a later one due earlier, and never makes one more day due on the same day', () => {
    fc.assert(
      fc.property(instants, instants, fc.integer({ min: 1, max: 249 }), (a, b, days) => {
        const [first, second] = a <= b ? [a, b] : [b, a];
        const due = countWorkingDays(englandAndWales, first, days).due;
        expect(due <= countWorkingDays(englandAndWales, second, days).due).toBe(true);
        expect(countWorkingDays(englandAndWales, first, days + 1).due).toBe(
          nextWorkingDay(englandAndWales, due),
        );
      }),
    );
  });

  test('asks the calendar about each day a few times at most, however long the period', () => {
    let asked = 0;
    const calendar: Calendar = { holiday: () => ((asked += 1), null) };
    countWorkingDays(calendar, new Date('2026-01-05T09:00:00Z'), 250);
    expect(asked).toBeLessThan(300);
  });
});

describe('between working days', () => {
  test('the one before Easter Tuesday is Maundy Thursday', () => {
    expect(previousWorkingDay(englandAndWales, '2026-04-07')).toBe('2026-04-02');
    expect(previousWorkingDay(englandAndWales, '2026-04-05')).toBe('2026-04-02');
    expect(nextWorkingDay(englandAndWales, '2026-04-02')).toBe('2026-04-07');
  });

  test('there are as many as were counted, after day 0 up to the due day', () => {
    const count = countWorkingDays(englandAndWales, new Date('2026-04-02T10:00:00+01:00'), 10);
    const between = everyDay(addDays(count.receivedOn, 1), count.due).filter((day) =>
      isWorkingDay(englandAndWales, day),
    );
    expect([count.receivedOn, count.due]).toEqual(['2026-04-02', '2026-04-20']);
    expect(between).toEqual(count.counted);
    expect(between).toHaveLength(10);
    expect(everyDay('2026-04-04', '2026-04-06').filter((day) => isWorkingDay(englandAndWales, day))).toEqual(
      [],
    );
  });
});
