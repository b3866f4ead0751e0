import type { Knex } from 'knex';
import { z } from 'zod';
import {
  defaultSchedule,
  type Kept,
  type RetentionKind,
  type Schedule,
} from '../../policies/retention/retention.js';
import { planned, type Ask } from '../core/ask.js';
import { firstOf } from '../core/rows/first-of.js';
import { rowsOf } from '../core/rows/rows-of.js';
import { asJsonList, day, whole } from '../core/rows/stored.js';

/** How many months each kind is kept. */
export const retentionSchedule = async (db: Knex): Promise<Schedule> => {
  const rows = await db('retention_schedule').select('kind', 'months');
  const months = (kind: RetentionKind): number =>
    rows.find((row) => row.kind === kind)?.months ?? defaultSchedule[kind];
  return {
    requests: months('requests'),
    councillors: months('councillors'),
    notifications: months('notifications'),
  };
};

/** Sets for how many months a kind is kept from now on. */
export const setRetention = async (
  trx: Knex.Transaction,
  kind: RetentionKind,
  months: number,
): Promise<void> => {
  await trx('retention_schedule').where({ kind }).update({ months });
};

/** A councillor with what decides how long their data is kept. */
export interface KeptOf {
  readonly councillorId: string;
  readonly name: string;
  readonly kept: Kept;
  /** The open proposal to dispose of what is due; null if there is none. */
  readonly proposalId: string | null;
}

const madeOn = `(r.created_at at time zone 'Europe/London')::date`;

const listed = (columns: string, from: string): string =>
  `coalesce((select jsonb_agg(${columns}) from ${from}), '[]')`;

/**
 * Links between requests: a draft and the request that opened it, a stage and the one before, a freeze and its
 * incident.
 */
const links = `
  select r.id as one, r.opened_by as other from requests r where r.opened_by is not null and r.councillor_id = c.id
  union
  select r.id, p.id from requests r
    join request_versions v on v.request_id = r.id and v.content \\? 'continues'
    join requests p on p.reference = v.content->>'continues'
    where r.councillor_id = c.id
  union
  select r.id, i.request_id from requests r
    join grants g on g.request_id = r.id
    join grant_freezes f on f.grant_id = g.id
    join incidents i on i.id = f.incident_id
    where r.councillor_id = c.id and i.request_id <> r.id`;

const columns = `c.id as "councillorId", c.name,
  (select d.id from disposals d where d.target = 'councillor' and d.councillor_id = c.id and d.status = 'proposed')
    as "proposalId",
  jsonb_build_object(
    'terms', coalesce(
      (select jsonb_agg(h.facts->'term' order by h.seq) from register_history h where h.councillor_id = c.id),
      jsonb_build_array(jsonb_build_object('from', c.term_from, 'to', c.term_to))),
    'requests', ${listed(
      `jsonb_build_object('id', r.id, 'reference', r.reference, 'madeOn', ${madeOn}, 'openIncident', exists (
        select from incidents i left join grants g on g.id = i.grant_id
          where i.closed_at is null and (i.request_id = r.id or g.request_id = r.id))) order by r.id`,
      'requests r where r.councillor_id = c.id',
    )},
    'links', ${listed('jsonb_build_array(one, other)', `(${links}) as linked`)},
    'openIncident', exists (select from incidents i where i.councillor_id = c.id and i.closed_at is null),
    'holds', jsonb_build_object(
      'councillor', exists (select from legal_holds h
        where h.councillor_id = c.id and h.request_id is null and h.lifted_at is null)
        or exists (select from access_requests a where a.councillor_id = c.id and a.released_at is null),
      'requests', ${listed(
        'h.request_id',
        'legal_holds h where h.councillor_id = c.id and h.request_id is not null and h.lifted_at is null',
      )})
  ) as kept`;

/** The columns of `columns`, by their names. */
const storedKept: z.ZodType<KeptOf> = z.strictObject({
  councillorId: z.string(),
  name: z.string(),
  proposalId: z.string().nullable(),
  kept: z.strictObject({
    terms: z.array(z.strictObject({ from: day, to: day.nullable() })),
    requests: z.array(
      z.strictObject({ id: whole, reference: z.string(), madeOn: day, openIncident: z.boolean() }),
    ),
    links: z.array(z.tuple([whole, whole])),
    openIncident: z.boolean(),
    holds: z.strictObject({ councillor: z.boolean(), requests: z.array(whole) }),
  }),
});

/** One councillor; null if there is none of that id. */
export const keptOf = async (db: Knex, councillorId: string): Promise<KeptOf | null> => {
  const [found] = await rowsOf(
    storedKept,
    db('councillors as c').select(db.raw(columns)).where('c.id', councillorId),
  );
  return found ?? null;
};

/** Where a list of what is kept too long goes on, and how long it is. */
export interface KeptPage {
  /** `YYYY-MM-DD` in London. */
  readonly today: string;
  readonly limit: number;
  readonly after?: { readonly councillorId: string } | undefined;
}

/**
 * Councillors with data kept past its time, the longest overdue first, after the one named in `after`; with or
 * without a hold, so that people see what a hold keeps. Reads by the stored day (0022_due_days), so that a page costs
 * the same however much is on record.
 */
export const keptTooLong = (db: Knex, page: KeptPage): Promise<KeptOf[]> =>
  rowsOf(storedKept, keptTooLongQuery(db, page));

const keptTooLongQuery = (db: Knex, { today, limit, after }: KeptPage): Knex.QueryBuilder => {
  const query = db('runtime.disposal_days as k')
    .join('councillors as c', 'c.id', 'k.councillor_id')
    .select(db.raw(columns))
    .whereRaw('k.due_from <= ?::date', [today])
    .orderByRaw('k.due_from, k.councillor_id')
    .limit(limit);
  if (after) {
    void query.whereRaw(
      `(k.due_from, k.councillor_id) > (coalesce((select due_from from runtime.disposal_days
        where councillor_id = ?::uuid), '-infinity'), ?::uuid)`,
      [after.councillorId, after.councillorId],
    );
  }
  return query;
};

/** The lock for a disposal of a councillor's data: every other change to it waits. */
export const lockForDisposal = async (trx: Knex.Transaction, councillorId: string): Promise<void> => {
  await trx('councillors').where({ id: councillorId }).forUpdate().select('id');
};

const messagesWrittenBefore = (db: Knex, before: string): Knex.QueryBuilder =>
  db('messages')
    .whereRaw(`created_at < ?::date::timestamp at time zone 'Europe/London'`, [before])
    .select(db.raw('count(*)::int as count'));

/** How many messages were written before that day. */
export const messagesBefore = async (db: Knex, before: string): Promise<number> => {
  const rows = await rowsOf(z.strictObject({ count: whole }), messagesWrittenBefore(db, before));
  return firstOf(rows).count;
};

/** Data kept past its time, notifications and councillors, in one statement. */
export interface KeptOnRecord {
  /** How many notifications were written before that day. */
  readonly count: number;
  /** The open proposal about them; null if there is none. */
  readonly proposalId: string | null;
  readonly councillors: readonly KeptOf[];
}

const storedPage = z.strictObject({
  count: whole,
  proposalId: z.string().nullable(),
  councillors: z.array(storedKept),
  shown: whole,
});

/**
 * Data kept past its time.
 * @param before notifications of the days before this one
 * @param ask gets `shown`, the number of councillors on the page, which is at most `limit` minus one
 */
export const findKeptTooLong = async (
  db: Knex,
  before: string,
  page: KeptPage,
  ask: Ask = planned,
): Promise<KeptOnRecord> => {
  const counted = db.select(
    db.raw('(?) as count', [messagesWrittenBefore(db, before)]),
    db.raw('(?) as "proposalId"', [
      db('disposals').where({ target: 'notifications', status: 'proposed' }).select('id').limit(1),
    ]),
    db.raw('? as councillors', [asJsonList(db, keptTooLongQuery(db, page))]),
  );
  const query = db
    .from(counted.as('found'))
    .select(
      'found.*',
      db.raw('least(jsonb_array_length(found.councillors), ?::int) as shown', [page.limit - 1]),
    );
  const { shown: _shown, ...found } = firstOf(await ask(storedPage, query));
  return found;
};
