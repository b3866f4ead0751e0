import { setTimeout } from 'node:timers/promises';
import { expect, jest, test } from '@jest/globals';
import { visits } from './shared.js';

test('finds the process as it was', async () => {
  expect(process.env['LEFT_BY_A_SAMPLE']).toBe(undefined);
  expect(process.env['TEST_BROKER_PORT']).not.toBe(undefined);
  expect(process.cwd()).not.toBe('/');
  // Longer than the other file lets its own tests take.
  await setTimeout(30);
});

test('shares what it imports', () => {
  expect(visits.count).toBe(1);
});

test('may not replace what it shares', () => {
  expect(() => jest.unstable_mockModule('./shared.js', () => ({}))).toThrow('share their modules');
});
