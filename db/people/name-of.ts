import type { Knex } from 'knex';

/** SQL for the name of the person with that id. */
export const nameOf = (id: string): string => `(select who.name from people who where who.id = ${id})`;

/** The names of those people, in no order. */
export const namesOfPeople = async (db: Knex, ids: readonly string[]): Promise<string[]> => {
  const rows = await db('people')
    .whereIn('id', [...ids])
    .select('name');
  return rows.map(({ name }) => name);
};
