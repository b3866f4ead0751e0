import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  differencesFromList,
  faultsOfList,
  yearsOf,
  type ListedDay,
} from '../../../policies/settings/bank-holiday-file.js';
import { calendarOf, nations, type Nation } from '../../../policies/settings/bank-holidays.js';
import { addDays, isWeekend } from '../../../policies/core/time/london.js';
import { isWorkingDay, withProclaimed } from '../../../policies/core/time/working-days.js';

const daysOf = (year: number): string[] => {
  const days: string[] = [];
  for (let day = `${year}-01-01`; day.startsWith(String(year)); day = addDays(day, 1)) days.push(day);
  return days;
};
const known = (nation: Nation, year: number): ListedDay[] =>
  daysOf(year).flatMap((date) => {
    const title = calendarOf(nation).holiday(date);
    return title === null ? [] : [{ date, title }];
  });

describe('a list of bank holidays', () => {
  test.each(nations)('with the known days of %s changes nothing', (nation) => {
    expect(differencesFromList(calendarOf(nation), [...known(nation, 2026), ...known(nation, 2027)])).toEqual(
      [],
    );
  });

  test('brings a day that was proclaimed, and takes back one that was moved', () => {
    const listed = known('england_and_wales', 2027)
      .filter(({ date }) => date !== '2027-05-03')
      .concat({ date: '2027-05-07', title: 'Early May bank holiday (moved)' });
    expect(differencesFromList(calendarOf('england_and_wales'), listed)).toEqual([
      { date: '2027-05-03', name: null },
      { date: '2027-05-07', name: 'Early May bank holiday (moved)' },
    ]);
  });

  test('says nothing of years before its first day and after its last', () => {
    const listed = known('scotland', 2027);
    const calendar = withProclaimed(
      calendarOf('scotland'),
      differencesFromList(calendarOf('scotland'), listed.slice(1)),
    );
    expect(yearsOf(listed)).toEqual([2027]);
    for (const year of [2026, 2028]) {
      for (const { date, title } of known('scotland', year)) expect(calendar.holiday(date)).toBe(title);
    }
  });

  test('laid over the known days gives the days of the list and no others, whatever it says', () => {
    const year = 2027;
    const days = daysOf(year);
    fc.assert(
      fc.property(
        fc.constantFrom(...nations),
        fc.uniqueArray(fc.constantFrom(...days), { minLength: 1, maxLength: 14 }),
        (nation, dates) => {
          const listed = dates.map((date) => ({ date, title: `Day ${date}` }));
          const calendar = withProclaimed(
            calendarOf(nation),
            differencesFromList(calendarOf(nation), listed),
          );
          for (const day of days) {
            expect(isWorkingDay(calendar, day)).toBe(!isWeekend(day) && !dates.includes(day));
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('a list that cannot be right', () => {
  test('has no days, or one twice, or a year that was cut short', () => {
    expect(faultsOfList(known('england_and_wales', 2027))).toEqual([]);
    expect(faultsOfList([])).toEqual(['The list has no days.']);
    const [first] = known('england_and_wales', 2027);
    expect(faultsOfList([...known('england_and_wales', 2027), ...(first ? [first] : [])])).toEqual([
      'The list has 2027-01-01 twice.',
    ]);
    expect(
      faultsOfList([...known('england_and_wales', 2027), ...known('england_and_wales', 2028).slice(0, 3)]),
    ).toEqual(['The year 2028 has only 3 days: a list that was cut short would take bank holidays away.']);
  });

  test('spans more years than anybody plans ahead', () => {
    const [first, ...rest] = known('scotland', 2027);
    expect(faultsOfList([{ date: '0027-01-01', title: first?.title ?? '' }, ...rest])).toEqual([
      'The list spans 2001 years, from 27: one of its dates cannot be right.',
    ]);
  });

  test('leaves out a year between its first and its last', () => {
    const [message] = faultsOfList([...known('scotland', 2026), ...known('scotland', 2028)]);
    expect(message).toMatch(/^The year 2027 has only 0 days/);
  });
});
