import type { Knex } from 'knex';
import { z } from 'zod';
import {
  confirmingOffices,
  correctedKinds,
  correctingOffices,
  correctionStatuses,
  type Correction,
  type CorrectionStatus,
  type OriginalAddress,
  type Rejudged,
} from '../../policies/correction/correction.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { Acting } from '../../policies/people/actor.js';
import type { AppAbility } from '../../policies/permission/ability.js';
import { plainly, type Ask } from '../core/ask.js';
import { firstOf } from '../core/rows/first-of.js';
import { idOnly, moment, rowsOf } from '../core/rows/rows-of.js';
import { whole } from '../core/rows/stored.js';
import { visible, type Columns } from '../core/visible.js';
import type { SlipRow } from './slips.js';
import { saidIn } from './stored-correction.js';
import { nameOf } from '../people/name-of.js';

/** A correction, as it is on record. */
export interface CorrectionRow extends Correction {
  readonly id: string;
  readonly seq: number;
  readonly of: OriginalAddress;
  readonly reference: string | null;
  readonly visitId: string | null;
  /** By the name of its field; what stood before, where it stands nowhere else. */
  readonly was: Readonly<Record<string, unknown>> | null;
  readonly corrected: Readonly<Record<string, unknown>>;
  /** The same as it is kept: a person by id. */
  readonly says: Readonly<Record<string, unknown>>;
  readonly reasons: string;
  readonly proposedAt: Date;
  readonly proposerName: string;
  readonly settledAt: Date | null;
  readonly settlerName: string | null;
  readonly settledReasons: string | null;
}

const columns: Columns = {
  about: 'c.of_kind',
  field: 'c.of_field',
  status: 'c.status',
  personId: 'c.proposed_by',
  councillorId: 'c.councillor_id',
  hostId: 'r.host_id',
};

const values = z.record(z.string(), z.unknown());

/** The columns of `selected`, by their names. */
const storedCorrection = z.strictObject({
  id: z.string(),
  seq: whole,
  about: z.enum(correctedKinds),
  field: z.string(),
  of: z.strictObject({ kind: z.string(), id: z.string(), field: z.string() }),
  reference: z.string().nullable(),
  visitId: z.string().nullable(),
  councillorId: z.string(),
  hostId: z.string().nullable(),
  personId: z.string(),
  office: z.enum(correctingOffices),
  confirmedBy: z.enum(confirmingOffices).nullable(),
  was: values.nullable(),
  corrected: values,
  says: values,
  reasons: z.string(),
  status: z.enum(correctionStatuses),
  proposedAt: moment,
  proposerName: z.string(),
  settledAt: moment.nullable(),
  settlerName: z.string().nullable(),
  settledReasons: z.string().nullable(),
});

const selected = `c.id, c.seq, c.of_kind as about, c.of_field as field,
  jsonb_build_object('kind', c.of_kind, 'id', c.of_id, 'field', c.of_field) as "of", r.reference, c.visit_id as "visitId",
  coalesce(c.councillor_id::text, '') as "councillorId", r.host_id as "hostId", c.proposed_by as "personId", c.office,
  c.confirmer as "confirmedBy", ${saidIn('was')} as was, ${saidIn('corrected')} as corrected, c.corrected as says, c.reasons, c.status, c.proposed_at as "proposedAt",
  ${nameOf('c.proposed_by')} as "proposerName", c.settled_at as "settledAt",
  ${nameOf('c.settled_by')} as "settlerName", c.settled_reasons as "settledReasons"`;

const load = async (
  db: Knex,
  ability: AppAbility,
  narrow: (query: Knex.QueryBuilder) => void,
  ask: Ask,
): Promise<CorrectionRow[]> => {
  const query = db('corrections as c')
    .leftJoin('requests as r', 'r.id', 'c.request_id')
    .select(db.raw(selected));
  narrow(query);
  const rows = await ask(storedCorrection, visible(query, ability, 'read', 'Correction', columns));
  return rows.map((row) => ({ kind: 'Correction', ...row }));
};

/** The corrections that this person may read, newest first, of before the one of `before`. */
export const listCorrections = (
  db: Knex,
  ability: AppAbility,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
  ask: Ask = plainly,
): Promise<CorrectionRow[]> =>
  load(
    db,
    ability,
    (query) => {
      void query.orderBy('c.seq', 'desc').limit(limit);
      if (before !== undefined) void query.where('c.seq', '<', before);
    },
    ask,
  );

/** One correction, if this person may read it. @throws NotFound */
export const findCorrection = async (
  db: Knex,
  ability: AppAbility,
  id: string,
  ask: Ask = plainly,
): Promise<CorrectionRow> => {
  const [found] = await load(db, ability, (query) => void query.where('c.id', id), ask);
  if (!found) throw new NotFound();
  return found;
};

interface Done {
  readonly by: string;
  readonly acting: Acting;
  readonly at: Date;
}

/** Records a correction beside its original. @returns its id */
export const insertCorrection = async (
  trx: Knex.Transaction,
  slip: SlipRow,
  given: Done & {
    readonly corrected: Readonly<Record<string, unknown>>;
    readonly was: Readonly<Record<string, unknown>> | null;
    readonly reasons: string;
  },
): Promise<string> => {
  const rows = await rowsOf(
    idOnly,
    trx('corrections')
      .insert({
        of_kind: slip.of.kind,
        of_id: slip.of.id,
        of_field: slip.of.field,
        request_id: slip.requestId,
        visit_id: slip.visitId,
        councillor_id: slip.councillorId === '' ? null : slip.councillorId,
        office: slip.office,
        confirmer: slip.confirmedBy,
        was: given.was === null ? null : JSON.stringify(given.was),
        corrected: JSON.stringify(given.corrected),
        reasons: given.reasons,
        proposed_at: given.at,
        proposed_by: given.by,
        proposed_capacity: given.acting.capacity,
        status: slip.confirmedBy === null ? 'counts' : 'waiting',
      })
      .returning('id'),
  );
  return firstOf(rows).id;
};

/** Settles a correction that waits. */
export const settleCorrection = async (
  trx: Knex.Transaction,
  id: string,
  given: Done & {
    readonly status: Exclude<CorrectionStatus, 'waiting'>;
    readonly reasons?: string;
    /** Of an attendance that counts as corrected from now on. */
    readonly judged?: Rejudged | null;
  },
): Promise<void> => {
  await trx('corrections')
    .where({ id })
    .update({
      status: given.status,
      settled_at: given.at,
      settled_by: given.by,
      settled_capacity: given.acting.capacity,
      settled_reasons: given.reasons ?? null,
      ...(given.judged ? { judged: JSON.stringify(given.judged) } : {}),
    });
};

/** The same, locked until the transaction ends, for who settles it. @throws NotFound */
export const lockCorrection = (
  trx: Knex.Transaction,
  ability: AppAbility,
  id: string,
): Promise<CorrectionRow> =>
  findCorrection(trx, ability, id, (row, query) => rowsOf(row, query.forNoKeyUpdate('c')));
