/** How long a proof counts, and which kind does. */
import { describe, expect, test } from '@jest/globals';
import { everyCommand } from '../../../policies/permission/every-command.js';
import {
  freshProof,
  isStillOpen,
  kindsThatCount,
  provedMinutes,
  type ProofKind,
} from '../../../policies/proof/proof.js';

const password = { hasCodes: false, hasPasskey: false };
const phone = { ...password, hasCodes: true };
const key = { ...phone, hasPasskey: true };

const now = new Date('2026-11-30T10:00:00Z');
const proof = (by: ProofKind, minutesAgo: number) => ({
  by,
  at: new Date(now.getTime() - minutesAgo * 60_000),
});

describe('a proof', () => {
  test('counts for a quarter of an hour, to the millisecond', () => {
    expect(provedMinutes).toBe(15);
    const given = proof('passphrase', 15);
    const before = new Date(now.getTime() - 1);
    expect(freshProof([given], { ...password, now: before })).toEqual(given);
    expect(freshProof([given], { ...password, now })).toBeNull();
  });

  test('by a clock that was put back since counts for nothing', () => {
    expect(freshProof([proof('passphrase', -1)], { ...password, now })).toBeNull();
  });

  test('by password counts for nothing from whoever has an app for codes', () => {
    const both = [proof('passphrase', 1), proof('totp', 5)];
    expect(freshProof(both, { ...phone, now })).toEqual(both[1]);
    expect(freshProof([proof('passphrase', 1)], { ...phone, now })).toBeNull();
    expect(freshProof([proof('recovery', 1)], { ...phone, now })).toEqual(proof('recovery', 1));
    expect(kindsThatCount(password)).toEqual(['passphrase']);
  });

  test('by passkey is the strongest: of whoever has one no code of an app counts beside it', () => {
    const all = [proof('passphrase', 1), proof('totp', 2), proof('passkey', 9)];
    expect(freshProof(all, { ...key, now })).toEqual(all[2]);
    expect(freshProof([proof('totp', 1)], { ...key, now })).toBeNull();
    expect(kindsThatCount(key)).toEqual(['passkey', 'recovery']);
    expect(kindsThatCount({ ...key, hasCodes: false })).toEqual(['passkey', 'recovery']);
  });

  test('is the newest of several, and none where there is none', () => {
    const [older, newer] = [proof('passphrase', 9), proof('passphrase', 2)];
    expect(freshProof([older, null, newer], { ...password, now })).toEqual(newer);
    expect(freshProof([null, null], { ...password, now })).toBeNull();
  });
});

test('what was begun may be finished for so many minutes, and not before it began', () => {
  const began = new Date(now.getTime() - 10 * 60_000);
  expect(isStillOpen(began, 11, now)).toBe(true);
  expect(isStillOpen(began, 10, now)).toBe(false);
  expect(isStillOpen(new Date(now.getTime() + 1), 10, now)).toBe(false);
});

test('who signs, decides, carries out an order, reviews, remits, lifts a council rule, confirms a disposal, an office, a right to papers, an erasure, a correction, that an app for codes goes that an address changes, releases a subject access file or makes a token proves first who they are, and nobody else', () => {
  const asking = everyCommand.filter(({ asksProof, bySelf }) => asksProof && !bySelf);
  expect(asking.map(({ name, on }) => `${name} ${on}`).toSorted()).toEqual([
    'carry_out Request',
    'confirm Correction',
    'confirm Disposal',
    'confirm Redaction',
    'confirm_address_change Person',
    'confirm_codes_removal Person',
    'confirm_office OfficeHeld',
    'confirm_requirement AuditRequirement',
    'confirm_right Request',
    'decide Request',
    'decide_review Request',
    'decide_right_review Request',
    'lift_rule Request',
    'make_token Token',
    'release_access AccessRequest',
    'remit_unasked Request',
    'sign_off Request',
  ]);
});
