import { describe, expect, test } from '@jest/globals';
import { createAccount } from '../../../policies/account/commands.js';
import type { FirstAccount } from '../../../policies/account/first-account.js';
import type { Refusal } from '../../../policies/core/refusals.js';
import { assertUnhindered } from '../../../policies/permission/permit.js';
import { isOpenLink, linkEnds } from '../../../policies/account/link.js';
import { faultOfPassphrase, ownWords } from '../../../policies/account/passphrase.js';
import { mayAskAgain } from '../../../policies/account/asking.js';

describe('a passphrase', () => {
  const strong = { score: () => 4, words: [] };
  test('has at least twelve characters, whatever each of them takes to store', () => {
    expect(faultOfPassphrase('elevenchars', strong)).toMatch(/at least 12/);
    expect(faultOfPassphrase('🦉'.repeat(11), strong)).toMatch(/at least 12/);
    expect(faultOfPassphrase('🦉'.repeat(12), strong)).toBeNull();
    expect(faultOfPassphrase('twelve chars', strong)).toBeNull();
  });

  test.each([0, 1, 2])('that is guessed within %s steps of four is refused', (score) => {
    expect(faultOfPassphrase('twelve chars', { score: () => score, words: [] })).toMatch(/harder to guess/);
  });

  test('needs eight characters beside the words of the person and the council', () => {
    const own = { score: () => 4, words: ['ann', 'annabel', 'borough'] };
    expect(faultOfPassphrase('Annabel-Borough-2027', own)).toMatch(/harder to guess/);
    expect(faultOfPassphrase('Annabel-seven-Borough', own)).toMatch(/harder to guess/);
    expect(faultOfPassphrase('Annabel-herons-Borough', own)).toBeNull();
  });

  test('is judged by the words of the person and the council, each for itself', () => {
    expect(ownWords(['Ann O’Hara', 'ann.ohara@borough.example', 'Borough Council'])).toEqual([
      'ann o’hara',
      'ann',
      'hara',
      'ann.ohara@borough.example',
      'ohara',
      'borough',
      'example',
      'borough council',
      'council',
    ]);
  });
});

describe('a link', () => {
  const madeAt = new Date('2027-02-01T10:00:00Z');
  const open = { expiresAt: linkEnds(madeAt), usedAt: null, suspended: false };
  const after = (hours: number) => new Date(madeAt.getTime() + hours * 3_600_000);

  test('works for a day, once, and for nobody who is suspended', () => {
    expect(isOpenLink(open, madeAt)).toBe(true);
    expect(isOpenLink(open, after(23.99))).toBe(true);
    expect(isOpenLink(open, after(24))).toBe(false);
    expect(isOpenLink({ ...open, usedAt: madeAt }, after(1))).toBe(false);
    expect(isOpenLink({ ...open, suspended: true }, after(1))).toBe(false);
  });

  test('is sent three times for one address and thirty from one source, and not once more', () => {
    expect(mayAskAgain({ address: 3, source: 30 })).toBe(true);
    expect(mayAskAgain({ address: 4, source: 1 })).toBe(false);
    expect(mayAskAgain({ address: 1, source: 31 })).toBe(false);
  });
});

describe('an account made at the machine', () => {
  const person = { councillorId: null, suspended: false, offices: [], bound: false };
  const first: FirstAccount = {
    kind: 'Account',
    office: 'administrator',
    known: null,
    isKept: false,
    recovers: false,
    breakGlass: false,
  };
  const ruleOf = (given: Partial<FirstAccount>): string | null => {
    try {
      assertUnhindered(createAccount, { ...first, ...given }, {});
      return null;
    } catch (error) {
      return (error as Refusal).rule ?? '';
    }
  };

  test('is made until an administrator can sign in, and then to recover the service alone', () => {
    expect(ruleOf({})).toBeNull();
    expect(ruleOf({ isKept: true, office: 'monitoring_officer' })).toBe('administrated');
    expect(ruleOf({ isKept: true, recovers: true })).toBeNull();
  });

  test('gives nobody the administrator’s office beside another, and none to who is suspended', () => {
    expect(ruleOf({ known: { ...person, offices: ['administrator'] } })).toBeNull();
    expect(ruleOf({ known: { ...person, offices: ['legal'] } })).toBe('administrator_alone');
    expect(ruleOf({ known: { ...person, councillorId: 'c' } })).toBe('administrator_alone');
    expect(ruleOf({ office: 'monitoring_officer', known: { ...person, offices: ['administrator'] } })).toBe(
      'administrator_alone',
    );
    expect(ruleOf({ known: { ...person, suspended: true } })).toBe('account_suspended');
  });

  test('is the one for emergencies where it is an administrator’s, and bound to nobody', () => {
    expect(ruleOf({ breakGlass: true, known: person })).toBeNull();
    expect(ruleOf({ breakGlass: true, office: 'monitoring_officer' })).toBe('break_glass_administers');
    expect(ruleOf({ breakGlass: true, known: { ...person, bound: true } })).toBe('break_glass');
    expect(ruleOf({ known: { ...person, bound: true } })).toBeNull();
  });
});
