import type { Knex } from 'knex';
import { z } from 'zod';
import type { Finding } from '../../policies/finding/finding.js';
import { plainly, type Ask } from '../core/ask.js';
import { firstOf } from '../core/rows/first-of.js';
import { idOnly, rowsOf } from '../core/rows/rows-of.js';
import { day, whole } from '../core/rows/stored.js';

/** A finding with whom it is about. */
const findingRow = z.strictObject({
  id: z.string(),
  seq: whole,
  councillorId: z.string(),
  councillor: z.string(),
  body: z.string(),
  date: day,
  minute: z.string(),
  until: day,
});
export type FindingRow = z.infer<typeof findingRow>;

const selected = (db: Knex): Knex.QueryBuilder =>
  db('findings as f').join('councillors as c', 'c.id', 'f.councillor_id').select({
    id: 'f.id',
    seq: 'f.seq',
    councillorId: 'f.councillor_id',
    councillor: 'c.name',
    body: 'f.body',
    date: 'f.found_on',
    minute: 'f.minute',
    until: 'f.until',
  });

/** Locks a councillor about whom something is recorded. @returns whether there is one */
export const lockSubject = async (trx: Knex.Transaction, councillorId: string): Promise<boolean> => {
  const rows = await rowsOf(
    idOnly,
    trx('councillors').where({ id: councillorId }).forNoKeyUpdate().select('id'),
  );
  return rows.length > 0;
};

/** Records a finding. @returns its id */
export const insertFinding = async (
  trx: Knex.Transaction,
  councillorId: string,
  finding: Finding,
  { at, by }: { readonly at: Date; readonly by: string },
): Promise<string> => {
  const rows = await rowsOf(
    idOnly,
    trx('findings')
      .insert({
        councillor_id: councillorId,
        body: finding.body,
        found_on: finding.date,
        minute: finding.minute,
        until: finding.until,
        recorded_at: at,
        recorded_by: by,
      })
      .returning('id'),
  );
  return firstOf(rows).id;
};

/** One finding; null where there is none. */
export const findFinding = async (db: Knex, id: string): Promise<FindingRow | null> => {
  const [found] = await rowsOf(findingRow, selected(db).where('f.id', id));
  return found ?? null;
};

/** The findings, the latest recorded first, of those before `before`. */
export const listFindings = async (
  db: Knex,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
  ask: Ask = plainly,
): Promise<readonly FindingRow[]> => {
  const query = selected(db).orderBy('f.seq', 'desc').limit(limit);
  if (before !== undefined) void query.where('f.seq', '<', before);
  return ask(findingRow, query);
};
