/** Tokens of programs: until when, in which state, and who makes one. */
import { describe, expect, test } from '@jest/globals';
import { makeToken } from '../../../policies/token/commands.js';
import {
  faultOfLastDay,
  isUseNoted,
  lastDayOfToken,
  officeOfScope,
  stateOfToken,
  tokenScopes,
} from '../../../policies/token/token.js';

const now = new Date('2026-11-02T09:00:00Z');
const later = new Date('2027-01-01T00:00:00Z');

test('a token has a last day within a year, and not before today', () => {
  expect(lastDayOfToken('2026-11-02')).toBe('2027-11-01');
  expect(faultOfLastDay('2026-11-02', '2026-11-02')).toBeNull();
  expect(faultOfLastDay('2027-11-01', '2026-11-02')).toBeNull();
  expect(faultOfLastDay('2026-11-01', '2026-11-02')).toBe('Enter today or a later day');
  expect(faultOfLastDay('2027-11-02', '2026-11-02')).toBe('Enter a day from today to 1 November 2027');
});

describe('the state of a token', () => {
  const works = { endsAt: later, endedBecause: null, inOffice: true } as const;

  test('is that it works while its day has not come, nobody has ended it, and its owner is in office', () => {
    expect(stateOfToken(works, now)).toBe('works');
    expect(stateOfToken({ ...works, endsAt: now }, now)).toBe('over');
    expect(stateOfToken({ ...works, inOffice: false }, now)).toBe('office_ended');
    expect(stateOfToken({ ...works, endedBecause: 'revoked' }, now)).toBe('revoked');
  });

  test('names first who ended it, then the office, then its day', () => {
    const all = { endsAt: now, endedBecause: 'suspended', inOffice: false } as const;
    expect(stateOfToken(all, later)).toBe('suspended');
    expect(stateOfToken({ ...all, endedBecause: null }, later)).toBe('office_ended');
  });
});

test('a use is noted for the first time, and then once an hour', () => {
  expect(isUseNoted(null, now)).toBe(true);
  expect(isUseNoted(new Date(now.getTime() - 59 * 60_000), now)).toBe(false);
  expect(isUseNoted(new Date(now.getTime() - 60 * 60_000), now)).toBe(true);
});

test('each scope is made by the office whose reading it is', () => {
  expect(officeOfScope).toEqual({
    'register.import': 'democratic_services',
    trail: 'auditor',
    bundle: 'auditor',
  });
  expect(tokenScopes.map((scope) => makeToken.among?.({ scope }))).toEqual([
    ['democratic_services'],
    ['auditor'],
    ['auditor'],
  ]);
});

test('a deputy makes none: it would outlast the absence', () => {
  const actor = {
    kind: 'Actor',
    id: 'p',
    name: 'A Person',
    email: 'a.person@council.example',
    councillorId: null,
    standing: null,
    holdings: [],
  } as const;
  const acting = (capacity: 'principal' | 'authorised' | 'deputy') =>
    ({ office: 'democratic_services', capacity, deputyFor: null }) as const;
  const said = (['principal', 'authorised', 'deputy'] as const).map((capacity) =>
    makeToken.signs?.(actor, acting(capacity), {
      kind: 'Token',
      personId: 'p',
      scope: 'trail',
      ended: false,
    }),
  );
  expect(said).toEqual([null, null, 'token_deputy']);
});
