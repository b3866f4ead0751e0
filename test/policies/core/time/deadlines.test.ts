import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deadline, isOverdue, periods, type Return } from '../../../../policies/core/time/deadlines.js';
import { addDays, londonDate } from '../../../../policies/core/time/london.js';
import { englandAndWales } from '../../../support/calendar.js';
import { countWorkingDays, withProclaimed } from '../../../../policies/core/time/working-days.js';

/** An instant of June 2026, by the London clock. June has no bank holiday; the 1st, 8th, 15th … are Mondays. */
const june = (day: number, time: string): Date =>
  new Date(`2026-06-${String(day).padStart(2, '0')}T${time}:00+01:00`);
const decide = (receivedAt: Date, ...returns: Return[]) =>
  deadline(englandAndWales, 'decide', receivedAt, periods.decide, returns);

describe('a deadline', () => {
  test('without a return is the plain count, with its days', () => {
    const receivedAt = new Date('2026-04-02T10:00:00+01:00');
    const { due, counted, skipped } = countWorkingDays(englandAndWales, receivedAt, 10);
    expect(decide(receivedAt)).toEqual({ what: 'decide', at: due, counted, skipped, pauses: [] });
    expect(decide(receivedAt).at).toBe('2026-04-20');
    expect(decide(new Date('2026-12-18T17:30:00Z')).at).toBe('2027-01-07');
  });

  test('knows the periods that councils start with', () => {
    expect(periods).toEqual({
      acknowledge: 1,
      answerQuestion: 10,
      decide: 10,
      askForReview: 10,
      review: 10,
      attendanceRecord: 2,
      answerReturned: 20,
      frozen: 1,
      settleConflict: 2,
    });
  });

  test('moves when a bank holiday is newly proclaimed', () => {
    const calendar = withProclaimed(englandAndWales, [{ date: '2026-06-10', name: 'A day of thanksgiving' }]);
    expect(deadline(calendar, 'decide', june(1, '10:00'), 10, []).at).toBe('2026-06-16');
    expect(decide(june(1, '10:00')).at).toBe('2026-06-15');
  });
});

describe('a return stops the clock', () => {
  test('received Monday, returned Thursday, in again the Monday after: two days spent, the third is Tuesday', () => {
    const due = decide(june(1, '10:00'), { from: june(4, '11:00'), to: june(8, '09:00') });
    expect(due.counted.slice(0, 3)).toEqual(['2026-06-02', '2026-06-03', '2026-06-09']);
    expect(due.at).toBe('2026-06-18');
    expect(due.pauses).toEqual([{ from: '2026-06-04', to: '2026-06-08' }]);
    expect(due.skipped.map(({ date }) => date)).toEqual(['2026-06-13', '2026-06-14']);
  });

  test('a resubmission after 17:00 or on a Saturday counts as received on the next working day', () => {
    const late = decide(june(1, '10:00'), { from: june(4, '11:00'), to: june(8, '17:01') });
    expect(late.pauses).toEqual([{ from: '2026-06-04', to: '2026-06-09' }]);
    expect(late.at).toBe('2026-06-19');
    const saturday = decide(june(1, '10:00'), { from: june(4, '11:00'), to: june(6, '12:00') });
    expect(saturday.at).toBe(decide(june(1, '10:00'), { from: june(4, '11:00'), to: june(8, '09:00') }).at);
  });

  test('returned and answered on one day, that day is the only one that does not count', () => {
    const due = decide(june(1, '10:00'), { from: june(3, '09:00'), to: june(3, '16:00') });
    expect(due.pauses).toEqual([{ from: '2026-06-03', to: '2026-06-03' }]);
    expect(due.counted).not.toContain('2026-06-03');
    expect(due.at).toBe('2026-06-16');
  });

  test('returned on the due day itself, the last day is still to come', () => {
    const due = decide(june(1, '10:00'), { from: june(15, '16:00'), to: june(22, '10:00') });
    expect(due.counted).toHaveLength(10);
    expect(due.at).toBe('2026-06-23');
  });

  test('returned before day 0, the count begins after the resubmission', () => {
    const due = decide(june(5, '18:00'), { from: june(6, '10:00'), to: june(9, '10:00') });
    expect(due.counted[0]).toBe('2026-06-10');
    expect(due.at).toBe('2026-06-23');
  });

  test('two returns stop it twice, in any order of the list', () => {
    const first: Return = { from: june(3, '10:00'), to: june(4, '10:00') };
    const second: Return = { from: june(9, '10:00'), to: june(11, '10:00') };
    const due = decide(june(1, '10:00'), second, first);
    expect(due).toEqual(decide(june(1, '10:00'), first, second));
    expect(due.pauses.map(({ from }) => from)).toEqual(['2026-06-03', '2026-06-09']);
    expect(due.counted.slice(0, 4)).toEqual(['2026-06-02', '2026-06-05', '2026-06-08', '2026-06-12']);
    expect(due.at).toBe('2026-06-22');
  });

  test('holidays inside a return are not counted twice: Easter passes while the councillor has the request', () => {
    const due = decide(new Date('2026-03-30T10:00:00+01:00'), {
      from: new Date('2026-04-01T10:00:00+01:00'),
      to: new Date('2026-04-08T10:00:00+01:00'),
    });
    expect(due.counted.slice(0, 2)).toEqual(['2026-03-31', '2026-04-09']);
    expect(due.skipped.map(({ date }) => date)).toEqual([
      '2026-04-11',
      '2026-04-12',
      '2026-04-18',
      '2026-04-19',
    ]);
    expect(due.at).toBe('2026-04-21');
  });

  test('a return after the due day changes nothing once it is answered: a missed deadline stays missed', () => {
    const due = decide(june(1, '10:00'), { from: june(17, '10:00'), to: june(19, '10:00') });
    expect(due.at).toBe('2026-06-15');
  });

  test('a return of a year is as quick to count as one of a day', () => {
    const due = decide(june(1, '10:00'), {
      from: june(3, '10:00'),
      to: new Date('2027-06-02T10:00:00+01:00'),
    });
    expect(due.counted.slice(0, 2)).toEqual(['2026-06-02', '2027-06-03']);
    expect(due.skipped).toHaveLength(4);
  });
});

describe('while the councillor has the request', () => {
  test('nothing is due, and the days counted so far stand', () => {
    const due = decide(june(1, '10:00'), { from: june(4, '11:00'), to: null });
    expect(due).toEqual({
      what: 'decide',
      at: null,
      counted: ['2026-06-02', '2026-06-03'],
      skipped: [],
      pauses: [{ from: '2026-06-04', to: null }],
    });
    expect(isOverdue(due, new Date('2099-01-01T00:00:00Z'))).toBe(false);
  });

  test('nothing is due even where the deadline had been missed before', () => {
    expect(decide(june(1, '10:00'), { from: june(17, '10:00'), to: null }).at).toBeNull();
  });
});

describe('a deadline is overdue', () => {
  test('when the due day is over in London, and not a millisecond before', () => {
    const due = decide(june(1, '10:00'));
    expect(isOverdue(due, new Date('2026-06-15T22:59:59.999Z'))).toBe(false);
    expect(isOverdue(due, new Date('2026-06-15T23:00:00.000Z'))).toBe(true);
  });
});

describe('whatever the returns', () => {
  const start = new Date('2026-01-05T10:00:00Z').getTime();
  const hour = 3_600_000;
  const returnsOf = fc
    .array(fc.integer({ min: 0, max: 400 }), { maxLength: 8 })
    .map((hours) => hours.toSorted((a, b) => a - b))
    .map((hours) =>
      hours.flatMap((from, i) => {
        const to = hours[i + 1];
        return i % 2 === 0 && to !== undefined
          ? [{ from: new Date(start + from * hour), to: new Date(start + to * hour) }]
          : [];
      }),
    );

  test('each day after receipt is counted, skipped, day 0 or inside a pause, and in one of them alone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -100, max: 0 }),
        returnsOf,
        fc.integer({ min: 1, max: 40 }),
        (h, returns, days) => {
          const receivedAt = new Date(start + h * hour);
          const due = deadline(englandAndWales, 'decide', receivedAt, days, returns);
          const zero = countWorkingDays(englandAndWales, receivedAt, 1).receivedOn;
          expect(due.counted).toHaveLength(days);
          for (
            let date = addDays(londonDate(receivedAt), 1);
            due.at !== null && date <= due.at;
            date = addDays(date, 1)
          ) {
            const paused = due.pauses.some(({ from, to }) => from <= date && to !== null && date <= to);
            const counted = due.counted.includes(date);
            const skipped = due.skipped.some((day) => day.date === date);
            const places = Number(paused) + Number(counted) + Number(skipped);
            expect([date, places]).toEqual([date, date === zero && !paused ? 0 : 1]);
          }
        },
      ),
    );
  });

  test('a return never brings a deadline forward', () => {
    fc.assert(
      fc.property(returnsOf, (returns) => {
        const plain = deadline(englandAndWales, 'decide', new Date(start), 10, []).at ?? '';
        expect((deadline(englandAndWales, 'decide', new Date(start), 10, returns).at ?? '') >= plain).toBe(
          true,
        );
      }),
    );
  });
});
