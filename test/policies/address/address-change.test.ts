/** The change of an address: two people, neither of them its owner, within a day. */
import { describe, expect, test } from '@jest/globals';
import {
  addressChangeEnds,
  addressChangesWaitSince,
  waitingAddressChange,
} from '../../../policies/address/address-change.js';
import {
  askAddressChange,
  confirmAddressChange,
  withdrawAddressChange,
} from '../../../policies/address/commands.js';
import type { Office } from '../../../policies/core/office.js';
import type { Actor } from '../../../policies/people/actor.js';
import { personToBe, type Person } from '../../../policies/people/person.js';
import { abilityFor } from '../../../policies/permission/ability.js';
import { verdict } from '../../../policies/permission/permit.js';

const at = new Date('2026-11-30T10:00:00Z');
const hours = (by: number): Date => new Date(at.getTime() + by * 3_600_000);
const change = {
  email: 'new@borough.example',
  askedBy: { id: 'asks', name: 'Asks' },
  at,
  reasons: 'Married.',
};
const owner = (given: Partial<Person>): Person => ({
  ...personToBe({ name: 'Owner', email: 'owner@borough.example' }),
  id: 'owner',
  signsIn: true,
  ...given,
});
const [waiting, inUse] = [owner({ addressChange: change }), owner({})];

type OfAddress = typeof askAddressChange | typeof withdrawAddressChange | typeof confirmAddressChange;

const who = (id: string, office: Office, capacity: 'principal' | 'deputy' = 'principal') => {
  const stands = { deputyFor: { id: 'head', name: 'The principal' }, principalAbsent: true };
  const actor: Actor = {
    kind: 'Actor',
    id,
    name: id,
    email: `${id}@council.example`,
    councillorId: null,
    standing: null,
    holdings: [{ office, capacity, head: false, ...(capacity === 'deputy' ? stands : {}) }],
  };
  return { actor, ability: abilityFor(actor) };
};

/** The rule that refuses it, or the office in which it is given. */
const answerOf = (
  command: OfAddress,
  person: Person,
  by: string,
  {
    office = 'administrator',
    capacity = 'principal',
    now = hours(1),
  }: { readonly office?: Office; readonly capacity?: 'principal' | 'deputy'; readonly now?: Date } = {},
): string => {
  const answer = verdict(command, who(by, office, capacity), person, { by, now });
  return 'rule' in answer ? answer.rule : answer.office;
};

describe('the change of an address', () => {
  test('is asked for by an administrator, for somebody else whose account is in use, and once at a time', () => {
    expect(answerOf(askAddressChange, inUse, 'asks')).toBe('administrator');
    expect(answerOf(askAddressChange, inUse, 'owner')).toBe('address_two_people');
    for (const office of ['monitoring_officer', 'democratic_services', 'legal'] as const)
      expect(answerOf(askAddressChange, inUse, 'asks', { office })).toBe('office');
    expect(answerOf(askAddressChange, waiting, 'asks')).toBe('address_asked');
    expect(answerOf(askAddressChange, owner({ signsIn: false }), 'asks')).toBe('address_free');
  });

  test('is confirmed by another administrator or the Monitoring Officer: not by who asked, the owner or a deputy', () => {
    const office = 'monitoring_officer';
    expect(answerOf(confirmAddressChange, waiting, 'second')).toBe('administrator');
    expect(answerOf(confirmAddressChange, waiting, 'second', { office })).toBe(office);
    expect(answerOf(confirmAddressChange, waiting, 'second', { office: 'legal' })).toBe('office');
    for (const by of ['asks', 'owner'])
      for (const each of ['administrator', office] as const)
        expect(answerOf(confirmAddressChange, waiting, by, { office: each })).toBe('address_two_people');
    expect(answerOf(confirmAddressChange, waiting, 'second', { office, capacity: 'deputy' })).toBe(
      'address_two_people',
    );
    expect(answerOf(confirmAddressChange, inUse, 'second')).toBe('address_over');
  });

  test('is withdrawn by who asked, and nobody else', () => {
    expect(answerOf(withdrawAddressChange, waiting, 'asks')).toBe('administrator');
    expect(answerOf(withdrawAddressChange, waiting, 'second')).toBe('address_of_another');
    expect(answerOf(withdrawAddressChange, inUse, 'asks')).toBe('address_over');
  });

  test('lapses after 24 hours, and may then be asked for anew', () => {
    expect(addressChangeEnds(change)).toEqual(hours(24));
    expect(addressChangesWaitSince(hours(24))).toEqual(at);
    const justBefore = new Date(hours(24).getTime() - 1);
    expect(waitingAddressChange(change, justBefore)).toBe(change);
    expect(waitingAddressChange(change, hours(24))).toBeNull();
    expect(answerOf(confirmAddressChange, waiting, 'second', { now: justBefore })).toBe('administrator');
    for (const each of [confirmAddressChange, withdrawAddressChange])
      expect(
        answerOf(each, waiting, each === confirmAddressChange ? 'second' : 'asks', { now: hours(24) }),
      ).toBe('address_over');
    expect(answerOf(askAddressChange, waiting, 'asks', { now: hours(24) })).toBe('administrator');
  });
});
