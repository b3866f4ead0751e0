/** What an import that nobody watches takes over of a feed, and what it leaves for people. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  compareRegister,
  type FeedMember,
  type RegisterMember,
} from '../../../policies/register/register-feed.js';
import { standingOn } from '../../../policies/register/register.js';
import { unattended, type Unattended } from '../../../policies/register/unattended.js';

const today = '2026-11-30';
const known = (over: Partial<RegisterMember> = {}): RegisterMember => ({
  id: 'one',
  externalId: '101',
  name: 'Councillor Ash Fiction',
  ward: 'North',
  standing: 'sitting',
  email: 'ash@council.example',
  posts: [],
  term: { from: '2023-05-08', to: '2027-05-06' },
  ...over,
});
const fed = (over: Partial<FeedMember> = {}): FeedMember => ({
  externalId: '101',
  name: 'Councillor Ash Fiction',
  ward: 'North',
  email: 'ash@council.example',
  posts: [],
  term: { from: '2023-05-08', to: '2027-05-06' },
  ...over,
});
const split = (
  feed: readonly FeedMember[],
  register: readonly RegisterMember[],
  taken: readonly string[] = [],
): Unattended => {
  const found = compareRegister(feed, register, today);
  const isTaken = (email: string | null) => email !== null && taken.includes(email);
  return unattended(
    {
      ...found,
      added: found.added.map((each) => ({ ...each, emailTaken: isTaken(each.email) })),
      changed: found.changed.map((each) => ({ ...each, emailTaken: isTaken(each.member.email) })),
    },
    register,
    today,
  );
};
/** How many of each. */
const counts = ({ added, changed, left }: Unattended) =>
  Object.fromEntries(
    [
      ['added', added.length],
      ['changed', changed.length],
      ...Object.entries(left).map(([why, those]) => [why, those.length] as const),
    ].filter(([, count]) => count !== 0),
  );

describe('taken over is', () => {
  test('a member whom nobody in the register is like', () => {
    const stranger = fed({ externalId: '102', name: 'Councillor Briar Novel', email: null });
    expect(counts(split([fed(), stranger], [known()]))).toEqual({ added: 1 });
  });

  test.each([
    ['another ward', { ward: 'South' }],
    ['a post', { posts: ['Chair of Fables'] }],
    ['an address', { email: 'ash.fiction@council.example' }],
    ['another name of the same family', { name: 'Councillor Ashley Fiction' }],
    ['a later end of the term', { term: { from: '2023-05-08', to: '2028-05-04' } }],
    ['an earlier beginning', { term: { from: '2021-05-10', to: '2027-05-06' } }],
  ] as const)('%s', (_what, over) => {
    expect(counts(split([fed(over)], [known()]))).toEqual({ changed: 1 });
  });

  test('the end of a term of which the register has none, if it lies ahead', () => {
    const open = known({ term: { from: '2023-05-08', to: null } });
    expect(counts(split([fed()], [open]))).toEqual({ changed: 1 });
    const over = fed({ term: { from: '2023-05-08', to: '2026-11-29' } });
    expect(counts(split([over], [open]))).toEqual({ gone: 1 });
  });
});

describe('left for people is', () => {
  test.each([
    ['a member who is not in the file', [], [known()], { gone: 1 }],
    [
      'a number with the name of another',
      [fed({ name: 'Councillor Zed Other' })],
      [known()],
      { doubtful: 1 },
    ],
    [
      'somebody new with the name of a co-opted member',
      [fed({ externalId: '102', email: null })],
      [known({ externalId: null, standing: 'coopted' })],
      { namesake: 1 },
    ],
    [
      'a term that ends sooner',
      [fed({ term: { from: '2023-05-08', to: '2026-12-31' } })],
      [known()],
      { membership: 1 },
    ],
    [
      'a term that begins later',
      [fed({ term: { from: '2027-05-07', to: '2031-05-01' } })],
      [known()],
      { membership: 1 },
    ],
    [
      'a former member who is back',
      [fed()],
      [known({ standing: 'former', term: { from: '2019-05-06', to: '2023-05-04' } })],
      { membership: 1 },
    ],
  ] as const)('%s', (_what, feed, register, expected) => {
    expect(counts(split(feed, register))).toEqual(expected);
  });

  test('an address that somebody else has, of a new member and of a known one', () => {
    const feed = [
      fed({ email: 'taken@council.example' }),
      fed({ externalId: '102', name: 'Councillor Briar Novel', email: 'taken@council.example' }),
    ];
    expect(counts(split(feed, [known()], ['taken@council.example']))).toEqual({ address: 2 });
  });

  test('each difference once, and none is lost', () => {
    const feed = [
      fed({ ward: 'South' }),
      fed({ externalId: '102', name: 'Councillor Zed Other' }),
      fed({ externalId: '103', name: 'Councillor New Comer', email: null }),
    ];
    const register = [
      known(),
      known({ id: 'two', externalId: '102', name: 'Councillor Briar Novel' }),
      known({ id: 'three', externalId: '109', name: 'Councillor Gone Now' }),
    ];
    expect(counts(split(feed, register))).toEqual({ added: 1, changed: 1, doubtful: 1, gone: 1 });
  });
});

test('whatever the feed: nobody who is in office today is out of it afterwards, and nobody out of it is in', () => {
  const day = fc.constantFrom(
    '2019-05-06',
    '2023-05-08',
    '2026-11-29',
    '2026-11-30',
    '2026-12-01',
    '2027-05-06',
  );
  const term = fc
    .record({ from: day, to: fc.option(day) })
    .filter(({ from, to }) => to === null || from <= to);
  const loose = fc.record({ from: fc.option(day), to: fc.option(day) });
  fc.assert(
    fc.property(term, loose, fc.constantFrom('sitting', 'former', 'elect'), (was, is, standing) => {
      const member = known({ term: was, standing });
      const { changed } = split([fed({ term: is })], [member]);
      const after = { ...member };
      for (const change of changed[0]?.changes ?? []) Object.assign(after, { [change.field]: change.to });
      const inOffice = (one: RegisterMember) =>
        standingOn(one, today) === 'sitting' && one.term.from <= today;
      expect(inOffice(after)).toBe(inOffice(member));
    }),
    { numRuns: 500 },
  );
});
