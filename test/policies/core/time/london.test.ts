import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  atLondonTime,
  endOfLondonDay,
  isDate,
  isWeekend,
  londonDate,
  londonTime,
  startOfLondonDay,
  timesShown,
  weekday,
} from '../../../../policies/core/time/london.js';

const at = (text: string): Date => new Date(text);
const instants = fc.date({
  min: at('1990-01-01T00:00:00Z'),
  max: at('2100-01-01T00:00:00Z'),
  noInvalidDate: true,
});
const dates = instants.map(londonDate);

describe('the date and time in London', () => {
  test('are those of Greenwich in winter and an hour ahead in summer', () => {
    expect(londonDate(at('2026-01-15T23:30:00Z'))).toBe('2026-01-15');
    expect(londonTime(at('2026-01-15T23:30:59Z'))).toBe('23:30');
    expect(londonDate(at('2026-07-15T23:30:00Z'))).toBe('2026-07-16');
    expect(londonTime(at('2026-07-15T23:30:00Z'))).toBe('00:30');
  });

  test('jump from 01:00 to 02:00 on the last Sunday of March, and back on that of October', () => {
    expect(londonTime(at('2026-03-29T00:59:59Z'))).toBe('00:59');
    expect(londonTime(at('2026-03-29T01:00:00Z'))).toBe('02:00');
    expect(londonTime(at('2026-10-25T00:59:59Z'))).toBe('01:59');
    expect(londonTime(at('2026-10-25T01:00:00Z'))).toBe('01:00');
  });

  test('a time that comes twice in October is taken the first time, one left out in March an hour later', () => {
    expect(atLondonTime('2026-10-25', '01:30')).toEqual(at('2026-10-25T00:30:00Z'));
    expect(atLondonTime('2026-03-29', '01:30')).toEqual(at('2026-03-29T01:30:00Z'));
    expect(londonTime(atLondonTime('2026-03-29', '01:30'))).toBe('02:30');
  });

  test.each([
    ['2026-03-29', '00:59', 'once'],
    ['2026-03-29', '01:00', 'never'],
    ['2026-03-29', '01:59', 'never'],
    ['2026-03-29', '02:00', 'once'],
    ['2026-10-25', '00:59', 'once'],
    ['2026-10-25', '01:00', 'twice'],
    ['2026-10-25', '01:59', 'twice'],
    ['2026-10-25', '02:00', 'once'],
    ['2026-10-24', '01:30', 'once'],
  ])('on %s show %s %s', (date, time, often) => {
    expect(timesShown(date, time)).toBe(often);
  });

  test('a time of day is read on the clock of that day', () => {
    expect(atLondonTime('2026-01-15', '17:00')).toEqual(at('2026-01-15T17:00:00Z'));
    expect(atLondonTime('2026-07-15', '17:00')).toEqual(at('2026-07-15T16:00:00Z'));
    expect(() => atLondonTime('2026-07-15', '25:00')).toThrow(RangeError);
  });
});

describe('a day in London', () => {
  test('has 24 hours, 23 when summer time begins and 25 when it ends', () => {
    const hours = (date: string): number =>
      (endOfLondonDay(date).getTime() + 1 - startOfLondonDay(date).getTime()) / 3_600_000;
    expect(hours('2026-06-01')).toBe(24);
    expect(hours('2026-03-29')).toBe(23);
    expect(hours('2026-10-25')).toBe(25);
  });

  test('ends at 23:59:59.999 on its own clock', () => {
    expect(endOfLondonDay('2026-04-20')).toEqual(at('2026-04-20T22:59:59.999Z'));
    expect(endOfLondonDay('2027-01-07')).toEqual(at('2027-01-07T23:59:59.999Z'));
    expect(endOfLondonDay('2026-10-25')).toEqual(at('2026-10-25T23:59:59.999Z'));
  });

  test('holds exactly the instants between its start and its end, and touches the next', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const date = londonDate(instant);
        expect(startOfLondonDay(date).getTime()).toBeLessThanOrEqual(instant.getTime());
        expect(endOfLondonDay(date).getTime()).toBeGreaterThanOrEqual(instant.getTime());
        expect(endOfLondonDay(date).getTime() + 1).toBe(startOfLondonDay(addDays(date, 1)).getTime());
      }),
    );
  });
});

describe('the calendar', () => {
  test('knows a real day from one that only looks like it', () => {
    for (const real of ['2026-04-02', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31']) {
      expect([real, isDate(real)]).toEqual([real, true]);
    }
    const unreal = [
      '2026-02-29',
      '2100-02-29',
      '2026-04-31',
      '2026-13-01',
      '2026-00-10',
      '2026-1-1',
      '20260101',
    ];
    for (const text of [
      ...unreal,
      '',
      '2026-04-02T10:00',
      ' 2026-04-02',
      '+002026-04-02',
      '-000001-01-01',
      '2026-04-02[u-ca=hebrew]',
      '2026-04-02\n',
      '\uFF12026-04-02',
    ]) {
      expect([text, isDate(text)]).toEqual([text, false]);
    }
  });

  test('adds days across months, years and summer time', () => {
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
    fc.assert(
      fc.property(dates, fc.integer({ min: -5000, max: 5000 }), (date, days) => {
        expect(addDays(addDays(date, days), -days)).toBe(date);
      }),
    );
  });

  test('adds months to the same day, or to the last of a shorter month', () => {
    expect(addMonths('2026-01-15', 3)).toBe('2026-04-15');
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2024-02-29', -24)).toBe('2022-02-28');
    expect(addMonths('2026-11-30', 3)).toBe('2027-02-28');
  });

  test('refuses to write a day that would no longer sort as text', () => {
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
  });

  test('names the days of the week', () => {
    expect(weekday('2026-04-02')).toBe('Thursday');
    expect(weekday('2026-12-18')).toBe('Friday');
    expect(['2026-04-03', '2026-04-04', '2026-04-05', '2026-04-06'].map(isWeekend)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
