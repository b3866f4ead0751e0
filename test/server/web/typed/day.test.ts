/** A day as people write it, and which words refuse what is none: three fields, read by each page with a date. */
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { dateFields, dateOf } from '../../../../server/web/pages/typed/day.js';
import { asked } from '../../../../server/web/schema/field-words.js';
import { date } from '../../../../server/web/schema/schemas.js';
import { shape } from '../../../../server/web/schema/shape.js';

const body = z.strictObject({ on: asked(date, 'Day of the visit') });
const typed = (day: string, month: string, year: string): string | undefined =>
  dateOf({ 'on-day': day, 'on-month': month, 'on-year': year }, 'on');
const saysTo = (on: string | undefined): string | undefined =>
  shape(body, on === undefined ? {} : { on }).errors[0]?.message;

describe('a day', () => {
  test.each([
    ['5', '3', '2027', '2027-03-05'],
    ['05', '03', '2027', '2027-03-05'],
    [' 5 ', ' 3 ', ' 2027 ', '2027-03-05'],
    ['5th', '3', '2027', '2027-03-05'],
    ['1ST', '3', '2027', '2027-03-01'],
    ['22nd', '3', '2027', '2027-03-22'],
    ['5', 'March', '2027', '2027-03-05'],
    ['5', 'march', '2027', '2027-03-05'],
    ['5', 'MARCH', '2027', '2027-03-05'],
    ['5', 'Mar', '2027', '2027-03-05'],
    ['5', 'mar.', '2027', '2027-03-05'],
    ['5', 'Sept', '2027', '2027-09-05'],
    ['5', 'sep', '2027', '2027-09-05'],
    ['5', 'septem', '2027', '2027-09-05'],
    ['5', 'may', '2027', '2027-05-05'],
    ['5', 'Dec', '2027', '2027-12-05'],
    ['5', '3', '27', '2027-03-05'],
    ['5', '3', '’27', '2027-03-05'],
    ['29', 'Feb', '28', '2028-02-29'],
    ['５', '３', '２０２７', '2027-03-05'],
    ['31', '12', '49', '2049-12-31'],
  ])('%s | %s | %s is %s', (day, month, year, means) => {
    expect(typed(day, month, year)).toBe(means);
    expect(saysTo(means)).toBeUndefined();
  });

  test.each([
    ['', '', '', 'Enter the day of the visit'],
    ['5', '3', '', 'Day of the visit must include a year'],
    ['5', '', '2027', 'Day of the visit must include a month'],
    ['', '3', '2027', 'Day of the visit must include a day'],
    ['5', '', '', 'Day of the visit must include a month and a year'],
    ['', 'March', '', 'Day of the visit must include a day and a year'],
    ['', '', '2027', 'Day of the visit must include a day and a month'],
    ['32', '3', '2027', 'Day of the visit must have a day from 1 to 31'],
    ['0', '3', '2027', 'Day of the visit must have a day from 1 to 31'],
    ['five', '3', '2027', 'Day of the visit must have a day from 1 to 31'],
    ['5', '13', '2027', 'Day of the visit must have a month from 1 to 12, or its name, such as March'],
    ['5', 'ma', '2027', 'Day of the visit must have a month from 1 to 12, or its name, such as March'],
    ['5', 'Mars', '2027', 'Day of the visit must have a month from 1 to 12, or its name, such as March'],
    ['5', '3', '50', 'Day of the visit must have a year of 4 numbers, such as 2027'],
    ['5', '3', '74', 'Day of the visit must have a year of 4 numbers, such as 2027'],
    ['5', '3', '7', 'Day of the visit must have a year of 4 numbers, such as 2027'],
    ['5', '3', '20277', 'Day of the visit must have a year of 4 numbers, such as 2027'],
    ['31', '2', '2027', 'Day of the visit must be a real date'],
    ['29', 'Feb', '2027', 'Day of the visit must be a real date'],
    ['5', '3', '1899', 'Day of the visit must be in the years 1900 to 2200'],
    ['"><b>', '3', '2027', 'Day of the visit must have a day from 1 to 31'],
  ])('%s | %s | %s: %s', (day, month, year, words) => {
    expect(saysTo(typed(day, month, year))).toBe(words);
  });

  test('sent to the API as something else is told that it is no real date', () => {
    for (const on of ['2027-02-30', '5 March 2027', '2027-3-5', '05-03-2027'])
      expect(saysTo(on)).toBe('Day of the visit must be a real date');
  });

  test('fills the three fields that it is read from', () => {
    expect(dateOf(dateFields('on', '2027-03-05'), 'on')).toBe('2027-03-05');
    expect(dateOf(dateFields('on', undefined), 'on')).toBeUndefined();
  });
});
