/** Papers while they were out (need-to-know.md, sections 3 and 6): judged by what was allowed then. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { GrantRecord } from '../../../policies/grant/grant-record.js';
import { atLondonTime } from '../../../policies/core/time/london.js';
import {
  momentMeant,
  rightAtWork,
  spanMeant,
  type Ground,
  type RightHeld,
} from '../../../policies/papers/papers.js';
import { judgeRelease, judgeReturn } from '../../../policies/papers/papers-out.js';
import type { Attendance } from '../../../policies/visit/attended.js';
import { englandAndWales } from '../../support/calendar.js';
import {
  history,
  madeAt,
  moment,
  naiveAllowed,
  naiveStays,
  nearly,
  recordOf,
  type Event,
} from '../../support/histories.js';
import { isLong } from '../../support/long.js';

const day = '2027-03-23';
const on = (time: string, date = day) => atLondonTime(date, time);
const ready: readonly Event[] = [
  { what: 'plan', date: day, chaperone: true, caseNamed: 'CP-1', at: madeAt },
  { what: 'check', question: 'connection', answer: 'none', reason: false, at: madeAt },
  {
    what: 'check',
    question: 'agreements',
    answer: { family: 'agreed', child: 'agreed', members: 'agreed' },
    reason: false,
    at: madeAt,
  },
  { what: 'check', question: 'legal_bars', answer: [], reason: false, at: madeAt },
  { what: 'condition', before: 'attendance', state: 'met', at: madeAt },
  { what: 'condition', before: 'closing', state: 'met', at: madeAt },
];
const underGrant = (grant: GrantRecord): Ground => ({ right: null, grant, register: grant.register });
const after = (...events: Event[]): Ground => underGrant(recordOf([...ready, ...events]).record);
const sat = (changes: Partial<Attendance> = {}): Ground => {
  const { record } = recordOf([...ready, { what: 'arrival', at: on('10:05') }]);
  const attendance = {
    outcome: 'attended',
    arrived: on('10:05'),
    left: on('11:40'),
    authorised: true,
    outside: [],
    ...changes,
  } as unknown as Attendance;
  return underGrant({
    ...record,
    events: 1,
    visits: record.visits.map((visit) => ({ ...visit, attendance })),
  });
};
const judged = (ground: Ground, at: Date, returned?: Date) => {
  const found = judgeRelease(ground, { at, returned }, englandAndWales);
  return [found.authorised, ...found.outside];
};

describe('under a grant papers are released', () => {
  test('in a sitting that it allows, and at no other moment of it', () => {
    expect(judged(after(), on('10:30'))).toEqual([true]);
    expect(judged(after(), on('09:29'))).toEqual([false, 'visit_time']);
    expect(judged(after(), on('12:31'))).toEqual([false, 'visit_time']);
    // The grant itself allows it then, and nothing of it takes place.
    expect(judged(after(), on('10:30', '2027-03-24'))).toEqual([false, 'unplanned']);
    expect(judged(after(), new Date(madeAt.getTime() - 60_000))).toEqual([false, 'unplanned']);
    const unchecked = underGrant(recordOf(ready.filter(({ what }) => what !== 'check')).record);
    expect(judged(unchecked, on('10:30'))).toEqual([false, 'checks']);
    expect(judged(after({ what: 'revoke', at: on('10:29') }), on('10:30'))).toEqual([false, 'revoked']);
  });

  test('once the sitting is on record, while its door was open and until it was left', () => {
    const times = ['09:29', '10:04', '10:05', '11:40'].map((time) => judged(sat(), on(time))[0]);
    expect(times).toEqual([false, true, true, true]);
    expect(judged(sat(), on('11:41'))).toEqual([false, 'events', 'visit_ended']);
    const alone = sat({ authorised: false, outside: ['chaperone'] });
    expect(judged(alone, on('10:30'))).toEqual([false, 'chaperone', 'visit_ended']);
  });

  test('just when somebody might have attended, over random histories', () => {
    let allowed = 0;
    fc.assert(
      fc.property(fc.oneof(history, nearly), moment, fc.boolean(), (events, any, isDay) => {
        const plan = events.findLast(({ what }) => what === 'plan');
        const at = isDay && plan?.what === 'plan' ? new Date(`${plan.date}T10:30:00Z`) : any;
        if (at < madeAt) return;
        const ground = underGrant(recordOf(events).record);
        expect(judged(ground, at)[0]).toBe(naiveAllowed(events, at));
        if (!naiveAllowed(events, at)) return;
        allowed += 1;
        const returned = new Date(at.getTime() + 3_600_000);
        const between = events.flatMap((event) => (event.at > at && event.at < returned ? [event.at] : []));
        const stays = [...between, returned].every((each) => naiveStays(events, each));
        expect(judgeReturn(ground, { at, returned }, englandAndWales).authorised).toBe(stays);
      }),
      { numRuns: isLong ? 1000 : 100 },
    );
    // About fifteen of a hundred: none at all would be a property of nothing.
    expect(allowed).toBeGreaterThan(0);
  });
});

describe('they are back', () => {
  test('as soon as the grant ends, is frozen or the visit is ended', () => {
    const at = on('10:30');
    for (const [what, limit] of [
      ['revoke', 'revoked'],
      ['freeze', 'frozen'],
    ] as const) {
      const ground = after({ what, at: on('11:00') });
      expect(judged(ground, at, on('10:59'))).toEqual([true]);
      expect(judgeRelease(ground, { at, returned: on('11:30') }, englandAndWales)).toEqual({
        authorised: false,
        outside: [limit],
        since: on('11:00'),
        causedBy: 'other',
      });
    }
    // A freeze that had ended by then still counts for its own time.
    const released = after({ what: 'freeze', at: on('11:00') }, { what: 'release', at: on('11:05') });
    expect(judged(released, at, on('11:30'))).toEqual([false, 'frozen']);
    const withdrawn = after({ what: 'visit_ends', because: 'withdrawn', journey: false, at: on('11:00') });
    expect(judged(withdrawn, at, on('11:30'))).toEqual([false, 'visit_ended']);
  });

  test('when the sitting is over: later is beyond the scope, and another day has no sitting', () => {
    for (const ground of [after(), sat()]) {
      expect(judged(ground, on('10:30'), on('12:30'))).toEqual([true]);
      expect(judged(ground, on('10:30'), on('12:31'))).toEqual([true, 'overrun']);
      expect(judged(ground, on('10:30'), on('10:00', '2027-03-24'))).toEqual([false, 'visit_date']);
    }
  });
});

describe('under a statutory right', () => {
  const inOffice = { right: 's100F', governance: 'leader_and_cabinet', isEarlier: false } as const;
  const right = { since: on('08:00'), ...inOffice };
  const register = (...events: Event[]) => recordOf(events).record.register;
  const ground = (...events: Event[]): Ground => ({ right, grant: null, register: register(...events) });

  test('they belong to a member in office, by the register of that day as it is known by now', () => {
    const at = on('10:00');
    expect(judged(ground(), at)).toEqual([true]);
    const former: Event = { what: 'standing', standing: 'former', at: madeAt };
    expect(judged(ground(former), at)).toEqual([false, 'standing']);
    // Entered afterwards: it counts for that day if its own days reach back to it.
    const later = on('09:00', '2027-03-26');
    const endedOn = (to: string): Event => ({ what: 'term', from: '2025-05-06', to, at: later });
    expect(judged(ground(endedOn('2027-03-22')), at)).toEqual([false, 'standing']);
    expect(judged(ground(endedOn(day), { ...former, at: later }), at)).toEqual([true]);
    // A later entry does not make a member of a person who was not one.
    const back: Event = { what: 'standing', standing: 'sitting', at: later };
    expect(judged(ground(former, back), at)).toEqual([false, 'standing']);
  });

  test('they belong to whoever can have that very right: a co-opted member has one under regulation 17 alone', () => {
    const at = on('10:00');
    const coopted = ground({ what: 'standing', standing: 'coopted', at: madeAt });
    expect(judged(coopted, at)).toEqual([false, 'no_right']);
    const of = (more: Partial<NonNullable<Ground['right']>>) => ({
      ...coopted,
      right: { ...right, ...more },
    });
    expect(judged(of({ right: 'reg16' }), at)).toEqual([false, 'no_right']);
    expect(judged(of({ right: 'reg17' }), at)).toEqual([true]);
    expect(judged(of({ right: 'reg17', governance: 'committee_system' }), at)).toEqual([false, 'no_right']);
    // A right from before rights were confirmed is judged as it was then.
    expect(judged(of({ isEarlier: true }), at)).toEqual([true]);
  });

  test('from the minute on in which it was confirmed; and may stay out', () => {
    expect(judged(ground(), on('07:59'))).toEqual([false, 'no_right']);
    const since = {
      ...ground(),
      right: { ...inOffice, since: new Date(on('08:00').getTime() + 30_000) },
    };
    expect(judged(since, on('08:00'))).toEqual([true]);
    expect(judged(ground(), on('10:00'), on('10:00', '2027-03-30'))).toEqual([true]);
    const recorded = (
      given: 'none' | 's100F' | 'reg16',
      hour: number,
      confirmed: number | null = null,
    ): RightHeld => ({
      right: given,
      recordedAt: on(`0${hour}:00`),
      counts: given === 'none' || confirmed !== null,
      confirmed: confirmed === null ? null : { at: on(`0${confirmed}:00`) },
    });
    const held = (...rights: RightHeld[]) => rightAtWork(rights, 'mayor_and_cabinet');
    expect(held()).toBeNull();
    expect(held(recorded('s100F', 1, 2), recorded('none', 3))).toBeNull();
    expect(held(recorded('s100F', 1, 2), recorded('reg16', 3))).toBeNull();
    expect(held(recorded('none', 1), recorded('s100F', 2, 3))).toEqual({
      since: on('03:00'),
      right: 's100F',
      governance: 'mayor_and_cabinet',
      isEarlier: false,
    });
    const earlier = { ...recorded('s100F', 2), counts: true };
    expect(held(recorded('none', 1), earlier)).toMatchObject({ since: on('02:00'), isEarlier: true });
  });
});

test('a day without a time means its sitting, so that doubt does not make an incident', () => {
  const now = on('09:00', '2027-03-30');
  const meant = (ground: Ground, when: string) => momentMeant(when, { within: spanMeant(when, ground), now });
  const early = sat({ arrived: on('08:10'), left: on('09:20') });
  expect(meant(early, day)).toEqual(on('09:20'));
  expect(meant(sat({ arrived: on('14:10'), left: on('15:20') }), day)).toEqual(on('14:10'));
  expect(meant(after(), day)).toEqual(on('12:00'));
  expect(meant(after(), '2027-03-24')).toEqual(on('12:00', '2027-03-24'));
});
