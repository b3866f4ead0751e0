import type { Knex } from 'knex';
import { inTransaction } from '../../core/connection.js';
import { bytes, idOnly, rowsOf } from '../../core/rows/rows-of.js';
import { leafHash } from '../log/hash.js';
import { edgeOf, extend } from '../log/tree.js';
import { storedHashes, treeSize } from './tree-store.js';
import { takeTurn } from './turns.js';

/**
 * Gives entries that were committed their places in the tree, in the order in which they were written, and
 * stores the subtrees that they complete: all in one transaction, so that a sequencer that dies leaves the tree
 * as it was. Where another one is at it, it does nothing. Taken from the queue and never by the last `seq` seen:
 * an entry with a smaller one may be committed later, and would be passed over for good.
 *
 * @param limit most entries at once
 * @returns how many were placed; fewer than `limit` when no more wait
 */
export const sequence = (db: Knex, limit: number): Promise<number> =>
  inTransaction(db, async (trx) => {
    if (!(await takeTurn(trx, 'audit.place'))) return 0;
    const waiting = await rowsOf(
      idOnly.extend({ leaf: bytes }),
      trx('audit.pending as p')
        .join('audit.entries as e', 'e.id', 'p.entry_id')
        .orderBy('p.seq')
        .limit(limit)
        .select('e.id', 'e.leaf'),
    );
    if (waiting.length === 0) return 0;
    const size = await treeSize(trx);
    const edge = await storedHashes(trx)(edgeOf(size));
    const { nodes } = extend(
      size,
      edge,
      waiting.map(({ leaf }) => leafHash(leaf)),
    );
    await trx.raw('select audit.place(?, ?::uuid[], ?::int[], ?::bigint[], ?::bytea[])', [
      size,
      waiting.map(({ id }) => id),
      nodes.map(({ level }) => level),
      nodes.map(({ index }) => index),
      nodes.map(({ hash }) => hash),
    ]);
    return waiting.length;
  });
