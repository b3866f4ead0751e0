import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, startOfLondonDay } from '../../../policies/core/time/london.js';
import { assertUnhindered } from '../../../policies/permission/permit.js';
import { keepRegister } from '../../../policies/register/commands.js';
import { Conflict, Invalid } from '../../../policies/core/refusals.js';
import {
  goneMember,
  memberAfter,
  newMember,
  type Membership,
} from '../../../policies/register/register-keeping.js';
import { standings } from '../../../policies/register/member.js';

const today = '2026-05-20';
const now = new Date(`${today}T12:00:00Z`);
const day = (days: number) => addDays(today, days);

const sitting: Membership = {
  ward: 'Riverside',
  standing: 'sitting',
  term: { from: day(-300), to: day(900) },
  defeat: null,
};
const lost = { poll: day(-10), declaredAt: startOfLondonDay(day(-9)) };

const days = fc.integer({ min: -400, max: 400 }).map(day);
const term = fc.record({ from: days, to: fc.option(days) });
const membership = fc.record({
  ward: fc.option(fc.constant('Riverside')),
  standing: fc.constantFrom(...standings),
  term,
});
const defeat = fc.record({ poll: days, declaredAt: days.map(startOfLondonDay) });
const changes = fc.record(
  {
    ward: fc.option(fc.constant('Hillside')),
    standing: fc.constantFrom(...standings),
    term,
    defeat: fc.option(defeat),
  },
  { requiredKeys: [] },
);

/** Each change in turn; a refused one leaves the entry unchanged. */
const after = (first: Omit<Membership, 'defeat'>, given: readonly object[], at: Date): Membership | null => {
  let member: Membership;
  try {
    member = newMember(first, at);
  } catch (error) {
    if (error instanceof Invalid) return null;
    throw error;
  }
  for (const each of given) {
    try {
      member = memberAfter(member, each, at);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
    }
  }
  return member;
};

describe('whatever is entered, in whatever order', () => {
  test('the co-opted have no ward, a term is in order, and a former member’s is over', () => {
    fc.assert(
      fc.property(membership, fc.array(changes, { maxLength: 6 }), (first, given) => {
        const member = after(first, given, now);
        fc.pre(member !== null);
        if (member.standing === 'coopted') expect(member.ward).toBeNull();
        if (member.term.to !== null) expect(member.term.to >= member.term.from).toBe(true);
        if (member.standing === 'former') expect((member.term.to ?? '9999') <= today).toBe(true);
      }),
    );
  });

  test('a lost seat counts until the fourth day after the poll, and then until a term begins after it', () => {
    fc.assert(
      fc.property(defeat, changes, (seat, given) => {
        let before: Membership;
        try {
          before = memberAfter(sitting, { defeat: seat }, now);
        } catch {
          return;
        }
        expect((before.term.to ?? '9999') <= addDays(seat.poll, 3)).toBe(true);
        try {
          const { defeat: left, term: held } = memberAfter(before, { ...given, defeat: null }, now);
          expect(left).toBeNull();
          expect(held.from > seat.poll && today >= addDays(seat.poll, 4)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(Invalid);
        }
      }),
    );
  });
});

test('a new term clears a defeat of the one before without being told to, and nothing else does', () => {
  const defeated = memberAfter(sitting, { defeat: lost }, now);
  expect(memberAfter(defeated, { ward: 'Hillside' }, now).defeat).toEqual(lost);
  expect(memberAfter(defeated, { term: { from: day(-5), to: null } }, now)).toEqual({
    ...sitting,
    term: { from: day(-5), to: null },
  });
});

test('a former member comes back with a term that begins after the last', () => {
  const gone = goneMember(sitting, today, now);
  expect(gone).toEqual({ ...sitting, standing: 'former', term: { from: day(-300), to: today } });
  const leaving = ({ standing }: Pick<typeof gone, 'standing'>) =>
    assertUnhindered(keepRegister, { kind: 'Register' }, { leaving: standing });
  expect(() => leaving(sitting)).not.toThrow();
  expect(() => leaving(gone)).toThrow(Conflict);
  for (const from of [day(-300), today]) {
    expect(() => memberAfter(gone, { standing: 'sitting', term: { from, to: null } }, now)).toThrow(Invalid);
  }
  const back = { standing: 'elect', term: { from: day(1), to: null } } as const;
  expect(memberAfter(gone, back, now)).toEqual({ ...sitting, ...back });
  expect(goneMember({ ...sitting, term: { from: day(-300), to: day(-20) } }, today, now).term.to).toBe(
    day(-20),
  );
});
