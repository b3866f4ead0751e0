import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  compareRegister,
  type FeedMember,
  type RegisterMember,
} from '../../../policies/register/register-feed.js';
import type { Standing } from '../../../policies/register/member.js';
import { fictionalMembers } from '../../support/register-feed.js';

const today = '2026-09-15';

const [someone] = fictionalMembers(1) as [FeedMember];

const given = (changes: Partial<FeedMember> = {}): FeedMember => ({
  ...someone,
  term: { from: '2023-05-08', to: '2027-05-06' },
  ...changes,
});

const held = (changes: Partial<RegisterMember> = {}): RegisterMember => ({
  id: 'm1',
  externalId: someone.externalId,
  name: someone.name,
  ward: someone.ward,
  standing: 'sitting',
  email: someone.email,
  posts: someone.posts,
  term: { from: '2023-05-08', to: '2027-05-06' },
  ...changes,
});

const compare = (feed: readonly FeedMember[], register: readonly RegisterMember[]) =>
  compareRegister(feed, register, today);

/** What changes of the one member of the register. */
const changes = (feed: Partial<FeedMember>, register: Partial<RegisterMember> = {}) =>
  compare([given(feed)], [held(register)]).changed.flatMap((changed) => changed.changes);

const nothing = { added: [], changed: [], gone: [], doubtful: [] };
const past = { from: '2019-05-06', to: '2023-05-05' };

describe('a member of the feed', () => {
  test('is left out if the register has them with the same facts', () => {
    expect(compare([given()], [held()])).toEqual(nothing);
    const many = fictionalMembers(300);
    const register = many.map((member, index) =>
      held({
        ...member,
        id: `m${index}`,
        term: { from: member.term.from ?? '2023-05-08', to: member.term.to },
      }),
    );
    expect(compare(many, register)).toEqual(nothing);
  });

  test('is added if nobody knows them', () => {
    expect(compare([given()], [])).toEqual({ ...nothing, added: [given()] });
  });

  test.each([
    ['name', { name: 'Councillor Ash Married' }, { from: someone.name, to: 'Councillor Ash Married' }],
    ['ward', { ward: 'Elsewhere' }, { from: someone.ward, to: 'Elsewhere' }],
    ['email', { email: 'new@council.example' }, { from: someone.email, to: 'new@council.example' }],
    ['posts', { posts: ['Mayor of Nowhere'] }, { from: [], to: ['Mayor of Nowhere'] }],
    [
      'term',
      { term: { from: '2023-05-08', to: '2028-05-04' } },
      { from: { from: '2023-05-08', to: '2027-05-06' }, to: { from: '2023-05-08', to: '2028-05-04' } },
    ],
  ] as const)('whose %s is another is changed in that alone', (field, other, change) => {
    expect(compare([given(other)], [held()])).toEqual({
      ...nothing,
      changed: [{ id: 'm1', name: someone.name, changes: [{ field, ...change }], member: given(other) }],
    });
  });

  test('is not changed by a title, capitals, the order of posts or capitals in an address', () => {
    expect(changes({ name: 'COUNCILLOR  Ash Fiction-1' })).toEqual([]);
    expect(changes({ posts: ['B', 'A'] }, { posts: ['A', 'B'] })).toEqual([]);
    expect(changes({ email: 'Member1@Council.Example' })).toEqual([]);
  });

  test('without an address leaves the one that the register has, and without posts holds none', () => {
    expect(changes({ email: null })).toEqual([]);
    expect(changes({ posts: [] }, { posts: ['Chair'] })).toEqual([
      { field: 'posts', from: ['Chair'], to: [] },
    ]);
  });
});

describe('a term', () => {
  test('that is unspecified changes nothing that the register has', () => {
    expect(changes({ term: { from: null, to: null } })).toEqual([]);
    expect(changes({ term: { from: '2023-05-08', to: null } })).toEqual([]);
    expect(changes({ term: { from: null, to: '2027-05-06' } })).toEqual([]);
  });

  test('that began after the one of the register ended does not take over its end', () => {
    const register = { term: { from: '2019-05-06', to: '2027-05-06' } };
    expect(changes({ term: { from: '2027-05-07', to: null } }, register)).toEqual([
      { field: 'term', from: register.term, to: { from: '2027-05-07', to: null } },
    ]);
  });

  test('that ended before the one of the register began changes nothing', () => {
    expect(changes({ term: { from: null, to: '2023-05-07' } })).toEqual([]);
  });

  test('is never made to end before it begins', () => {
    const day = fc.integer({ min: 2015, max: 2035 }).map((year) => `${year}-05-06`);
    const maybe = fc.option(day);
    const standing = fc.constantFrom<Standing>('sitting', 'elect', 'former');
    fc.assert(
      fc.property(day, maybe, maybe, maybe, standing, (from, to, feedFrom, feedTo, was) => {
        fc.pre((to === null || to >= from) && (feedFrom === null || feedTo === null || feedTo >= feedFrom));
        const found = changes(
          { term: { from: feedFrom, to: feedTo } },
          { term: { from, to }, standing: was },
        ).find(({ field }) => field === 'term');
        const after = (found?.to ?? { from, to }) as RegisterMember['term'];
        expect(after.to === null || after.to >= after.from).toBe(true);
      }),
    );
  });
});

describe('matching members', () => {
  test('goes by the number of the committee system, where the names have a word in common', () => {
    expect(changes({ name: 'Councillor Dr Ash Married' }).map(({ field }) => field)).toEqual(['name']);
    expect(compare([given({ externalId: '1' })], [held()])).toMatchObject({
      added: [{ externalId: '1' }],
      changed: [],
      gone: [{ id: 'm1' }],
    });
  });

  test('asks where a number of the register has a name that is nothing like it', () => {
    for (const standing of ['sitting', 'former', 'coopted'] as const) {
      const was = held({ standing });
      const now = given({ name: 'Councillor Somebody Else', ward: 'Elsewhere' });
      expect(compare([now], [was])).toMatchObject({
        added: [],
        changed: [],
        gone: [],
        doubtful: [{ id: 'm1', name: was.name, ward: was.ward, member: now }],
      });
    }
  });

  test.each([
    ['of somebody who has left', { standing: 'former', term: past }, {}],
    ['of an account with another address', {}, { email: 'another@council.example' }],
  ] as const)('asks where a namesake has the number %s', (_whose, was, now) => {
    const found = compare([given({ name: 'Councillor Briar Fiction-1', ...now })], [held({ ...was })]);
    expect(found).toMatchObject({ added: [], changed: [], doubtful: [{ id: 'm1' }] });
  });

  test('goes by the name if the register has no number, and the number is then a change', () => {
    expect(changes({ name: 'Cllr ash  fiction-1' }, { externalId: null })).toEqual([
      { field: 'externalId', from: null, to: someone.externalId },
    ]);
  });

  test('is not guessed where two on either side have the name', () => {
    const twice = [given({ externalId: '1' }), given({ externalId: '2' })];
    const unnumbered = held({ externalId: null });
    expect(compare(twice, [unnumbered])).toMatchObject({ added: twice, changed: [], gone: [{ id: 'm1' }] });
    const two = compare([given()], [unnumbered, held({ externalId: null, id: 'm2' })]);
    expect(two).toMatchObject({ added: [given()], changed: [], gone: [{ id: 'm1' }, { id: 'm2' }] });
  });

  test('goes by the name for those without a match by number', () => {
    const feed = [given(), given({ externalId: '2' })];
    const register = [held(), held({ id: 'm2', externalId: null })];
    expect(compare(feed, register)).toMatchObject({ added: [], changed: [{ id: 'm2' }], gone: [] });
  });

  test('goes by the name in office before a former member of the same name', () => {
    const former = held({ id: 'm0', externalId: null, standing: 'former', term: past });
    expect(compare([given()], [former, held({ externalId: null })])).toMatchObject({
      added: [],
      changed: [{ id: 'm1' }],
      gone: [],
    });
    const two = [former, held({ externalId: null }), held({ externalId: null, id: 'm2' })];
    expect(compare([given()], two)).toMatchObject({ added: [given()], changed: [] });
  });
});

describe('a member of the register who is missing from the feed', () => {
  test('is gone, with no more than a name and a ward', () => {
    expect(compare([], [held()]).gone).toEqual([{ id: 'm1', name: someone.name, ward: someone.ward }]);
    expect(compare([], [held({ standing: 'elect' })]).gone).toHaveLength(1);
  });

  test('is never gone when co-opted, or again when former, by standing or by the end of the term', () => {
    for (const changed of [
      { standing: 'coopted', ward: null },
      { standing: 'coopted', ward: null, term: past },
      { standing: 'former' },
      { term: past },
    ] as const) {
      expect(compare([], [held(changed)])).toEqual(nothing);
    }
    expect(compare([], [held({ term: { from: '2023-05-08', to: today } })]).gone).toHaveLength(1);
  });
});

describe('the co-opted', () => {
  const coopted = { standing: 'coopted', ward: null, term: { from: '2024-01-01', to: null } } as const;

  test('keep standing, ward and term even where the feed has their number', () => {
    expect(compare([given()], [held(coopted)])).toEqual(nothing);
    expect(changes({ ward: 'Elsewhere', posts: ['Chair'] }, coopted)).toEqual([
      { field: 'posts', from: [], to: ['Chair'] },
    ]);
  });

  test('are not found by their name: a sitting member of the same name is somebody else', () => {
    expect(compare([given()], [held({ ...coopted, externalId: null })])).toEqual({
      ...nothing,
      added: [given()],
    });
  });
});

describe('a former member who appears again', () => {
  const back = given({ term: { from: '2026-05-11', to: '2030-05-02' } });

  test.each([
    ['by number', { standing: 'former', term: past }],
    ['by name', { standing: 'former', term: past, externalId: null }],
    ['whose term was over and who was not yet marked', { standing: 'sitting', term: past }],
  ] as const)('%s is changed, with a new term and a standing, and never added', (_, was) => {
    const { added, changed, gone } = compare([back], [held(was)]);
    expect([added, gone]).toEqual([[], []]);
    expect(changed[0]?.changes).toEqual(
      expect.arrayContaining([
        { field: 'term', from: past, to: back.term },
        { field: 'standing', from: 'former', to: 'sitting' },
      ]),
    );
  });

  test('has no end of term where the feed names none: the old one is over', () => {
    expect(changes({ term: { from: null, to: null } }, { standing: 'former', term: past })).toEqual([
      { field: 'term', from: past, to: { from: past.from, to: null } },
      { field: 'standing', from: 'former', to: 'sitting' },
    ]);
  });

  test('in a term that has yet to begin is elected', () => {
    const term = { from: '2026-09-16', to: null };
    expect(changes({ term }, { standing: 'former', term: past })).toContainEqual({
      field: 'standing',
      from: 'former',
      to: 'elect',
    });
  });

  test('in a term that lasts through today is sitting', () => {
    expect(changes({ term: { from: '2023-05-08', to: today } }, { standing: 'former' })).toContainEqual({
      field: 'standing',
      from: 'former',
      to: 'sitting',
    });
  });

  test('in a term that is over stays former', () => {
    expect(changes({ term: past }, { standing: 'former', term: past })).toEqual([]);
  });
});

describe('a member who is elected and not yet declared', () => {
  test('is not made sitting by a feed', () => {
    expect(compare([given()], [held({ standing: 'elect' })])).toEqual(nothing);
  });
});

describe('the three lists', () => {
  test('are in order of name and then of id, for any order of the input', () => {
    const names = ['B', 'A', 'C', 'A'];
    const feed = names.map((name, index) => given({ externalId: `f${index}`, name }));
    const register = names.flatMap((name, index) => [
      held({ id: `c${index}`, externalId: `f${index + 4}`, name, ward: 'Old' }),
      held({ id: `g${index}`, externalId: `g${index}`, name }),
    ]);
    const moved = names.map((name, index) => given({ externalId: `f${index + 4}`, name }));
    const order = (found: ReturnType<typeof compare>) => [
      found.added.map(({ externalId }) => externalId),
      found.changed.map(({ id }) => id),
      found.gone.map(({ id }) => id),
    ];
    const expected = [
      ['f1', 'f3', 'f0', 'f2'],
      ['c1', 'c3', 'c0', 'c2'],
      ['g1', 'g3', 'g0', 'g2'],
    ];
    expect(order(compare([...feed, ...moved], register))).toEqual(expected);
    expect(order(compare([...feed, ...moved].toReversed(), register.toReversed()))).toEqual(expected);
  });

  test('leave nobody out and list nobody twice', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 0, max: 20 }).map(String), { maxLength: 12 });
    const standing = fc.constantFrom<Standing>('sitting', 'coopted', 'elect', 'former');
    const register = fc.uniqueArray(
      fc.record({
        number: fc.option(fc.integer({ min: 0, max: 20 }).map(String)),
        name: fc.constantFrom('A', 'B', 'C'),
        standing,
      }),
      { selector: ({ number }) => number ?? Symbol('none'), maxLength: 12 },
    );
    const name = fc.array(fc.constantFrom('A', 'B', 'C', 'D'), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(ids, name, register, (numbers, names, members) => {
        const feed = numbers.map((externalId, index) => given({ externalId, name: names[index] ?? '' }));
        const known = members.map(({ number, ...rest }, index) =>
          held({ id: `m${index}`, externalId: number, ...rest }),
        );
        const { added, changed, gone } = compare(feed, known);
        const taken = changed.map(({ member }) => member.externalId);
        const newcomers = added.map(({ externalId }) => externalId);
        expect(new Set([...taken, ...newcomers]).size).toBe(taken.length + newcomers.length);
        const ended = new Set(gone.map(({ id }) => id));
        for (const { id } of changed) expect(ended.has(id)).toBe(false);
        for (const { id, standing: was } of known) {
          if (was === 'coopted' || was === 'former') expect(ended.has(id)).toBe(false);
        }
        const numbered = new Set(known.map(({ externalId }) => externalId));
        for (const number of newcomers) expect(numbered.has(number)).toBe(false);
      }),
    );
  });
});
