import type { Knex } from 'knex';

/**
 * The rows of the database as TypeScript, as our pool reads them (`readings` of db/core/connection.ts).
 *
 * Written here rather than taken from a library: kanel, kysely-codegen, pg-to-ts and zapatos know nothing of what
 * the check constraints allow, which is where our literal unions come from; the last two have types of their own for
 * queries, the first two bring a dozen packages; and our reading of `date` and `int8` would have to be told to each.
 */
export interface Column {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  /** As PostgreSQL names it, without a length: `int8`, `_text`. */
  readonly type: string;
  readonly nullable: boolean;
  /** By a default, as an identity or by an expression. */
  readonly filled: boolean;
  /** What the check constraints of this column alone say, as PostgreSQL writes them. */
  readonly checks: readonly string[];
}

/** Schemas whose tables are ours. `graphile_worker` belongs to its package. */
export const ourSchemas = ['public', 'runtime', 'audit'] as const;

/** knex's own two, which no query of ours names. */
const ofKnex = ['knex_migrations', 'knex_migrations_lock'];

/** Every column of every table, in the order of their names and places. */
export const columnsOf = async (owner: Knex): Promise<readonly Column[]> => {
  const { rows } = await owner.raw<{ rows: Column[] }>(
    `select n.nspname as schema, c.relname as table, a.attname as column, t.typname as type,
            not a.attnotnull as nullable, a.atthasdef or a.attidentity <> '' as filled,
            array(select pg_get_constraintdef(k.oid) from pg_constraint k
                   where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
                   order by k.conname) as checks
       from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       join pg_type t on t.oid = a.atttypid
      where n.nspname = any(?) and c.relkind in ('r', 'p') and not c.relname = any(?)
      order by n.nspname collate "C", c.relname collate "C", a.attnum`,
    [[...ourSchemas], ofKnex],
  );
  return rows;
};

const plainTypes: Readonly<Record<string, string>> = {
  bool: 'boolean',
  bytea: 'Buffer',
  date: 'string',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  json: 'unknown',
  jsonb: 'unknown',
  name: 'string',
  numeric: 'string',
  text: 'string',
  timestamptz: 'Date',
  uuid: 'string',
  varchar: 'string',
  xid8: 'string',
};

/** Arrays that the driver or our pool reads into a list; any other stays text, and is refused below. */
const readArrays = new Set(['_text', '_uuid', '_int4', '_int8', '_date', '_bytea', '_timestamptz']);

/** `'a'::text` and the like. Only a check that is nothing but a choice of words: anything else says less or more. */
const word = /'((?:[^']|'')*)'(?:::text)?/g;
const words = String.raw`(?:'(?:[^']|'')*'(?:::text)?(?:, )?)+`;

/** The words that a check allows the column, or nothing where it is about something else. */
export const allowed = (column: string, check: string): readonly string[] | undefined => {
  const name = `"?${column}"?`;
  const choice = new RegExp(
    String.raw`^CHECK \(\((?:\(${name} IS NULL\) OR \()?${name} (?:= ANY|=|<@) \(?(?:ARRAY\[)?(${words})\]?(?:\)| )*\)$`,
  ).exec(check);
  return choice?.[1] === undefined
    ? undefined
    : [...choice[1].matchAll(word)].map(([, text = '']) => text.replaceAll("''", "'"));
};

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`\'`)}'`;

/** The words that all the checks of a column allow, quoted; nothing where none is a choice of words. */
const choicesOf = ({ column, checks }: Column): readonly string[] | undefined => {
  const [first, ...others] = checks.flatMap((check) => {
    const found = allowed(column, check);
    return found === undefined ? [] : [found];
  });
  return first?.filter((each) => others.every((other) => other.includes(each))).map(quoted);
};

/** @throws Error for a type that is not in the tables above: say there how the pool reads it */
export const typeOf = (given: Column): string => {
  const { schema, table, column, type, nullable } = given;
  const isArray = type.startsWith('_');
  const plain = plainTypes[isArray ? type.slice(1) : type];
  if (plain === undefined || (isArray && !readArrays.has(type)))
    throw new Error(`Say how the pool reads a ${type} (${schema}.${table}.${column}).`);
  const element = choicesOf(given)?.join(' | ') ?? plain;
  const read = !isArray ? element : element.includes(' ') ? `(${element})[]` : `${element}[]`;
  return nullable && read !== 'unknown' ? `${read} | null` : read;
};

const rowName = (table: string): string =>
  `${table.replace(/(?:^|[._])([a-z])/g, (_, letter: string) => letter.toUpperCase())}Row`;

/** The text of db/core/rows/tables.ts. */
export const tableTypes = (columns: readonly Column[]): string => {
  const tables = new Map<string, Column[]>();
  for (const each of columns) {
    const name = each.schema === 'public' ? each.table : `${each.schema}.${each.table}`;
    tables.set(name, [...(tables.get(name) ?? []), each]);
  }
  const rows = [...tables].map(
    ([name, of]) =>
      `export interface ${rowName(name)} {\n${of.map((each) => `  ${each.column}: ${typeOf(each)};\n`).join('')}}\n`,
  );
  const keys = [...tables].map(([name, of]) => {
    const filled = of.filter((each) => each.filled).map(({ column }) => `'${column}'`);
    const parts = [rowName(name), ...(filled.length === 0 ? [] : [filled.join(' | ')])];
    return `    ${name.includes('.') ? `'${name}'` : name}: Table<${parts.join(', ')}>;\n`;
  });
  const choices = [...tables].flatMap(([name, of]) =>
    of.flatMap((each) => {
      const quotedWords = choicesOf(each);
      return quotedWords === undefined ? [] : [`  '${name}.${each.column}': [${quotedWords.join(', ')}],\n`];
    }),
  );
  return `/** The rows of the database as our pool reads them. Generated by npm run db:types; do not edit. */
import type { Table } from './written.js';

${rows.join('\n')}
/** What the check constraints allow, by table and column. */
export const allowed = {
${choices.join('')}} as const;

/** By the name that a query gives the table; then what the database fills in where an insert does not. */
declare module 'knex/types/tables.js' {
  interface Tables {
${keys.join('')}  }
}
`;
};
