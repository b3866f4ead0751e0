/** What of the provider's answers works once: by a digest, for as long as it could come again. */
import type { Knex } from 'knex';
import { z } from 'zod';
import { bytes, rowsOf } from '../core/rows/rows-of.js';

/** Uses something up. @returns false where it was used before */
export const useUp = async (db: Knex, digest: Buffer, until: Date): Promise<boolean> => {
  const made = await rowsOf(
    z.strictObject({ digest: bytes }),
    db('runtime.provider_used').insert({ digest, until }).onConflict().ignore().returning('digest'),
  );
  return made.length > 0;
};

/** Whether something was used up. */
export const wasUsedUp = async (db: Knex, digest: Buffer): Promise<boolean> => {
  const found = await db('runtime.provider_used').where({ digest }).first('digest');
  return found !== undefined;
};

/** Forgets what could not come again. @returns how many */
export const pruneUsedUp = async (db: Knex, now: Date): Promise<number> => {
  const deleted = await db('runtime.provider_used').where('until', '<=', now).delete();
  return deleted;
};
