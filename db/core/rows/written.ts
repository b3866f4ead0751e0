import type { Knex } from 'knex';

/** A value of a column, or SQL for one. A list may be readonly. */
type Value<T> = (T extends readonly (infer Element)[] ? readonly Element[] : T) | Pick<Knex.Raw, 'toSQL'>;

type NullableOf<Row> = { [Column in keyof Row]: null extends Row[Column] ? Column : never }[keyof Row];

/** A row to insert: whole, except for columns that may be null or that the database fills in. */
type Inserted<Row, Filled extends keyof Row> = {
  readonly [Column in Exclude<keyof Row, Filled | NullableOf<Row>>]: Value<Row[Column]>;
} & { readonly [Column in Filled | NullableOf<Row>]?: Value<Row[Column]> };

type Updated<Row> = { readonly [Column in keyof Row]?: Value<Row[Column]> };

/** A table in knex's types: the row to read, to insert and to update. `jsonb` is written as text. */
export type Table<Row extends object, Filled extends keyof Row = never> = Knex.CompositeTableType<
  Row,
  Inserted<Row, Filled>,
  Updated<Row>
>;
