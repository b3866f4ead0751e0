import type { Knex } from 'knex';
import { z } from 'zod';
import type { AppAbility } from '../../policies/permission/ability.js';
import {
  holdCauses,
  type HoldCause,
  type HoldFile,
  type HoldStatus,
} from '../../policies/legal-hold/legal-hold.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { Acting } from '../../policies/people/actor.js';
import { capacities, offices, type Capacity, type Office } from '../../policies/core/office.js';
import { plainly, planned, type Ask } from '../core/ask.js';
import { moment } from '../core/rows/rows-of.js';
import { whole } from '../core/rows/stored.js';
import { conflictsOf, storedConflict } from '../core/rows/separation.js';
import { visible, type Columns } from '../core/visible.js';
import { firstOf } from '../core/rows/first-of.js';
import { allowed } from '../core/rows/tables.js';
import { within } from '../core/rows/within.js';

/** Who placed or lifted it, and for which office. */
export interface HoldBy {
  readonly name: string;
  readonly office: Office;
  readonly capacity: Capacity;
}

/** A legal hold as it is on record: of one request, or where none is named of everything of a councillor's. */
export interface HoldRow extends HoldFile {
  readonly id: string;
  /** Its place in the list. */
  readonly seq: number;
  readonly reference: string | null;
  readonly councillorName: string;
  readonly because: HoldCause;
  readonly reasons: string;
  readonly placedAt: Date;
  readonly placedBy: HoldBy;
  /** Null while the hold is active. */
  readonly lifted: { readonly by: HoldBy; readonly reasons: string } | null;
}

const columns: Columns = { councillorId: 'h.councillor_id' };

const by = (who: string, prefix: string): string => `jsonb_build_object(
  'name', (select p.name from people p where p.id = h.${who}),
  'office', h.${prefix}office, 'capacity', h.${prefix}capacity)`;

const selected = `h.id, h.seq, r.reference, h.councillor_id as "councillorId",
  (select c.name from councillors c where c.id = h.councillor_id) as "councillorName",
  h.because, h.reasons, h.placed_at as "placedAt", ${by('placed_by', '')} as "placedBy", h.lifted_at as "liftedAt",
  case when h.lifted_at is not null then jsonb_build_object(
    'by', ${by('lifted_by', 'lifted_')}, 'reasons', h.lift_reasons) end as lifted,
  ${conflictsOf('h.councillor_id')} as conflicts`;

const storedBy: z.ZodType<HoldBy> = z.strictObject({
  name: z.string(),
  office: z.enum(offices),
  capacity: z.enum(capacities),
});

/** The columns of `selected`, by their names. */
const storedHold: z.ZodType<Omit<HoldRow, 'kind'>> = z.strictObject({
  id: z.string(),
  seq: whole,
  reference: z.string().nullable(),
  councillorId: z.string(),
  councillorName: z.string(),
  because: z.enum(holdCauses),
  reasons: z.string(),
  placedAt: moment,
  placedBy: storedBy,
  liftedAt: moment.nullable(),
  lifted: z.strictObject({ by: storedBy, reasons: z.string() }).nullable(),
  conflicts: z.array(storedConflict),
});

const load = async (
  db: Knex,
  ability: AppAbility,
  narrow: (query: Knex.QueryBuilder) => void,
  ask: Ask,
): Promise<HoldRow[]> => {
  const query = db('legal_holds as h')
    .leftJoin('requests as r', 'r.id', 'h.request_id')
    .select(db.raw(selected));
  narrow(query);
  const rows = await ask(storedHold, visible(query, ability, 'read', 'Hold', columns));
  return rows.map((row) => ({ kind: 'Hold', ...row }));
};

/** The holds this person may read, newest first, of before the one of `before`; constant cost at any depth. */
export const listHolds = async (
  db: Knex,
  ability: AppAbility,
  {
    limit,
    before,
    status,
  }: {
    readonly limit: number;
    readonly before?: number | undefined;
    readonly status?: HoldStatus | undefined;
  },
  ask: Ask = plainly,
): Promise<HoldRow[]> => {
  const narrow = (query: Knex.QueryBuilder): void => {
    void query.orderBy('h.seq', 'desc').limit(limit);
    if (before !== undefined) void query.where('h.seq', '<', before);
    if (status === 'standing') void query.whereNull('h.lifted_at');
    if (status === 'lifted') void query.whereNotNull('h.lifted_at');
  };
  return load(db, ability, narrow, ask);
};

/** One hold, if this person may read it. @throws NotFound */
export const findHold = async (
  db: Knex,
  ability: AppAbility,
  id: string,
  ask: Ask = plainly,
): Promise<HoldRow> => {
  const [hold] = await load(db, ability, (query) => void query.where('h.id', id), ask);
  if (!hold) throw new NotFound();
  return hold;
};

/**
 * The subject under which the trail records entries about a hold, without a check of who may read it; null if there
 * is no hold of that id.
 */
export const subjectOfHold = async (
  db: Knex,
  id: string,
): Promise<{ readonly reference: string | null; readonly councillorId: string } | null> => {
  const [found] = await planned(
    z.strictObject({ reference: z.string().nullable(), councillorId: z.string() }),
    db('legal_holds as h')
      .leftJoin('requests as r', 'r.id', 'h.request_id')
      .where('h.id', id)
      .select('r.reference', 'h.councillor_id as councillorId'),
  );
  return found ?? null;
};

interface Done {
  readonly by: string;
  readonly acting: Acting;
  readonly at: Date;
  readonly reasons: string;
}

/** @returns the id of the new hold */
export const insertHold = async (
  trx: Knex.Transaction,
  hold: Done & {
    readonly councillorId: string;
    /** Null for everything of the councillor's. */
    readonly requestId: number | null;
    readonly because: HoldCause;
  },
): Promise<string> => {
  const rows = await trx('legal_holds')
    .insert({
      councillor_id: hold.councillorId,
      request_id: hold.requestId,
      because: hold.because,
      reasons: hold.reasons,
      placed_at: hold.at,
      placed_by: hold.by,
      office: within(allowed['legal_holds.office'], hold.acting.office),
      capacity: hold.acting.capacity,
    })
    .returning('id');
  return firstOf(rows).id;
};

export const liftHold = async (
  trx: Knex.Transaction,
  id: string,
  { by: person, acting, at, reasons }: Done,
): Promise<void> => {
  await trx('legal_holds').where({ id }).update({
    lifted_at: at,
    lifted_by: person,
    lifted_office: acting.office,
    lifted_capacity: acting.capacity,
    lift_reasons: reasons,
  });
};
