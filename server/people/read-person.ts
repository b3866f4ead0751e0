import { recordedOne } from '../../db/core/recorded.js';
import { findPersonOnRecord } from '../../db/people/directory.js';
import type { Person } from '../../policies/people/person.js';
import { readingEntry } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';

/** One person with their offices. The trail records the reading first. @throws NotFound */
export const readPerson = (ctx: Ctx, id: string): Promise<Person> => {
  const entry = readingEntry(ctx, { type: 'person.read', subject: `person:${id.toLowerCase()}` });
  return findPersonOnRecord(ctx.db, ctx.ability, id, recordedOne(ctx.db, entry));
};
