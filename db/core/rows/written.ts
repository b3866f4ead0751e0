import type { Knex } from 'knex';

/** A value of a column, or SQL for one. A list may be one that nobody changes. */
type Value<T> = (T extends readonly (infer Element)[] ? readonly Element[] : T) | Pick<Knex.Raw, 'toSQL'>;

type NullableOf<Row> = { [Column in keyof Row]: null extends Row[Column] ? Column : never }[keyof Row];

/** A row to insert: whole, but for what may be null and for what the database fills in by itself. */
type Inserted<Row, Filled extends keyof Row> = {
  readonly [Column in Exclude<keyof Row, Filled | NullableOf<Row>>]: Value<Row[Column]>;
} & { readonly [Column in Filled | NullableOf<Row>]?: Value<Row[Column]> };

type Updated<Row> = { readonly [Column in keyof Row]?: Value<Row[Column]> };

/** A table as knex types it: what is read, inserted and updated. `jsonb` is written as text. */
export type Table<Row extends object, Filled extends keyof Row = never> = Knex.CompositeTableType<
  Row,
  Inserted<Row, Filled>,
  Updated<Row>
>;
