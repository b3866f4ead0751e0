import { createMongoAbility, type RawRuleOf } from '@casl/ability';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Columns, visible } from '../../../db/core/visible.js';
import { useDatabase } from '../../support/database.js';

const world = useDatabase();

interface Row {
  readonly kind: 'Thing';
  readonly id: number;
  readonly word?: string | null;
  readonly count?: number | null;
  readonly yes?: boolean | null;
  readonly tags?: readonly string[] | null;
  readonly sizes?: readonly number[] | null;
}
type Rule = RawRuleOf<ReturnType<typeof createMongoAbility>>;

const abilityOf = (rules: readonly Rule[]) =>
  createMongoAbility([...rules], { detectSubjectType: (subject) => (subject as { kind: string }).kind });

const columns: Columns = {
  word: 't.a_word',
  count: 't.a_count',
  yes: 't.a_yes',
  tags: { column: 't.the_tags', array: true },
  sizes: { column: 't.the_sizes', array: true },
};

/** The ids that the database finds visible, given the rows as a table. */
const inDatabase = async (rows: readonly Row[], rules: readonly Rule[]): Promise<number[]> => {
  const table = JSON.stringify(
    rows.map(({ id, word, count, yes, tags, sizes }) => ({
      id,
      a_word: word,
      a_count: count,
      a_yes: yes,
      the_tags: tags,
      the_sizes: sizes,
    })),
  );
  const query = world.db
    .select('t.id')
    .from(
      world.db.raw(
        'jsonb_to_recordset(?::jsonb) as t (id int, a_word text, a_count int, a_yes boolean, the_tags text[], the_sizes int[])',
        [table],
      ),
    )
    .orderBy('t.id');
  const found: { id: number }[] = await visible(query, abilityOf(rules), 'read', 'Thing', columns);
  return found.map(({ id }) => id);
};

const inMemory = (rows: readonly Row[], rules: readonly Rule[]): number[] => {
  const ability = abilityOf(rules);
  return rows.filter((row) => ability.can('read', row)).map(({ id }) => id);
};

const word = fc.constantFrom('red', 'green', "blue' or true --", '');
const count = fc.integer({ min: 0, max: 3 });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 3 });
const someRows: fc.Arbitrary<Row[]> = fc
  .array(
    fc.record(
      {
        word: maybe(word),
        count: maybe(count),
        yes: maybe(fc.boolean()),
        tags: maybe(fc.array(word, { maxLength: 3 })),
        sizes: maybe(fc.array(count, { maxLength: 3 })),
      },
      { requiredKeys: [] },
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((rows) => rows.map((row, id) => ({ kind: 'Thing' as const, id, ...row })));

/** Plain objects: the ability takes one without a prototype for a value. */
const as = { noNullPrototype: true } as const;
const asks = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof(
    value,
    fc.record({ $eq: value }, as),
    fc.record({ $ne: value }, as),
    fc.record({ $in: fc.array(value, { maxLength: 3 }) }, as),
    fc.record({ $nin: fc.array(value, { maxLength: 3 }) }, as),
    fc.record({ $ne: value, $in: fc.array(value, { maxLength: 3 }) }, as),
  );
const fields = fc.record(
  { word: asks(word), count: asks(count), yes: asks(fc.boolean()), tags: asks(word), sizes: asks(count) },
  { requiredKeys: [], ...as },
);
const someRules: fc.Arbitrary<Rule[]> = fc.array(
  fc
    .record({
      action: fc.constantFrom('read', 'manage', 'sign'),
      subject: fc.constantFrom('Thing', 'all', 'Other'),
      inverted: fc.boolean(),
      conditions: fc.option(fields, { nil: undefined, freq: 6 }),
    })
    .map(
      ({ conditions: given, ...rule }) =>
        (given === undefined ? rule : { ...rule, conditions: given }) as Rule,
    ),
  { maxLength: 6 },
);

describe('the rows that an ability makes visible', () => {
  test('is the same in the database and in memory, for any rules and rows', async () => {
    await fc.assert(
      fc.asyncProperty(someRules, someRows, async (rules, rows) => {
        expect(await inDatabase(rows, rules)).toEqual(inMemory(rows, rules));
      }),
      { numRuns: 800 },
    );
  }, 60_000);

  const rows: Row[] = [
    { kind: 'Thing', id: 0, word: 'red', tags: ['a', 'b'] },
    { kind: 'Thing', id: 1, word: null, tags: [] },
    { kind: 'Thing', id: 2, word: 'green', tags: null },
  ];
  const can = (given?: object): Rule =>
    ({ action: 'read', subject: 'Thing', ...(given && { conditions: given }) }) as Rule;
  const cannot = (given?: object): Rule => ({ ...can(given), inverted: true });

  test.each<[string, Rule[], number[]]>([
    ['nothing where no rule speaks', [], []],
    ['everything by a rule without conditions', [can()], [0, 1, 2]],
    ['nothing where the last rule forbids all', [can(), cannot()], []],
    ['null as unequal to anything', [can({ word: { $ne: 'red' } })], [1, 2]],
    ['null as not forbidden by what it is compared with', [can(), cannot({ word: 'red' })], [1, 2]],
    ['an array by what it contains', [can({ tags: 'b' })], [0]],
    ['an array by what it does not contain', [can({ tags: { $nin: ['b', 'c'] } })], [1, 2]],
    ['nothing by an empty list', [can({ word: { $in: [] } })], []],
  ])('takes %s', async (_what, rules, ids) => {
    expect(await inDatabase(rows, rules)).toEqual(ids);
    expect(inMemory(rows, rules)).toEqual(ids);
  });

  test.each<[string, object]>([
    ['gt', { count: { $gt: 1 } }],
    ['exists', { word: { $exists: true } }],
    ['regex', { word: { $regex: 'r' } }],
    ['eq with null', { word: null }],
    ['in with null', { word: { $in: ['red', null] } }],
    ['eq with a list', { tags: ['a'] }],
    ['eq with a date', { word: new Date(0) }],
    ['a field without a column', { unheard: 1 }],
    ['or, which the ability itself would not know', { $or: [{ word: 'red' }] }],
    ['an operator that nobody knows', { word: { $like: 'r%' } }],
  ])('is refused, not guessed, for %s', async (_what, given) => {
    await expect(inDatabase(rows, [can(given)])).rejects.toThrow(/^A rule /);
  });

  const three = () =>
    world.db.select('id').from(world.db.raw('(values (1, 1), (2, 2), (3, 2)) as t (id, a_count)'));
  const twos = abilityOf([can({ count: 2 }), can({ count: 3 })]);

  test('narrows the query’s own conditions', async () => {
    const query = three().where((q) => void q.where('id', 1).orWhere('id', 3));
    const found: { id: number }[] = await visible(query, twos, 'read', 'Thing', columns);
    expect(found.map(({ id }) => id)).toEqual([3]);
  });

  test('is refused beside an `or` that would go round it', () => {
    const query = three().where('id', 1).orWhere('id', 3);
    expect(() => visible(query, twos, 'read', 'Thing', columns)).toThrow('group');
  });
});
