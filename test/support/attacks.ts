/** What a database administrator could do to the trail, with every right there is. */
import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';

const sha256 = (...parts: readonly Buffer[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** An entry as it stands in the database: the bytes that are hashed, and the values behind its commitments. */
export interface Stored {
  readonly leaf: Buffer;
  readonly secrets: readonly { readonly field: string; readonly value: unknown; readonly salt: Buffer }[];
}

/** An entry made up of bytes that are not an entry. */
export const nonsense = (text: string): Stored => ({ leaf: Buffer.from(text), secrets: [] });

const tables = ['entries', 'secret', 'pending', 'tree', 'checkpoints'];

const readAll = async (client: pg.Client): Promise<Stored[]> => {
  const { rows } = await client.query<{
    leaf: Buffer;
    secrets: { field: string; value: unknown; salt: string }[];
  }>(
    `select e.leaf, coalesce((select jsonb_agg(jsonb_build_object('field', s.field, 'value', s.value,
         'salt', encode(s.salt, 'hex'))) from audit.secret s where s.entry_id = e.id), '[]') as secrets
       from audit.entries e where e.index is not null order by e.index`,
  );
  return rows.map(({ leaf, secrets }) => ({
    leaf,
    secrets: secrets.map((secret) => ({ ...secret, salt: Buffer.from(secret.salt, 'hex') })),
  }));
};

/** Every column with the leaf's value, so that no column alone shows the change. */
const columnsOf = (leaf: Buffer) => {
  const said = JSON.parse(leaf.toString()) as Record<string, unknown>;
  return [
    said['id'] ?? randomUUID(),
    said['at'] ?? new Date(),
    said['type'] ?? 'request.read',
    said['office'] ?? null,
    said['capacity'] ?? null,
    said['decision'] ? JSON.stringify(said['decision']) : null,
  ];
};

const writeAll = async (client: pg.Client, entries: readonly Stored[]): Promise<void> => {
  for (const [index, { leaf, secrets }] of entries.entries()) {
    const columns = columnsOf(leaf);
    const { rows } = await client.query<{ seq: string }>(
      `insert into audit.entries (id, at, type, office, capacity, decision, leaf, index)
         values ($1, $2, $3, $4, $5, $6, $7, $8) returning seq`,
      [...columns, leaf, index],
    );
    for (const { field, value, salt } of secrets) {
      await client.query(
        'insert into audit.secret (entry_id, field, value, salt, seq) values ($1, $2, $3, $4, $5)',
        [columns[0], field, JSON.stringify(value), salt, rows[0]?.seq],
      );
    }
  }
};

const writeTree = async (client: pg.Client, leaves: readonly Buffer[]): Promise<void> => {
  let hashes = leaves.map((leaf) => sha256(Buffer.of(0), leaf));
  for (let level = 0; hashes.length > 0; level += 1) {
    for (const [index, hash] of hashes.entries()) {
      await client.query('insert into audit.tree (level, index, hash) values ($1, $2, $3)', [
        level,
        index,
        hash,
      ]);
    }
    hashes = Array.from({ length: Math.floor(hashes.length / 2) }, (_, n) =>
      sha256(Buffer.of(1), hashes[2 * n] as Buffer, hashes[2 * n + 1] as Buffer),
    );
  }
};

/**
 * Rewrites the trail with every trigger switched off, rebuilds every hash and removes the signed checkpoints, so that
 * the database agrees with itself: only things kept outside can show it.
 *
 * @param change takes the entries in order, and returns the ones to put in their place
 */
export const rewriteTrail = async (
  superuserUrl: string,
  change: (entries: readonly Stored[]) => readonly Stored[],
): Promise<void> => {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query('begin');
    for (const table of tables) await client.query(`alter table audit.${table} disable trigger all`);
    const entries = change(await readAll(client));
    for (const table of ['pending', 'secret', 'tree', 'checkpoints', 'entries']) {
      await client.query(`delete from audit.${table}`);
    }
    await writeAll(client, entries);
    await writeTree(
      client,
      entries.map(({ leaf }) => leaf),
    );
    for (const table of tables) await client.query(`alter table audit.${table} enable trigger all`);
    await client.query('commit');
  } finally {
    await client.end();
  }
};

/**
 * Backs a database up, whole. Nobody may be connected to it, now or when it is restored.
 * @returns restores it as it is now
 */
export const backedUp = async (superuserUrl: string): Promise<() => Promise<void>> => {
  const url = new URL(superuserUrl);
  const name = url.pathname.slice(1);
  const backup = `${name}_backup`;
  const administer = async (...statements: readonly string[]): Promise<void> => {
    const client = new pg.Client({
      connectionString: Object.assign(new URL(url), { pathname: '/postgres' }).href,
    });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  };
  const { username: owner } = url;
  await administer(`create database "${backup}" owner "${owner}" template "${name}"`);
  return () =>
    administer(`drop database "${name}" with (force)`, `alter database "${backup}" rename to "${name}"`);
};
