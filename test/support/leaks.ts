/** Whether something that must not be kept is anywhere: in a table, or in a file of the database server. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';

/** The columns and tables that hold any of these, read as the superuser. */
export const columnsWith = async (superuser: Knex, sought: readonly string[]): Promise<string[]> => {
  const { rows: columns } = await superuser.raw<{ rows: { place: string; name: string; bytes: boolean }[] }>(
    `select format('%I.%I', n.nspname, c.relname) as place, format('%I', a.attname) as name,
         a.atttypid = 'bytea'::regtype as bytes
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'm') and a.attnum > 0 and not a.attisdropped
         and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`,
  );
  const found: string[] = [];
  for (const { place, name, bytes } of columns) {
    const text = bytes ? `encode(${name}, 'escape')` : `${name}::text`;
    const { rows } = await superuser.raw<{ rows: unknown[] }>(
      `select 1 from ${place} where exists (
         select from unnest(?::text[]) s where position(lower(s) in lower(${text})) > 0) limit 1`,
      [[...sought]],
    );
    if (rows.length > 0) found.push(`${place}.${name}`);
  }
  return found;
};

/** How many rows each table has, of every schema of ours. */
export const rowCounts = async (superuser: Knex): Promise<Record<string, number>> => {
  const { rows: tables } = await superuser.raw<{ rows: { place: string }[] }>(
    `select format('%I.%I', n.nspname, c.relname) as place from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and n.nspname in ('public', 'audit')`,
  );
  const counts: Record<string, number> = {};
  for (const { place } of tables) {
    const { rows } = await superuser.raw<{ rows: { many: number }[] }>(
      `select count(*) as many from ${place}`,
    );
    counts[place] = Number(rows[0]?.many);
  }
  return counts;
};

/** It does not enter what is passed over: the folder of another database may go while it looks. */
const filesBelow = (folder: string, passesOver: (file: string) => boolean): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (passesOver(file)) return [];
    return entry.isDirectory() ? filesBelow(file, passesOver) : entry.isFile() ? [file] : [];
  });

/**
 * The server's own files that hold that text, on the disk: tables with their deleted rows, the write-ahead log, the
 * server's log. It leaves out the files of other databases.
 * @returns null if the files are not on this machine, or not readable
 */
export const filesWith = async (superuser: Knex, sought: string): Promise<string[] | null> => {
  const { rows } = await superuser.raw<{ rows: { folder: string; database: string }[] }>(
    `select current_setting('data_directory') as folder, oid::text as database
       from pg_database where datname = current_database()`,
  );
  const { folder = '', database = '' } = rows[0] ?? {};
  if (!existsSync(path.join(folder, 'base', database))) return null;
  await superuser.raw('checkpoint');
  const others = (file: string) => {
    const [top, oid] = path.relative(folder, file).split(path.sep);
    return top === 'base' && oid !== undefined && oid !== database;
  };
  const log = path.join(folder, '../postgres.log');
  const files = [...filesBelow(folder, others), ...(existsSync(log) ? [log] : [])];
  return files.filter((file) => {
    try {
      return statSync(file).size > 0 && readFileSync(file).includes(sought);
    } catch {
      // A file that the server has put away meanwhile.
      return false;
    }
  });
};
