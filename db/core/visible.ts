import type { AnyAbility } from '@casl/ability';
import { rulesToAST } from '@casl/ability/extra';
import { CompoundCondition, type Condition, FieldCondition } from '@ucast/core';
import type { Knex } from 'knex';
import { z } from 'zod';

/** Where a field of a subject is stored: a column, or an array column, which `eq` asks to contain. */
export type Column = string | { readonly column: string; readonly array: true };
/** By the field's name as the rules write it, such as `councillorId`. */
export type Columns = Readonly<Record<string, Column>>;

type Fragment = { readonly sql: string; readonly bindings: readonly Knex.RawBinding[] };

/**
 * Narrows a query to the rows of one kind on which the ability allows the action: the same rules, and the same
 * answer, as `ability.can(action, row)` in memory. Without a rule it allows no row.
 *
 * Call it last: an `orWhere` added afterwards would get round it.
 *
 * @param kind the subject's `kind`, such as `Request`
 * @throws Error if a rule uses a field without a column, an operator other than eq, ne, in and nin, or a value other
 *   than text, a number or a boolean: no list is better than a wrong one; and if the query's own conditions are
 *   joined by `or`
 */
export const visible = <Q extends Knex.QueryBuilder>(
  query: Q,
  ability: AnyAbility,
  action: string,
  kind: string,
  columns: Columns,
): Q => {
  const condition = rulesToAST(ability, action, kind);
  const { sql, bindings } = condition === null ? nothing : interpret(condition, columns);
  refuseBesideOr(query);
  void query.whereRaw(`(${sql})`, bindings);
  return query;
};

const inner = z.object({
  _statements: z.array(z.object({ grouping: z.string(), bool: z.string().optional() })),
});

/** `a or b and visible` shows every `a`. knex can tell what a query holds only by its inner statements. */
const refuseBesideOr = (query: Knex.QueryBuilder): void => {
  const { _statements: statements } = inner.parse(query);
  if (statements.some(({ grouping, bool }) => grouping === 'where' && bool === 'or')) {
    throw new Error('Put alternatives into a group of their own, `where((q) => q.where(…).orWhere(…))`.');
  }
};

const everything: Fragment = { sql: 'true', bindings: [] };
const nothing: Fragment = { sql: 'false', bindings: [] };

const interpret = (condition: Condition, columns: Columns): Fragment => {
  if (condition instanceof CompoundCondition) {
    const parts = condition.value.map((part: Condition) => interpret(part, columns));
    if (condition.operator === 'and') return join(parts, ' and ', everything);
    if (condition.operator === 'or') return join(parts, ' or ', nothing);
    // A comparison with null is neither true nor false in SQL, and plain false in memory.
    if (condition.operator === 'not') {
      const { sql, bindings } = join(parts, ' and ', everything);
      return { sql: `(${sql}) is not true`, bindings };
    }
  }
  if (condition instanceof FieldCondition) {
    const target = Object.hasOwn(columns, condition.field) ? columns[condition.field] : undefined;
    if (target === undefined) throw new Error(`A rule asks for "${condition.field}", which has no column.`);
    const [column, array] = typeof target === 'string' ? [target, false] : [target.column, true];
    const write = (array ? onArray : onScalar)[condition.operator];
    if (write !== undefined) return write(column, condition.value);
  }
  throw new Error(`A rule uses the operator "${condition.operator}", which cannot be asked of the database.`);
};

const join = (parts: readonly Fragment[], word: string, empty: Fragment): Fragment =>
  parts.length === 0
    ? empty
    : {
        sql: parts.map(({ sql }) => `(${sql})`).join(word),
        bindings: parts.flatMap(({ bindings }) => bindings),
      };

type Writer = (column: string, value: unknown) => Fragment;

const onScalar: Readonly<Record<string, Writer>> = {
  eq: (column, value) => ({ sql: '?? = ?', bindings: [column, one(value)] }),
  ne: (column, value) => ({ sql: '?? is distinct from ?', bindings: [column, one(value)] }),
  in: (column, value) => ({ sql: '?? = any(?)', bindings: [column, several(value)] }),
  nin: (column, value) => ({ sql: '(?? = any(?)) is not true', bindings: [column, several(value)] }),
};

const onArray: Readonly<Record<string, Writer>> = {
  eq: (column, value) => ({ sql: '?? @> ?', bindings: [column, several([value])] }),
  ne: (column, value) => ({ sql: '(?? @> ?) is not true', bindings: [column, several([value])] }),
  in: (column, value) => ({ sql: '?? && ?', bindings: [column, several(value)] }),
  nin: (column, value) => ({ sql: '(?? && ?) is not true', bindings: [column, several(value)] }),
};

type Plain = string | number | boolean;

const one = (value: unknown): Plain => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new Error('A rule compares with something other than text, a number or a boolean.');
};

const several = (value: unknown): string[] | number[] | boolean[] => {
  if (!Array.isArray(value)) throw new Error('A rule compares with a list that is none.');
  const each = value.map(one);
  if (each.every((item) => typeof item === 'string')) return each;
  if (each.every((item) => typeof item === 'number')) return each;
  if (each.every((item) => typeof item === 'boolean')) return each;
  throw new Error('A rule compares with a list of values of several kinds.');
};
