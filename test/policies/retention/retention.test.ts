import { describe, expect, test } from '@jest/globals';
import {
  defaultSchedule,
  dueForDisposal,
  isSameDisposal,
  type Kept,
  type KeptRequest,
  notificationsBefore,
  termEnd,
} from '../../../policies/retention/retention.js';

const request = (id: number, over: Partial<KeptRequest> = {}): KeptRequest => ({
  id,
  reference: `OBS-2024-000${id}`,
  madeOn: '2024-06-01',
  openIncident: false,
  ...over,
});
/** One term from May 2023 to May 2027, and requests made in it. */
const kept = (over: Partial<Kept> = {}): Kept => ({
  terms: [{ from: '2023-05-08', to: '2027-05-06' }],
  requests: [request(1), request(2)],
  links: [],
  openIncident: false,
  holds: { councillor: false, requests: [] },
  ...over,
});
const lastDay = '2033-05-06';
const dayAfter = '2033-05-07';
const due = (over: Partial<Kept> = {}, today = dayAfter) => {
  const found = dueForDisposal(kept(over), defaultSchedule, today);
  return { requests: found.requests.map(({ id }) => id), councillor: found.councillor };
};
const all = { requests: [1, 2], councillor: true };
const none = { requests: [], councillor: false };

describe('due data', () => {
  test('is everything once six years have passed since the end of the term, and nothing on their last day', () => {
    expect(due({}, lastDay)).toEqual(none);
    expect(due()).toEqual(all);
  });

  test('is nothing of a term whose end is not on record', () => {
    expect(due({ terms: [{ from: '2023-05-08', to: null }] }, '2090-01-01')).toEqual(none);
  });

  test('includes requests of a term that is long over, while the councillor sits on', () => {
    const terms = [
      { from: '2023-05-08', to: '2027-05-06' },
      { from: '2027-05-07', to: '2031-05-01' },
    ];
    const requests = [request(1), request(2, { madeOn: '2028-01-01' })];
    expect(due({ terms, requests })).toEqual({ requests: [1], councillor: false });
    expect(due({ terms, requests }, '2037-05-02')).toEqual(all);
  });

  test('excludes everything under a hold, and all of it under a hold on the councillor', () => {
    expect(due({ holds: { councillor: false, requests: [2] } })).toEqual({
      requests: [1],
      councillor: false,
    });
    expect(due({ holds: { councillor: true, requests: [] } })).toEqual(none);
  });

  test('excludes everything with an incident that Data Protection have open', () => {
    expect(due({ requests: [request(1), request(2, { openIncident: true })], openIncident: true })).toEqual({
      requests: [1],
      councillor: false,
    });
    // One of no request keeps the councillor alone.
    expect(due({ openIncident: true })).toEqual({ requests: [1, 2], councillor: false });
  });

  test('goes together with linked data, or not at all, however long the chain', () => {
    const requests = [request(1), request(2), request(3), request(4)];
    const links = [
      [1, 2],
      [3, 2],
    ] as const;
    expect(due({ requests, links, holds: { councillor: false, requests: [3] } }).requests).toEqual([4]);
    expect(due({ requests, links }).requests).toEqual([1, 2, 3, 4]);
  });
});

describe('the end of the term in which a day falls', () => {
  const first = { from: '2023-05-08', to: '2027-05-06' };
  test.each([
    ['of the only term', [first], '2024-01-01', '2027-05-06'],
    ['as it was corrected last', [first, { ...first, to: '2026-05-07' }], '2024-01-01', '2026-05-07'],
    ['not of a later term', [first, { from: '2027-05-07', to: null }], '2024-01-01', '2027-05-06'],
    ['before any term began', [first], '2022-01-01', '2027-05-06'],
    [
      'not before the day itself, where it was asked after a departure',
      [{ ...first, to: '2024-01-01' }],
      '2024-03-01',
      '2024-03-01',
    ],
    ['not known', [], '2024-01-01', null],
  ])('%s', (_which, terms, day, end) => {
    expect(termEnd(terms, day)).toBe(end);
  });
});

test('notifications are kept for twelve months', () => {
  expect(notificationsBefore(defaultSchedule, '2028-02-29')).toBe('2027-02-28');
});

test('a proposal is valid while exactly the data it names is due', () => {
  const now = dueForDisposal(kept(), defaultSchedule, dayAfter);
  const named = (ids: readonly number[], whole = true) => ({ requests: ids.map((id) => ({ id })), whole });
  expect(isSameDisposal(named([2, 1]), now)).toBe(true);
  for (const other of [named([1]), named([1, 2, 3]), named([1, 3]), named([1, 2], false)]) {
    expect(isSameDisposal(other, now)).toBe(false);
  }
});
