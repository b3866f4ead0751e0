import type { Knex } from 'knex';
import { z } from 'zod';
import { requirementStatuses, type AuditRequirement } from '../../policies/audit-requirement/requirement.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { AppAbility } from '../../policies/permission/ability.js';
import type { Acting } from '../../policies/people/actor.js';
import { plainly, type Ask } from '../core/ask.js';
import { inForce } from '../core/in-force.js';
import { firstOf } from '../core/rows/first-of.js';
import { idOnly, moment, rowsOf } from '../core/rows/rows-of.js';
import { day, instant, listed, whole } from '../core/rows/stored.js';
import { visible, type Columns } from '../core/visible.js';
import { nameOf } from '../people/name-of.js';
import { peopleCalled } from '../people/people.js';
import { requestColumns } from '../request/request-columns.js';

/** The columns of `selected`, by their names. */
const storedRequirement = z.strictObject({
  id: z.string(),
  seq: whole,
  auditorId: z.string(),
  auditor: z.string(),
  references: z.array(z.string()),
  from: day,
  until: day,
  reasons: z.string(),
  recordedAt: moment,
  recordedBy: z.string(),
  recorder: z.string(),
  status: z.enum(requirementStatuses),
  confirmed: z.strictObject({ at: instant, by: z.string(), office: z.string() }).nullable(),
  ended: z.strictObject({ at: instant, by: z.string(), reasons: z.string() }).nullable(),
});

/** A requirement as it is on record, with its place in the list. */
export type RequirementRow = AuditRequirement & z.infer<typeof storedRequirement>;

const columns: Columns = { auditorId: 'q.auditor_id' };

const selected = `q.id, q.seq, q.auditor_id as "auditorId", ${nameOf('q.auditor_id')} as auditor,
  ${listed(
    'r.reference',
    'audit_requirement_records n join requests r on r.id = n.request_id where n.requirement_id = q.id',
    'r.id',
  )} as references, q.from_on as "from", q.until_on as "until", q.reasons, q.recorded_at as "recordedAt",
  q.recorded_by as "recordedBy", ${nameOf('q.recorded_by')} as recorder,
  case when q.ended_at is not null then 'ended' when q.confirmed_at is not null then 'confirmed' else 'waiting' end as status,
  case when q.confirmed_at is not null then jsonb_build_object('at', q.confirmed_at, 'by', ${nameOf('q.confirmed_by')},
    'office', q.confirmed_office) end as confirmed,
  case when q.ended_at is not null then jsonb_build_object('at', q.ended_at, 'by', ${nameOf('q.ended_by')},
    'reasons', q.end_reasons) end as ended`;

const load = async (
  db: Knex,
  ability: AppAbility,
  narrow: (query: Knex.QueryBuilder) => void,
  ask: Ask,
): Promise<RequirementRow[]> => {
  const query = db('audit_requirements as q').select(db.raw(selected));
  narrow(query);
  const rows = await ask(storedRequirement, visible(query, ability, 'read', 'AuditRequirement', columns));
  return rows.map((row) => ({ kind: 'AuditRequirement', ...row }));
};

/** The requirements that this person may read, the last recorded first, of before the one of `before`. */
export const listRequirements = (
  db: Knex,
  ability: AppAbility,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
  ask: Ask = plainly,
): Promise<RequirementRow[]> =>
  load(
    db,
    ability,
    (query) => {
      void query.orderBy('q.seq', 'desc').limit(limit);
      if (before !== undefined) void query.where('q.seq', '<', before);
    },
    ask,
  );

/** One requirement, if this person may read it. @throws NotFound */
export const findRequirement = async (
  db: Knex,
  ability: AppAbility,
  id: string,
  ask: Ask = plainly,
): Promise<RequirementRow> => {
  const [found] = await load(db, ability, (query) => void query.where('q.id', id), ask);
  if (!found) throw new NotFound();
  return found;
};

/** The same, locked until the transaction ends. @throws NotFound */
export const lockRequirement = (
  trx: Knex.Transaction,
  ability: AppAbility,
  id: string,
): Promise<RequirementRow> =>
  findRequirement(trx, ability, id, (row, query) => rowsOf(row, query.forNoKeyUpdate('q')));

/** The person of that id or e-mail address, and whether they hold the office of auditor; null where there is none. */
export const auditorCalled = async (
  db: Knex,
  idOrEmail: string,
  today: string,
): Promise<{ readonly id: string; readonly audits: boolean } | null> => {
  const [found] = await rowsOf(
    z.strictObject({ id: z.string(), audits: z.boolean() }),
    peopleCalled(db, idOrEmail).select(
      'p.id',
      db.raw(
        `exists (select from offices_held o where o.person_id = p.id and o.office = 'auditor'
          and ${inForce('o', ':today')}) as audits`,
        { today },
      ),
    ),
  );
  return found ?? null;
};

/** The requests of those references that this person may read, by number. */
export const recordsCalled = (
  db: Knex,
  ability: AppAbility,
  references: readonly string[],
): Promise<{ id: number; reference: string }[]> =>
  rowsOf(
    z.strictObject({ id: whole, reference: z.string() }),
    visible(
      db('requests as r')
        .whereIn('r.reference', [...references])
        .where('r.submitted', true)
        .select('r.id', 'r.reference'),
      ability,
      'read',
      'Request',
      requestColumns,
    ),
  );

interface Done {
  readonly at: Date;
  readonly by: string;
}

/** @returns its id */
export const insertRequirement = async (
  trx: Knex.Transaction,
  given: {
    readonly auditorId: string;
    readonly from: string;
    readonly until: string;
    readonly reasons: string;
    readonly requests: readonly number[];
  },
  { at, by }: Done,
): Promise<string> => {
  const rows = await rowsOf(
    idOnly,
    trx.raw(
      `with made as (
          insert into audit_requirements (auditor_id, from_on, until_on, reasons, recorded_at, recorded_by)
            values (:auditor, :from, :until, :reasons, :at, :by) returning id),
        named as (
          insert into audit_requirement_records (requirement_id, request_id)
            select made.id, each.id from made, unnest(cast(:requests as bigint[])) as each (id))
        select id from made`,
      { ...given, requests: [...given.requests], auditor: given.auditorId, at, by },
    ),
  );
  return firstOf(rows).id;
};

export const confirmRequirement = async (
  trx: Knex.Transaction,
  id: string,
  { at, by, acting }: Done & { readonly acting: Acting },
): Promise<void> => {
  await trx('audit_requirements')
    .where({ id })
    .update({
      confirmed_at: at,
      confirmed_by: by,
      confirmed_office: acting.office === 'monitoring_officer' ? acting.office : 'democratic_services',
      confirmed_capacity: acting.capacity,
    });
};

export const endRequirement = async (
  trx: Knex.Transaction,
  id: string,
  { at, by, reasons }: Done & { readonly reasons: string },
): Promise<void> => {
  await trx('audit_requirements').where({ id }).update({ ended_at: at, ended_by: by, end_reasons: reasons });
};
