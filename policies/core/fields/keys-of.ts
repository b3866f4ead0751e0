/** The keys of a table, as its type has them: for tables that are written out, whose type leaves none out. */
export const keysOf = <T extends object>(table: T): (keyof T & string)[] =>
  Object.keys(table).filter((key): key is keyof T & string => key in table);
