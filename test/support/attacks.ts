import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';

const sha256 = (...parts: readonly Buffer[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/**
 * What a database administrator could do: rewrites the trail as a superuser with every trigger switched off, and
 * rebuilds every hash, so that the database agrees with itself.
 *
 * @param change of the leaves in their order, to those that shall have been there
 */
export const rewriteTree = async (
  superuserUrl: string,
  change: (leaves: Buffer[]) => Buffer[],
): Promise<void> => {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query('begin');
    for (const table of ['entries', 'secret', 'pending', 'tree', 'checkpoints'])
      await client.query(`alter table audit.${table} disable trigger all`);
    const { rows } = await client.query<{ id: string; leaf: Buffer }>(
      'select id, leaf from audit.entries where index is not null order by index',
    );
    const leaves = change(rows.map(({ leaf }) => leaf));
    await client.query('update audit.entries set index = null');
    for (const { id } of rows.slice(leaves.length)) {
      await client.query('delete from audit.secret where entry_id = $1', [id]);
      await client.query('delete from audit.entries where id = $1', [id]);
    }
    for (const [index, leaf] of leaves.entries()) {
      const id = rows[index]?.id;
      if (id) {
        await client.query('update audit.entries set leaf = $2, index = $3 where id = $1', [id, leaf, index]);
      } else {
        await client.query(
          `insert into audit.entries (id, at, type, leaf, index) values ($1, now(), 'request.read', $2, $3)`,
          [randomUUID(), leaf, index],
        );
      }
    }
    await client.query('delete from audit.tree');
    let hashes = leaves.map((leaf) => sha256(Buffer.of(0), leaf));
    for (let level = 0; hashes.length > 0; level += 1) {
      for (const [index, hash] of hashes.entries())
        await client.query('insert into audit.tree (level, index, hash) values ($1, $2, $3)', [
          level,
          index,
          hash,
        ]);
      hashes = Array.from({ length: Math.floor(hashes.length / 2) }, (_, n) =>
        sha256(Buffer.of(1), hashes[2 * n] as Buffer, hashes[2 * n + 1] as Buffer),
      );
    }
    for (const table of ['entries', 'secret', 'pending', 'tree', 'checkpoints'])
      await client.query(`alter table audit.${table} enable trigger all`);
    await client.query('commit');
  } finally {
    await client.end();
  }
};
