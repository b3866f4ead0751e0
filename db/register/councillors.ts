import type { Knex } from 'knex';
import type { z } from 'zod';
import type { AppAbility } from '../../policies/permission/ability.js';
import type { Councillor } from '../../policies/register/member.js';
import { plainly, type Ask } from '../core/ask.js';
import { moment, rowsOf } from '../core/rows/rows-of.js';
import { listed } from '../core/rows/stored.js';
import { visible, type Columns } from '../core/visible.js';
import { storedCouncillor } from './stored-councillor.js';

/** A row of `councillorColumns`: beside what JSON holds of it, one time is a column. */
const councillorRow = storedCouncillor.extend({ defeat_declared_at: moment.nullable() });
export type CouncillorRow = z.infer<typeof councillorRow>;

/** SQL for the finding about a councillor that is weighed for longest. */
export const findingOf = (
  id: string,
): string => `(select json_build_object('body', f.body, 'date', f.found_on,
    'minute', f.minute, 'until', f.until)
  from findings f where f.councillor_id = ${id} order by f.until desc, f.seq desc limit 1)`;

/** SQL for a councillor with appointments and training, of alias `c`. */
export const memberColumns = `c.id, c.name, c.ward, c.standing, c.term_from, c.term_to,
  ${findingOf('c.id')} as finding,
  c.defeat_poll, c.defeat_declared_at,
  ${listed(
    `json_build_object('id', a.id, 'title', a.title, 'kind', a.kind, 'from', a.from_date, 'to', a.to_date)`,
    'appointments a where a.councillor_id = c.id',
    'a.from_date, a.id',
  )} as appointments,
  ${listed(
    `json_build_object('id', t.id, 'kind', t.kind, 'completed', t.completed, 'expires', t.expires)`,
    'training t where t.councillor_id = c.id',
    't.completed, t.id',
  )} as training`;

/** The same with the last undertaking. */
const councillorColumns = `${memberColumns},
  (select json_build_object('version', u.version, 'acceptedAt', u.accepted_at)
    from protocol_acceptances u where u.councillor_id = c.id order by u.version desc limit 1) as undertaking`;

export const toCouncillor = (row: CouncillorRow): Councillor => ({
  kind: 'Councillor',
  id: row.id,
  name: row.name,
  ward: row.ward,
  standing: row.standing,
  term: { from: row.term_from, to: row.term_to },
  appointments: row.appointments,
  training: row.training,
  undertaking: row.undertaking,
  finding: row.finding,
  defeat:
    row.defeat_poll !== null && row.defeat_declared_at !== null
      ? { poll: row.defeat_poll, declaredAt: row.defeat_declared_at }
      : null,
});

const columns: Columns = { id: 'c.id' };

/** Locks a councillor's row until the transaction ends, where this person may read it. */
export const lockReadable = async (trx: Knex.Transaction, ability: AppAbility, id: string): Promise<void> => {
  await visible(
    trx('councillors as c').where('c.id', id).forNoKeyUpdate().select('c.id'),
    ability,
    'read',
    'Councillor',
    columns,
  );
};

/** Every councillor this person may read, by name, after the one named in `after`. */
export const listCouncillors = async (
  db: Knex,
  ability: AppAbility,
  {
    limit,
    after,
  }: { readonly limit: number; readonly after?: { readonly name: string; readonly id: string } | undefined },
  ask: Ask = plainly,
): Promise<Councillor[]> => {
  const query = db('councillors as c')
    .select(db.raw(councillorColumns))
    .orderByRaw('c.name collate "C", c.id')
    .limit(limit);
  if (after) void query.whereRaw('(c.name collate "C", c.id) > (?, ?::uuid)', [after.name, after.id]);
  const rows = await ask(councillorRow, visible(query, ability, 'read', 'Councillor', columns));
  return rows.map(toCouncillor);
};

/** The councillors of this list that this person may read, in the order of the list. */
export const readCouncillors = async (
  db: Knex,
  ability: AppAbility,
  ids: readonly string[],
  ask: Ask = plainly,
): Promise<Councillor[]> => {
  const query = db('councillors as c')
    .select(db.raw(councillorColumns))
    .whereRaw('c.id = any(?::uuid[])', [[...ids]])
    .orderByRaw('array_position(?::uuid[], c.id)', [[...ids]]);
  const rows = await ask(councillorRow, visible(query, ability, 'read', 'Councillor', columns));
  return rows.map(toCouncillor);
};

/** One councillor; null if they do not exist, or this person may not read them. */
export const readCouncillor = async (
  db: Knex,
  ability: AppAbility,
  id: string,
  ask: Ask = plainly,
): Promise<Councillor | null> => {
  const [councillor] = await readCouncillors(db, ability, [id], ask);
  return councillor ?? null;
};

/** The councillor of a request, for the rules to judge: never show it to anybody. */
export const councillorOf = async (db: Knex, id: string): Promise<Councillor> => {
  const rows = await rowsOf(
    councillorRow,
    db('councillors as c').select(db.raw(councillorColumns)).where('c.id', id),
  );
  const [row] = rows;
  if (!row) throw new Error('A request has no councillor.');
  return toCouncillor(row);
};

/** The version of the protocol in force; 0 where none is. */
export const protocolInForce = async (db: Knex, now: Date): Promise<number> => {
  const found = await db('protocol_versions')
    .where('in_force_from', '<=', now)
    .orderBy('version', 'desc')
    .first('version');
  return found?.version ?? 0;
};

/** Whether the register has a councillor of that id. */
export const councillorExists = async (db: Knex, id: string): Promise<boolean> => {
  const found = await db('councillors').where({ id }).first('id');
  return found !== undefined;
};

/** The members by name, to choose one from: who sits on a council is public. */
export const namesOfCouncillors = async (
  db: Knex,
  limit: number,
): Promise<{ readonly id: string; readonly name: string }[]> => {
  const rows = await db('councillors').orderByRaw('name collate "C", id').limit(limit).select('id', 'name');
  return rows;
};

/** One of them; null where there is none of that id. */
export const nameOfCouncillor = async (
  db: Knex,
  id: string,
): Promise<{ readonly id: string; readonly name: string } | null> => {
  const row = await db('councillors').where({ id }).first('id', 'name');
  return row ?? null;
};
