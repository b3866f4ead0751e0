/** What a passkey must hold to. */
import { expect, test } from '@jest/globals';
import { counterGoesOn } from '../../../policies/passkey/passkey.js';

test('a counter goes on, or stays at nothing; one that stays or goes back tells of a copy', () => {
  expect([counterGoesOn(0, 0), counterGoesOn(0, 1), counterGoesOn(7, 8), counterGoesOn(7, 4000)]).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect([counterGoesOn(7, 7), counterGoesOn(7, 6), counterGoesOn(7, 0)]).toEqual([false, false, false]);
});
