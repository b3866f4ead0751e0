import { describe, expect, test } from '@jest/globals';
import {
  longestWait,
  waitAfter,
  waitOfSourceAfter,
  waitsOfAccount,
  waitsOfSource,
} from '../../../policies/people/sign-in-tries.js';

const first = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('the wait after failed tries to sign in', () => {
  test('is none for four, then a second, and doubles to a minute', () => {
    expect(first(14).map(waitAfter)).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  test('never shrinks, and is never longer than a minute', () => {
    const found = first(500).map(waitAfter);
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(Math.max(...found, waitAfter(1e9))).toBe(longestWait);
    expect(longestWait).toBe(60);
  });

  test('of a source, which may be a building, is none for a hundred and at most a second', () => {
    expect(first(101).filter((failures) => waitOfSourceAfter(failures) > 0)).toEqual([]);
    expect(waitOfSourceAfter(1_000_000)).toBe(1);
  });

  test.each([
    [waitsOfAccount, waitAfter],
    [waitsOfSource, waitOfSourceAfter],
  ])('is told to the database as a list that ends where it grows no more', (waits, after) => {
    expect(waits).toEqual(first(waits.length).map((index) => after(index + 1)));
    expect(waits.at(-1)).toBe(after(waits.length + 1_000));
    expect(waits.at(-2)).toBeLessThan(waits.at(-1) ?? 0);
  });
});
