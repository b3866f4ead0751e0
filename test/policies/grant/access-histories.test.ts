/**
 * Access over random histories, held against an independent, naive replay of need-to-know.md, section 6
 * (test/support/histories.ts).
 */
import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { access } from '../../../policies/grant/access.js';
import { judge, limitsBroken } from '../../../policies/visit/attendance.js';
import { grantAt, visitAt } from '../../../policies/grant/grant-record.js';
import { visitAccess } from '../../../policies/visit/visit-access.js';
import { defaultSettings } from '../../../policies/settings/settings.js';
import {
  history,
  madeAt,
  moment,
  naiveAllowed,
  naiveGrant,
  naiveHolds,
  naiveStays,
  nearly,
  recordOf,
  type Event,
} from '../../support/histories.js';
import { isLong } from '../../support/long.js';

const numRuns = isLong ? 1000 : 100;
if (isLong) jest.setTimeout(300_000);

/** The middle of the visit's day, so that the tests also see people attend. */
const onTheDay = (events: readonly Event[]): Date => {
  const plan = events.filter(({ what }) => what === 'plan').at(-1);
  return plan?.what === 'plan' ? new Date(`${plan.date}T10:30:00Z`) : madeAt;
};

const asked = fc.tuple(history, moment, fc.boolean());

describe('over random histories', () => {
  test('a grant allows attendance only when each limit holds, and names just the limits that do not', () => {
    let allowed = 0;
    fc.assert(
      fc.property(asked, ([events, at]) => {
        if (at < madeAt) return;
        const { record } = recordOf(events);
        const found = access(grantAt(record, at), at);
        const { now, first } = naiveGrant(events, at);
        const limits = new Set(found.because.map(({ limit }) => limit as string));
        const sticky = first.filter((limit) => !now.has(limit) && limits.has(limit));
        expect([...limits].toSorted()).toEqual([...now, ...sticky].toSorted());
        // Of limits that were over at one and the same moment one is named, where none is broken now.
        expect(first.length === 0 || first.some((limit) => limits.has(limit))).toBe(true);
        expect(found.allowed).toBe(naiveHolds(events, at));
        if (found.allowed) allowed += 1;
      }),
      { numRuns },
    );
    expect(allowed).toBeGreaterThan(numRuns / 50);
  });

  test('a visit may be attended only when each limit of the grant and of the visit holds', () => {
    fc.assert(
      fc.property(asked, ([events, at, onDay]) => {
        const { record, visit } = recordOf(events);
        const when = onDay ? onTheDay(events) : at;
        const then = visitAt(visit, when);
        if (when < madeAt || then === null) return;
        const found = visitAccess(grantAt(record, when), then, when, defaultSettings);
        expect(found.allowed).toBe(naiveAllowed(events, when));
        expect(found.because.length === 0).toBe(found.allowed);
      }),
      { numRuns },
    );
  });

  test('a lapsed grant stays lapsed, whatever is entered afterwards', () => {
    fc.assert(
      fc.property(history, moment, moment, (events, one, other) => {
        const [earlier, later] = one < other ? [one, other] : [other, one];
        if (earlier < madeAt) return;
        const { record } = recordOf(events);
        if (access(grantAt(record, earlier), earlier).status !== 'lapsed') return;
        expect(access(grantAt(record, later), later).allowed).toBe(false);
        expect(['lapsed', 'revoked', 'completed']).toContain(access(grantAt(record, later), later).status);
      }),
      { numRuns },
    );
  });

  test('a visit with one thing wrong is attended only where that breaks no limit', () => {
    const counted = { allowed: 0, refused: 0 };
    fc.assert(
      fc.property(nearly, fc.integer({ min: -120, max: 120 }), (events, minutes) => {
        const { record, visit } = recordOf(events);
        const when = new Date(onTheDay(events).getTime() + minutes * 60_000);
        const then = visitAt(visit, when);
        if (then === null) return;
        const { allowed } = visitAccess(grantAt(record, when), then, when, defaultSettings);
        expect(allowed).toBe(naiveAllowed(events, when));
        counted[allowed ? 'allowed' : 'refused'] += 1;
      }),
      { numRuns: 2 * numRuns },
    );
    expect(Math.min(counted.allowed, counted.refused)).toBeGreaterThan(numRuns / 5);
  });

  const stay = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 20 }));

  /** Holds how an attendance is judged against each minute of it. @returns whether it was authorised */
  const judgedAsNaively = (
    events: readonly Event[],
    day: Date,
    [start, length]: [number, number],
  ): boolean => {
    const { record, visit } = recordOf(events);
    const arrived = new Date(day.getTime() - 1_800_000 + start * 300_000);
    const left = new Date(arrived.getTime() + length * 300_000);
    const given = {
      outcome: 'attended' as const,
      arrived,
      left,
      chaperone: 'The manager',
      categories: ['process' as const],
      closedPartsLeft: null,
      departures: [],
    };
    const judged = judge(record, visit, given, defaultSettings);
    let naive = true;
    for (let at = arrived.getTime(); at <= left.getTime(); at += 60_000) {
      const holds = at === arrived.getTime() ? naiveAllowed : naiveStays;
      naive = naive && at >= madeAt.getTime() && holds(events, new Date(at));
    }
    expect(judged.authorised).toBe(naive);
    expect(limitsBroken(record, visit, { arrived, left }, defaultSettings).length === 0).toBe(naive);
    return naive;
  };

  test('attendance is authorised only with a live grant and clean checks from arrival to leaving', () => {
    fc.assert(
      fc.property(history, stay, fc.boolean(), (events, span, crowded) => {
        const day = onTheDay(events);
        // Now and then what happens is drawn to the day itself, where it matters.
        const drawn = crowded
          ? events.map((event, index) => (index < 5 ? event : towards(event, day, index)))
          : events;
        const inTurn = drawn.toSorted((a, b) => a.at.getTime() - b.at.getTime());
        judgedAsNaively(inTurn, day, span);
      }),
      { numRuns: Math.ceil(numRuns / 2) },
    );
  });

  test('attendance is not if one thing went wrong during it, even if it was put right again', () => {
    const counted = { authorised: 0, not: 0 };
    fc.assert(
      fc.property(nearly, stay, (events, span) => {
        counted[judgedAsNaively(events, onTheDay(events), span) ? 'authorised' : 'not'] += 1;
      }),
      { numRuns },
    );
    expect(Math.min(counted.authorised, counted.not)).toBeGreaterThan(numRuns / 10);
  });

  test('an entry after leaving allows nothing, and takes away only if the register records an end', () => {
    const tells = new Set(['term', 'new_term', 'appointment', 'defeat']);
    fc.assert(
      fc.property(history, (events) => {
        const arrived = new Date(onTheDay(events).getTime() - 600_000);
        const left = new Date(arrived.getTime() + 1_800_000);
        const before = events.filter(({ at }) => at <= left);
        if (!before.some(({ what }) => what === 'plan')) return;
        const broken = (known: readonly Event[]): readonly string[] => {
          const { record, visit } = recordOf(known);
          return limitsBroken(record, visit, { arrived, left }, defaultSettings);
        };
        const then = broken(before);
        const withoutEnds = events.filter(({ at, what }) => at <= left || !tells.has(what));
        expect(broken(withoutEnds)).toEqual(then);
        if (then.length > 0) expect(broken(events)).not.toEqual([]);
      }),
      { numRuns },
    );
  });
});

/** The same event on the day of the visit, in the hours around it; a minute apart, each at its own. */
const towards = (event: Event, day: Date, index: number): Event => ({
  ...event,
  at: new Date(day.getTime() - 1_800_000 + ((event.at.getTime() / 60_000 + index * 7) % 180) * 60_000),
});
