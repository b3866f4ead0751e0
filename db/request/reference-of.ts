import type { Knex } from 'knex';
import { z } from 'zod';
import { prepared } from '../core/plans/prepared.js';
import { rowsOf } from '../core/rows/rows-of.js';

/** Things with their own id that belong to a request. */
const owners: Readonly<Record<string, string>> = {
  grant: 'select request_id from grants where id = ?',
  visit: 'select g.request_id from visits v join grants g on g.id = v.grant_id where v.id = ?',
  question: `select g.request_id from visit_questions q join visits v on v.id = q.visit_id
    join grants g on g.id = v.grant_id where q.id = ?`,
  incident: 'select request_id from incidents where id = ?',
};

/**
 * The reference of the request that a subject of the trail (`visit:<id>`) belongs to, without a check of who may read
 * it: the trail lists everything about a request under its reference, refusals too. Null if it belongs to none.
 */
export const referenceOf = async (db: Knex, subject: string): Promise<string | null> => {
  const [kind = '', id = ''] = subject.split(':');
  const owner = Object.hasOwn(owners, kind) ? owners[kind] : undefined;
  if (owner === undefined) return null;
  const [row] = await rowsOf(
    z.strictObject({ reference: z.string() }),
    prepared(db.raw(`select reference from requests where id = (${owner})`, [id])),
  );
  return row?.reference ?? null;
};
