import { describe, expect, test } from '@jest/globals';
import { BenchFault } from './fault.js';
import { median } from './median.js';
import { readTps } from './pgbench.js';
import { assertRecorded } from './trail.js';

const printed = (failed: number) => `pgbench (15.18 (Debian 15.18-0+deb12u1), server 18.4)
transaction type: <builtin: TPC-B (sort of)>
number of transactions actually processed: 14079
number of failed transactions: ${failed} (0.000%)
latency average = 4.545 ms
tps = 1760.123456 (without initial connection time)
`;

describe('a measurement', () => {
  test('takes pgbench’s transactions a second', () => {
    expect(readTps(printed(0))).toBe(1760.123456);
  });

  test('does not count where a transaction of pgbench failed, or no figure was given', () => {
    expect(() => readTps(printed(3))).toThrow(BenchFault);
    expect(() => readTps('pgbench: error: connection refused')).toThrow(BenchFault);
  });

  test('is the median of its runs', () => {
    expect(median([0.3, 0.1, 0.2])).toBe(0.2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });

  test.each([
    [9, 'one entry fewer than were acknowledged'],
    [13, 'more entries than were asked for'],
  ])('does not count with %i entries: %s', (entries) => {
    const expected = new Map([['request.read', { acknowledged: 10, cutOff: 2 }]]);
    const before = new Map([['request.read', 5]]);
    expect(() => assertRecorded(before, new Map([['request.read', 5 + entries]]), expected)).toThrow(
      BenchFault,
    );
    expect(() => assertRecorded(before, new Map([['request.read', 15]]), expected)).not.toThrow();
    expect(() => assertRecorded(before, new Map([['request.read', 17]]), expected)).not.toThrow();
  });
});
