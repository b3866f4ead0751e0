import type { Knex } from 'knex';
import type { EntryType } from './entry-types.js';

/** Whether there is an entry of that type at that instant or later. */
export const entryOfType = async (db: Knex, type: EntryType, from: Date): Promise<boolean> => {
  const found = await db('audit.entries').where({ type }).where('at', '>=', from).first('id');
  return found !== undefined;
};
