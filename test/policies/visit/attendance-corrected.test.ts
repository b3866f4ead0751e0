/** What a correction of an attendance comes to (need-to-know.md, section 6a). */
import { describe, expect, test } from '@jest/globals';
import { asCorrected, showsMoreOutside } from '../../../policies/visit/attendance.js';
import type { Attendance } from '../../../policies/visit/attended.js';

const at = (time: string): Date => new Date(`2027-01-12T${time}:00Z`);
const stood: Attendance = {
  outcome: 'attended',
  arrived: at('10:05'),
  left: at('11:40'),
  chaperone: 'The team manager',
  categories: ['process'],
  closedPartsLeft: true,
  departures: [{ text: 'It began late.', causedBy: 'host' }],
  authorised: true,
  outside: ['departure'],
  recordedAt: at('13:00'),
  confirmation: null,
};
const nothing = { chaperone: null, categories: [], closedPartsLeft: null, departures: [] };

describe('a record as corrected', () => {
  test('keeps what the correction leaves out', () => {
    expect(asCorrected(stood, { arrived: at('10:15') })).toEqual({
      outcome: 'attended',
      arrived: at('10:15'),
      left: at('11:40'),
      chaperone: 'The team manager',
      categories: ['process'],
      closedPartsLeft: true,
      departures: [{ text: 'It began late.', causedBy: 'host' }],
    });
  });

  test('holds nothing that somebody saw who did not attend; who was turned away had come', () => {
    expect(asCorrected(stood, { outcome: 'did_not_attend' })).toMatchObject({
      ...nothing,
      arrived: null,
      left: null,
    });
    expect(asCorrected(stood, { outcome: 'turned_away' })).toMatchObject({
      ...nothing,
      arrived: at('10:05'),
      left: at('11:40'),
    });
  });

  test('does not say who accompanied somebody who attended after all, until it is said', () => {
    const away: Attendance = { ...stood, ...nothing, outcome: 'cancelled', arrived: null, left: null };
    expect(asCorrected(away, { outcome: 'attended' }).chaperone).toBeUndefined();
    expect(asCorrected(away, { outcome: 'attended', chaperone: null }).chaperone).toBeNull();
  });
});

describe('a corrected record shows more outside', () => {
  const given = asCorrected(stood, {});
  const judged = { authorised: true, outside: ['departure'], causedBy: 'host' } as const;
  const before = { given, judged };
  const shows = (after: { given?: object; judged?: object }): boolean =>
    showsMoreOutside(
      before,
      { given: { ...given, ...after.given }, judged: { ...judged, ...after.judged } },
      ['process'],
    );

  test.each([
    ['where a limit did not hold that held before', { judged: { outside: ['departure', 'chaperone'] } }],
    ['where the councillor caused it', { judged: { causedBy: 'councillor' } }],
    ['with another departure', { given: { departures: [{ text: 'A call.', causedBy: 'host' }] } }],
    ['with another category that was not approved', { given: { categories: ['process', 'health'] } }],
    ['where nobody had authority after all', { judged: { authorised: false } }],
  ])('%s', (_where, after) => {
    expect(shows(after)).toBe(true);
  });

  test.each([
    ['where nothing of it changed', {}],
    ['where nothing lies outside any more', { judged: { outside: [], causedBy: null } }],
    ['where less lies outside', { given: { departures: [] } }],
    ['with a category that was approved', { given: { categories: ['process'] } }],
  ])('not %s', (_where, after) => {
    expect(shows(after)).toBe(false);
  });
});
