import type { Knex } from 'knex';
import { z } from 'zod';
import type { Registered } from '../../policies/grant/grant-record.js';
import type { RegisterSlip } from '../../policies/register/slip/register-slip.js';
import type { Since } from '../../policies/core/time/spans.js';
import { rowsOf } from '../core/rows/rows-of.js';
import { together } from '../core/together.js';
import { storedRegister } from './stored-councillor.js';

/**
 * The register's facts about the councillor of alias `c`, as far as a limit depends on them. Each change stores them,
 * because what was allowed is judged by the register of that time.
 */
export const registerFacts = `jsonb_build_object(
  'ward', c.ward, 'standing', c.standing, 'term', jsonb_build_object('from', c.term_from, 'to', c.term_to),
  'defeat', case when c.defeat_poll is not null then
    jsonb_build_object('poll', c.defeat_poll, 'declaredAt', c.defeat_declared_at) end,
  'appointments', coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'title', a.title, 'kind', a.kind,
      'from', a.from_date, 'to', a.to_date) order by a.from_date, a.id)
    from appointments a where a.councillor_id = c.id), '[]'),
  'training', coalesce((select jsonb_agg(jsonb_build_object('kind', t.kind, 'completed', t.completed,
      'expires', t.expires) order by t.completed, t.id)
    from training t where t.councillor_id = c.id), '[]'))`;

/** The register of the councillor with this id, oldest first: as it was each time, or as it is where it never changed. */
export const registerHistoryOf = (councillorId: string): string => `coalesce(
  (select json_agg(json_build_object('at', h.at, 'value', h.facts) order by h.seq)
    from register_history h where h.councillor_id = ${councillorId}),
  (select json_build_array(json_build_object('at', c.created_at, 'value', ${registerFacts}))
    from councillors c where c.id = ${councillorId}))`;

/** Everything the register has held about a councillor, oldest first. */
export const registerOf = async (db: Knex, councillorId: string): Promise<Since<Registered>[]> => {
  const [row] = await rowsOf(
    z.strictObject({ register: storedRegister }),
    db.raw(`select ${registerHistoryOf('o.id')} as register from councillors o where o.id = ?`, [
      councillorId,
    ]),
  );
  return row?.register ?? [];
};

/** Earlier than anything else: the first entry counts from the beginning. */
const fromTheFirst = new Date(0);

const remembering = (
  trx: Knex.Transaction,
  councillorId: string,
  at: Date,
  { unless = '', corrects }: { readonly unless?: string; readonly corrects?: RegisterSlip } = {},
): Knex.Raw =>
  trx.raw(
    `insert into register_history (councillor_id, at, facts)
       select c.id, ?, ${registerFacts} || ?::jsonb from councillors c where c.id = ? ${unless}`,
    [at, JSON.stringify(corrects === undefined ? {} : { corrects }), councillorId],
  );

const known = 'and not exists (select from register_history h where h.councillor_id = c.id)';

/**
 * Changes what the register holds about a councillor, and keeps how it was before and is afterwards. Every
 * change goes through here. The caller holds the councillor's row, so that changes stand in their order.
 * @param changes sent together (db/core/together.ts), beside how it was before
 */
export const changeRegister = async (
  trx: Knex.Transaction,
  councillorId: string,
  at: Date,
  changes: readonly Knex.QueryBuilder[],
): Promise<void> => {
  await together(trx, [remembering(trx, councillorId, fromTheFirst, { unless: known }), ...changes]);
  await remembering(trx, councillorId, at);
};

/** Keeps how it was before the first change, where nothing changed before: a correction changes it as it is recorded. */
export const keepFirst = async (trx: Knex.Transaction, councillorId: string): Promise<void> => {
  await remembering(trx, councillorId, fromTheFirst, { unless: known });
};

/** Keeps how it is once a slip in it is corrected, and which. */
export const keepCorrected = async (
  trx: Knex.Transaction,
  councillorId: string,
  at: Date,
  corrects: RegisterSlip,
): Promise<void> => {
  await remembering(trx, councillorId, at, { corrects });
};

/** The same of a councillor who is entered: before, there was nothing. */
export const enterInRegister = async (
  trx: Knex.Transaction,
  councillorId: string,
  at: Date,
  entered: readonly Knex.QueryBuilder[],
): Promise<void> => {
  await together(trx, entered);
  await remembering(trx, councillorId, at);
};
