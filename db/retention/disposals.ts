import type { Knex } from 'knex';
import { z } from 'zod';
import type { AppAbility } from '../../policies/permission/ability.js';
import {
  disposalStatuses,
  disposalTargets,
  type DisposalStatus,
  type DisposalTarget,
} from '../../policies/retention/disposing.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { Acting } from '../../policies/people/actor.js';
import { plainly, type Ask } from '../core/ask.js';
import { visible } from '../core/visible.js';
import { firstOf } from '../core/rows/first-of.js';
import { rowsOf } from '../core/rows/rows-of.js';
import { day, instant, whole } from '../core/rows/stored.js';
import { allowed } from '../core/rows/tables.js';
import { within } from '../core/rows/within.js';

/** Who did something, for which office. */
export interface By {
  readonly id: string;
  readonly name: string;
  readonly office: string;
  readonly capacity: string;
  readonly at: Date;
}

/** What was removed: rows by table, and values of the trail. It does not say whose they were. */
export interface Certificate {
  readonly rows: Readonly<Record<string, number>>;
  readonly trail: number;
}

/** A proposal to dispose of something, or its outcome. */
export interface DisposalRow {
  readonly id: string;
  readonly seq: number;
  readonly target: DisposalTarget;
  /** Whose; null of notifications, and once it was done. */
  readonly councillor: { readonly id: string; readonly name: string } | null;
  /** The requests that go, while they are there. */
  readonly requests: readonly { readonly id: number; readonly reference: string }[];
  /** Whether the councillor's own entry goes as well. */
  readonly whole: boolean;
  /** Of notifications: those of before this day. */
  readonly before: string | null;
  readonly status: DisposalStatus;
  readonly proposed: By;
  /** Who withdrew or confirmed it. */
  readonly settled: By | null;
  readonly certificate: Certificate | null;
}

const by = (what: string): string => `case when d.${what}_by is not null then jsonb_build_object(
  'id', d.${what}_by, 'name', (select p.name from people p where p.id = d.${what}_by),
  'office', d.${what}_office, 'capacity', d.${what}_capacity, 'at', d.${what}_at) end`;

const columns = `d.id, d.seq, d.target, d.whole, d.before, d.status, d.certificate,
  (select jsonb_build_object('id', c.id, 'name', c.name) from councillors c where c.id = d.councillor_id) as councillor,
  coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'reference', r.reference) order by r.id)
    from requests r where r.id = any (d.requests)), '[]') as requests,
  ${by('proposed')} as proposed, ${by('settled')} as settled`;

const storedBy: z.ZodType<By> = z.strictObject({
  id: z.string(),
  name: z.string(),
  office: z.string(),
  capacity: z.string(),
  at: instant,
});
const storedCertificate: z.ZodType<Certificate> = z.strictObject({
  rows: z.record(z.string(), whole),
  trail: whole,
});

/** The columns of `columns`, by their names. */
const storedDisposal: z.ZodType<DisposalRow> = z.strictObject({
  id: z.string(),
  seq: whole,
  target: z.enum(disposalTargets),
  councillor: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  requests: z.array(z.strictObject({ id: whole, reference: z.string() })),
  whole: z.boolean(),
  before: day.nullable(),
  status: z.enum(disposalStatuses),
  proposed: storedBy,
  settled: storedBy.nullable(),
  certificate: storedCertificate.nullable(),
});

/** Proposals and what came of them, the newest first, of before the one of `before`. */
export const listDisposals = (
  db: Knex,
  given: { readonly limit: number; readonly before?: number | undefined },
  ask: Ask = plainly,
): Promise<DisposalRow[]> => {
  const query = db('disposals as d').select(db.raw(columns)).orderBy('d.seq', 'desc').limit(given.limit);
  if (given.before !== undefined) void query.where('d.seq', '<', given.before);
  return ask(storedDisposal, query);
};

/** @throws NotFound */
export const findDisposal = async (db: Knex, id: string): Promise<DisposalRow> => {
  const [found] = await rowsOf(
    storedDisposal,
    db('disposals as d').select(db.raw(columns)).where('d.id', id),
  );
  if (!found) throw new NotFound();
  return found;
};

/** The same, where this person may read it. @throws NotFound */
export const findReadableDisposal = async (
  db: Knex,
  ability: AppAbility,
  id: string,
  ask: Ask = plainly,
): Promise<DisposalRow> => {
  const query = db('disposals as d').select(db.raw(columns)).where('d.id', id);
  const [found] = await ask(
    storedDisposal,
    visible(query, ability, 'read', 'Disposal', { councillorId: 'd.councillor_id' }),
  );
  if (!found) throw new NotFound();
  return found;
};

/** Holds a proposal for this transaction: a second command on it waits. */
export const lockDisposal = async (trx: Knex.Transaction, id: string): Promise<void> => {
  await trx('disposals').where({ id }).forUpdate().select('id');
};

/** @returns the id of the new proposal */
export const insertDisposal = async (
  trx: Knex.Transaction,
  proposal: (
    | {
        readonly target: 'councillor';
        readonly councillorId: string;
        readonly requests: readonly number[];
        readonly whole: boolean;
      }
    | { readonly target: 'notifications'; readonly before: string }
  ) & { readonly by: string; readonly acting: Acting; readonly at: Date },
): Promise<string> => {
  const { acting } = proposal;
  const rows = await trx('disposals')
    .insert({
      target: proposal.target,
      ...(proposal.target === 'councillor'
        ? { councillor_id: proposal.councillorId, requests: [...proposal.requests], whole: proposal.whole }
        : { before: proposal.before }),
      proposed_at: proposal.at,
      proposed_by: proposal.by,
      proposed_office: within(allowed['disposals.proposed_office'], acting.office),
      proposed_capacity: acting.capacity,
    })
    .returning('id');
  return firstOf(rows).id;
};

interface Settling {
  readonly by: string;
  readonly acting: Acting;
  readonly at: Date;
}

export const withdrawDisposal = async (
  trx: Knex.Transaction,
  id: string,
  { by: person, acting, at }: Settling,
): Promise<void> => {
  await trx('disposals')
    .where({ id })
    .update({
      status: 'withdrawn',
      settled_at: at,
      settled_by: person,
      settled_office: within(allowed['disposals.settled_office'], acting.office),
      settled_capacity: acting.capacity,
    });
};

/**
 * Carries out the proposal: deletes everything it covers, and erases it from the trail. The database checks again
 * that there are two people, that there is no hold, and that it is due.
 */
export const dispose = async (
  trx: Knex.Transaction,
  id: string,
  { by: person, acting, at }: Settling,
): Promise<Certificate> => {
  const rows = await rowsOf(
    z.strictObject({ certificate: storedCertificate }),
    trx.raw('select dispose(?, ?, ?, ?, ?) as certificate', [id, person, acting.office, acting.capacity, at]),
  );
  return firstOf(rows).certificate;
};
