import pg from 'pg';
import { codeOf } from '../core/code-of.js';

/** Runs one statement; a knex pool, a `pg` pool and a `pg` client can all be made into one. */
type Run = (sql: string) => Promise<Record<string, unknown>[]>;

/** A knex instance, or a pool or client of `pg`. */
export type Owner =
  | { raw(sql: string): PromiseLike<{ rows: Record<string, unknown>[] }> }
  | { query(sql: string): Promise<{ rows: Record<string, unknown>[] }> };

/** The service's least rights: migrations grant to it, the service's login is a member. */
export const SERVICE_ROLE = 'ntk_service';
/** Owns schema `audit`, so that not even the owner of the rest rewrites the trail by a slip. */
export const AUDIT_ROLE = 'ntk_audit';

/** duplicate_object, its race on the catalogue's index, and "tuple concurrently updated". */
const raced = new Set(['42710', '23505', 'XX000']);

/**
 * Makes the roles of the cluster that the migrations name, and the two memberships they need: the owner
 * in `ntk_audit`, the login of the service in `ntk_service`. Roles belong to the cluster, not to a
 * database, so no migration makes them. Safe to repeat, and to run twice at once.
 *
 * @throws MissingRoles with the statements for an administrator, where the owner may not make them.
 */
export async function ensureRoles(owner: Owner, serviceLogin: string): Promise<void> {
  const run = runner(owner);
  for (let attempt = 1; ; attempt += 1) {
    const wanted = await missing(run, serviceLogin);
    try {
      for (const statement of wanted) await run(statement);
      return;
    } catch (error) {
      const code = codeOf(error);
      if (code === '42501') throw new MissingRoles(wanted);
      // Another start did the same at the same time: check again what is left to do.
      if (!raced.has(code ?? '') || attempt === 5) throw error;
    }
  }
}

/** The owner may not make the roles: an administrator has to, once. */
export class MissingRoles extends Error {
  override readonly name = 'MissingRoles';
  constructor(readonly statements: readonly string[]) {
    super(
      'The database lacks roles that its owner may not make. Ask its administrator to run this once, ' +
        `then start again:\n${statements.map((statement) => `  ${statement};`).join('\n')}`,
    );
  }
}

async function missing(run: Run, serviceLogin: string): Promise<string[]> {
  const [me] = await run(
    `select current_user as name, current_setting('server_version_num')::int >= 160000 as newer,
       (select rolsuper from pg_roles where rolname = current_user) as super`,
  );
  const owner = String(me?.['name']);
  const roles = await run(
    `select rolname from pg_roles where rolname in ('${SERVICE_ROLE}', '${AUDIT_ROLE}')`,
  );
  const has = (role: string) => roles.some((row) => row['rolname'] === role);
  // From version 16 on, a member of a role is not automatically allowed to act as it.
  const may = me?.['newer'] ? 'SET' : 'MEMBER';
  const isMember = async (login: string, role: string, how: string) => {
    const [row] = await run(`select pg_has_role(${literal(login)}, '${role}', '${how}') as yes`);
    return row?.['yes'] === true;
  };

  const statements: string[] = [];
  for (const role of [SERVICE_ROLE, AUDIT_ROLE]) {
    if (!has(role)) statements.push(`create role ${role} nologin`);
  }
  const superuser = me?.['super'] === true;
  if (!superuser && !(has(AUDIT_ROLE) && (await isMember(owner, AUDIT_ROLE, may)))) {
    statements.push(`grant ${AUDIT_ROLE} to ${identifier(owner)}`);
  }
  // A superuser is everybody's member already: ask for the membership itself.
  const granted = await run(
    `select 1 from pg_auth_members where roleid = to_regrole('${SERVICE_ROLE}')
       and member = to_regrole(${literal(identifier(serviceLogin))})
       and ${me?.['newer'] ? (serviceLogin === owner ? 'set_option' : 'inherit_option') : 'true'}`,
  );
  if (granted.length === 0) statements.push(`grant ${SERVICE_ROLE} to ${identifier(serviceLogin)}`);
  return statements;
}

interface Login {
  readonly name: string;
  readonly password: string;
}

/**
 * Creates, as a superuser, what our own cluster needs: both group roles, the logins of owner and service, and the
 * owner's database. Safe to repeat.
 */
export async function preparedCluster(
  superuserUrl: string,
  wanted: { database: string; owner: Login; service: Login },
): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const run = runner(client);
    for (const { name, password } of [wanted.owner, wanted.service]) {
      const found = await run(`select 1 from pg_roles where rolname = ${literal(name)}`);
      if (found.length === 0)
        await run(`create role ${identifier(name)} login password ${literal(password)}`);
    }
    await ensureRoles(client, wanted.service.name);
    await run(`grant ${AUDIT_ROLE} to ${identifier(wanted.owner.name)}`);
    const found = await run(`select 1 from pg_database where datname = ${literal(wanted.database)}`);
    if (found.length === 0) {
      await run(`create database ${identifier(wanted.database)} owner ${identifier(wanted.owner.name)}`);
    }
  } finally {
    await client.end();
  }
}

function runner(owner: Owner): Run {
  return async (sql) => ('raw' in owner ? await owner.raw(sql) : await owner.query(sql)).rows;
}

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
