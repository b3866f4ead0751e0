/** A time as people write it, and what is none. */
import { describe, expect, test } from '@jest/globals';
import { momentOf } from '../../../../server/web/pages/typed/moment.js';
import { timeIn, timeOf } from '../../../../server/web/pages/typed/time.js';
import { planBody } from '../../../../server/visit/bodies.js';
import { shape } from '../../../../server/web/schema/shape.js';

describe('a time', () => {
  test.each([
    ['9:30', '09:30'],
    ['09:30', '09:30'],
    ['9.30', '09:30'],
    ['0930', '09:30'],
    ['9am', '09:00'],
    ['9 AM', '09:00'],
    ['9 a.m.', '09:00'],
    ['9.30am', '09:30'],
    ['9:30 pm', '21:30'],
    ['0930pm', '21:30'],
    ['2pm', '14:00'],
    ['2.15 p.m.', '14:15'],
    ['12pm', '12:00'],
    ['12.30pm', '12:30'],
    ['12 noon', '12:00'],
    ['noon', '12:00'],
    ['Midday', '12:00'],
    ['midnight', '00:00'],
    ['14', '14:00'],
    ['14:00', '14:00'],
    ['1400', '14:00'],
    ['23:59', '23:59'],
    ['00:00', '00:00'],
    ['９：３０', '09:30'],
  ])('%s is %s', (text, means) => {
    expect(timeIn(text)).toBe(means);
    expect(timeOf({ from: ` ${text} ` }, 'from')).toBe(means);
  });

  test.each([
    // Could be in the morning or in the evening.
    '9',
    '12',
    // Midnight to some, noon to others.
    '12am',
    '12.30am',
    '13pm',
    '0pm',
    '24:00',
    '25',
    '9:60',
    '9:3',
    '930',
    '9-30',
    '9h30',
    'half past nine',
    'nine',
    '9:30:15',
  ])('%s is none, and is told so by name', (from) => {
    expect(timeIn(from)).toBeUndefined();
    const sent = { date: '2027-03-05', from: timeOf({ from }, 'from'), to: '17:00' };
    expect(shape(planBody, sent).errors).toEqual([
      { field: 'from', message: 'Start time must be a time, such as 9:30am' },
    ]);
  });

  test('left empty is nothing', () => {
    expect(timeOf({ from: '  ' }, 'from')).toBeUndefined();
    expect(timeOf({}, 'from')).toBeUndefined();
  });
});

describe('a moment', () => {
  const on = (day: string, month: string, time: string) =>
    momentOf({ 'on-day': day, 'on-month': month, 'on-year': '2027', at: time }, 'on', 'at');

  test('is the instant that a London clock shows, in summer and in winter', () => {
    expect(on('5', 'March', '9.30am')).toBe('2027-03-05T09:30:00.000Z');
    expect(on('5', 'July', '9.30am')).toBe('2027-07-05T08:30:00.000Z');
  });

  test('is none in the hour that London leaves out in March', () => {
    expect(on('28', 'March', '0:59')).toBe('2027-03-28T00:59:00.000Z');
    expect(on('28', 'March', '1:30')).toBe('2027-03-28 01:30');
    expect(on('28', 'March', '2:00')).toBe('2027-03-28T01:00:00.000Z');
  });

  test('stays as it was written where a part cannot be read', () => {
    expect(on('31', 'April', '9am')).toBe('2027-04-31 09:00');
    expect(on('5', 'March', 'nine')).toBe('2027-03-05 nine');
    expect(on('5', 'March', '')).toBeUndefined();
  });
});
