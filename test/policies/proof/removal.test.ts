/** The removal of an app for codes: two people, neither of them its owner, within a day. */
import { describe, expect, test } from '@jest/globals';
import { isOpen, verdict } from '../../../policies/permission/permit.js';
import { personToBe, type Person } from '../../../policies/people/person.js';
import type { Office } from '../../../policies/core/office.js';
import {
  askCodesRemoval,
  confirmCodesRemoval,
  withdrawCodesRemoval,
} from '../../../policies/proof/commands.js';
import { removalEnds, removalsWaitSince, waitingRemoval } from '../../../policies/proof/removal.js';
import type { Actor } from '../../../policies/people/actor.js';
import { abilityFor } from '../../../policies/permission/ability.js';

const at = new Date('2026-11-30T10:00:00Z');
const hours = (by: number): Date => new Date(at.getTime() + by * 3_600_000);
const removal = { askedBy: { id: 'asks', name: 'Asks' }, at, reasons: 'They came to the desk.' };
const owner = (codes: Person['codes']): Person => ({
  ...personToBe({ name: 'Owner', email: 'owner@borough.example' }),
  id: 'owner',
  codes,
});
const waiting = owner({ inUse: true, removal });
const inUse = owner({ inUse: true, removal: null });

type OfRemoval = typeof askCodesRemoval | typeof withdrawCodesRemoval | typeof confirmCodesRemoval;

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
  command: OfRemoval,
  person: Person,
  by: string,
  { office = 'administrator', now = hours(1) }: { readonly office?: Office; readonly now?: Date } = {},
): string => {
  const answer = verdict(command, who(by, office), person, { by, now });
  return 'rule' in answer ? answer.rule : answer.office;
};

describe('the removal of an app for codes', () => {
  test('is asked for by an administrator, for somebody else who has one, and once at a time', () => {
    expect(answerOf(askCodesRemoval, inUse, 'asks')).toBe('administrator');
    expect(answerOf(askCodesRemoval, inUse, 'owner')).toBe('codes_two_people');
    expect(answerOf(askCodesRemoval, inUse, 'asks', { office: 'monitoring_officer' })).toBe('office');
    expect(answerOf(askCodesRemoval, waiting, 'asks')).toBe('removal_asked');
    expect(answerOf(askCodesRemoval, owner({ inUse: false, removal: null }), 'asks')).toBe('no_codes');
  });

  test('is confirmed by another administrator or the Monitoring Officer: not by who asked, the owner or a deputy', () => {
    expect(answerOf(confirmCodesRemoval, waiting, 'second')).toBe('administrator');
    expect(answerOf(confirmCodesRemoval, waiting, 'second', { office: 'monitoring_officer' })).toBe(
      'monitoring_officer',
    );
    expect(answerOf(confirmCodesRemoval, waiting, 'second', { office: 'legal' })).toBe('office');
    for (const by of ['asks', 'owner'])
      for (const office of ['administrator', 'monitoring_officer'] as const)
        expect(answerOf(confirmCodesRemoval, waiting, by, { office })).toBe('codes_two_people');
    expect(answerOf(confirmCodesRemoval, inUse, 'second')).toBe('removal_over');
    const present = { by: 'second', now: hours(1) };
    expect(
      verdict(confirmCodesRemoval, who('second', 'monitoring_officer', 'deputy'), waiting, present),
    ).toMatchObject({
      rule: 'codes_two_people',
    });
    expect(isOpen(confirmCodesRemoval, who('deputy', 'monitoring_officer', 'deputy'), waiting, {})).toBe(
      false,
    );
  });

  test('is withdrawn by who asked, and nobody else', () => {
    expect(answerOf(withdrawCodesRemoval, waiting, 'asks')).toBe('administrator');
    expect(answerOf(withdrawCodesRemoval, waiting, 'second')).toBe('removal_of_another');
    expect(answerOf(withdrawCodesRemoval, inUse, 'asks')).toBe('removal_over');
  });

  test('lapses after 24 hours, and may then be asked for anew', () => {
    expect(removalEnds(removal)).toEqual(hours(24));
    expect(removalsWaitSince(hours(24))).toEqual(at);
    const justBefore = new Date(hours(24).getTime() - 1);
    expect(waitingRemoval(waiting.codes, justBefore)).toBe(removal);
    expect(waitingRemoval(waiting.codes, hours(24))).toBeNull();
    expect(answerOf(confirmCodesRemoval, waiting, 'second', { now: justBefore })).toBe('administrator');
    expect(answerOf(confirmCodesRemoval, waiting, 'second', { now: hours(24) })).toBe('removal_over');
    expect(answerOf(withdrawCodesRemoval, waiting, 'asks', { now: hours(24) })).toBe('removal_over');
    expect(answerOf(askCodesRemoval, waiting, 'asks', { now: hours(24) })).toBe('administrator');
  });
});
