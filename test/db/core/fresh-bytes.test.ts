import { expect, test } from '@jest/globals';
import { freshBytes } from '../../../db/core/fresh-bytes.js';

test('Fresh bytes are given out once, however often they are asked for', () => {
  const given = Array.from({ length: 5_000 }, (_, index) => freshBytes(index % 3 === 0 ? 32 : 16));
  expect(new Set(given.map((bytes) => bytes.subarray(0, 16).toString('hex'))).size).toBe(given.length);
  expect(given.filter((bytes) => bytes.every((byte) => byte === 0))).toEqual([]);
});

test('Fresh bytes belong to who asked: what one does with theirs changes nobody else’s', () => {
  const first = freshBytes(32);
  const second = freshBytes(32);
  const before = Buffer.from(second);
  first.fill(0);
  expect(second).toEqual(before);
});
