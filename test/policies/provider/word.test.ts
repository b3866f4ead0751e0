import { describe, expect, test } from '@jest/globals';
import { passwordWorks } from '../../../policies/provider/passwords.js';
import {
  isFreshProof,
  meets,
  sinceProof,
  vouchedEmail,
  type ProviderWord,
} from '../../../policies/provider/word.js';

const now = new Date('2027-01-11T10:00:00Z');
const minutesAgo = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
const word: ProviderWord = {
  subject: 's',
  email: 'a@council.example',
  emailVerified: true,
  provedAt: now,
  acr: null,
  amr: [],
  session: null,
};
const age = (provedAt: Date | null) => sinceProof({ provedAt }, now);

describe('the word of the provider', () => {
  test('is worth a fresh proof for fifteen minutes from when somebody proved themselves there, and no more', () => {
    expect(isFreshProof(age(now))).toBe(true);
    expect(isFreshProof(age(new Date(minutesAgo(15).getTime() + 1)))).toBe(true);
    expect(isFreshProof(age(minutesAgo(15)))).toBe(false);
    expect(isFreshProof(age(null))).toBe(false);
  });

  test('may be ahead of our clock by a minute', () => {
    expect(age(minutesAgo(-1))).toBe(0);
    expect(age(minutesAgo(-1.1))).toBeNull();
  });

  test('meets what the council asks for by one of the classes and all of the means', () => {
    const asked = { acr: ['gold', 'silver'], amr: ['pwd', 'otp'] };
    expect(meets({ acr: null, amr: [] }, { acr: [], amr: [] })).toBe(true);
    expect(meets({ acr: 'silver', amr: ['otp', 'pwd', 'geo'] }, asked)).toBe(true);
    expect(meets({ acr: 'bronze', amr: ['otp', 'pwd'] }, asked)).toBe(false);
    expect(meets({ acr: null, amr: ['otp', 'pwd'] }, asked)).toBe(false);
    expect(meets({ acr: 'gold', amr: ['pwd'] }, asked)).toBe(false);
  });

  test('finds an account by its address where the provider vouches for that alone', () => {
    expect(vouchedEmail(word)).toBe('a@council.example');
    expect(vouchedEmail({ ...word, emailVerified: false })).toBeNull();
    expect(vouchedEmail({ ...word, email: null })).toBeNull();
  });
});

test('a password works where there is no provider, beside one in the demonstration, and for emergencies', () => {
  expect(passwordWorks(undefined, { breakGlass: false })).toBe(true);
  expect(passwordWorks({ besidePasswords: true }, { breakGlass: false })).toBe(true);
  expect(passwordWorks({ besidePasswords: false }, { breakGlass: true })).toBe(true);
  expect(passwordWorks({ besidePasswords: false }, { breakGlass: false })).toBe(false);
});
