/** What was typed into a form that was not sent since the session had ended: sealed, one for each person and page. */
import type { Knex } from 'knex';
import { z } from 'zod';
import { bytes, rowsOf } from '../core/rows/rows-of.js';

export interface UnsentForm {
  /** The person's id. */
  readonly person: string;
  /** The path that the form is sent to. */
  readonly page: string;
  readonly sealed: Buffer;
  readonly at: Date;
}

/** Keeps it, in place of what was kept of that page. @returns whether it is kept: of a suspended person nothing is */
export const keepUnsent = async (db: Knex, { person, page, sealed, at }: UnsentForm): Promise<boolean> => {
  const kept = await rowsOf(
    z.strictObject({ page: z.string() }),
    db.raw(
      `insert into runtime.unsent_forms as known (person_id, page, sealed, at)
         select p.id, :page, :sealed, :at from people p where p.id = :person and p.suspended_at is null
       on conflict (person_id, page) do update set sealed = excluded.sealed, at = excluded.at
       returning page`,
      { person, page, sealed, at },
    ),
  );
  return kept.length > 0;
};

/** What is kept of that page since then; null where nothing is. */
export const findUnsent = async (
  db: Knex,
  { person, page }: Pick<UnsentForm, 'person' | 'page'>,
  since: Date,
): Promise<Buffer | null> => {
  const [found] = await rowsOf(
    z.strictObject({ sealed: bytes }),
    db('runtime.unsent_forms').where({ person_id: person, page }).where('at', '>=', since).select('sealed'),
  );
  return found?.sealed ?? null;
};

/** Forgets what is kept of that page, since it has been sent. */
export const forgettingUnsent = (
  trx: Knex.Transaction,
  { person, page }: Pick<UnsentForm, 'person' | 'page'>,
): Knex.QueryBuilder => trx('runtime.unsent_forms').where({ person_id: person, page }).delete();

/** Deletes what was kept before that moment. @returns how many */
export const pruneUnsent = async (db: Knex, before: Date): Promise<number> => {
  const deleted = await db('runtime.unsent_forms').where('at', '<', before).delete();
  return deleted;
};
