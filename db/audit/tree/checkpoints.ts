import type { Knex } from 'knex';
import type { Hash } from '../log/hash.js';

/** A checkpoint that was signed: the tree at one size, and the signed note as it went out. */
export interface StoredCheckpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  readonly note: string;
  readonly at: Date;
}

const columns = ['origin', 'size', 'root', 'note', 'at'] as const;

/** Keeps a checkpoint that was just signed; one that is kept already stays as it is. */
export const keepCheckpoint = async (trx: Knex.Transaction, checkpoint: StoredCheckpoint): Promise<void> => {
  const { origin, size, root, note, at } = checkpoint;
  await trx.raw('select audit.note_checkpoint(?, ?, ?, ?, ?)', [origin, size, root, note, at]);
};

/** The checkpoint signed last, of any origin, with its number; null before the first. */
export const latestCheckpoint = async (
  db: Knex,
): Promise<(StoredCheckpoint & { readonly seq: number }) | null> => {
  const found = await db('audit.checkpoints')
    .orderBy('seq', 'desc')
    .first(...columns, 'seq');
  return found ?? null;
};

/** The one of that origin and size; null where none was signed at that size. */
export const checkpointAt = async (
  db: Knex,
  origin: string,
  size: number,
): Promise<StoredCheckpoint | null> => {
  const found = await db('audit.checkpoints')
    .where({ origin, size })
    .first(...columns);
  return found ?? null;
};

/** Every one that was signed, in order of size. */
export const allCheckpoints = async (db: Knex): Promise<StoredCheckpoint[]> => {
  const rows = await db('audit.checkpoints')
    .orderBy(['size', 'origin'])
    .select(...columns);
  return rows;
};
