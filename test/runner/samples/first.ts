import { expect, jest, test } from '@jest/globals';
import { visits } from './shared.js';

interface Amount {
  readonly amount: number;
}

jest.setTimeout(5);
visits.count += 1;

test('changes what is the process’s own', () => {
  process.env['LEFT_BY_A_SAMPLE'] = 'yes';
  delete process.env['TEST_BROKER_PORT'];
  process.chdir('/');
  console.log('said by a sample');
});

test('fails', () => {
  const given: Amount = { amount: 1 };
  expect(given.amount).toBe(2);
});
