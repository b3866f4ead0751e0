import type { Knex } from 'knex';
import { z } from 'zod';
import type { AppAbility } from '../../policies/permission/ability.js';
import type { Candidate } from '../../policies/request/hosting.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { ObservationRequest, RequestContent, RequestStatus } from '../../policies/request/request.js';
import type { ObservationTypeKey } from '../../policies/core/observation-types.js';
import { plainly, planned, type Ask } from '../core/ask.js';
import { prepared } from '../core/plans/prepared.js';
import { visible } from '../core/visible.js';
import { rowsOf } from '../core/rows/rows-of.js';
import { asJson, storedAs } from '../core/rows/stored.js';
import { numbered, numberedReference } from './numbering.js';
import { requestColumns, requestSelected } from './request-columns.js';
import { storedRequest, toRequest } from './stored-request.js';
import { firstOf } from '../core/rows/first-of.js';

const storedRow = storedAs(storedRequest);
const requestOf = ({ stored }: z.infer<typeof storedRow>): ObservationRequest => toRequest(stored);

/**
 * The request of that reference, if this person may read it: visibility is in the WHERE.
 * @throws NotFound if it does not exist, or this person may not read it
 */
export const find = async (db: Knex, ability: AppAbility, reference: string): Promise<ObservationRequest> => {
  const query = db('requests as r')
    .select(db.raw(asJson(requestSelected)))
    .where('r.reference', reference);
  const [row] = await planned(storedRow, visible(query, ability, 'read', 'Request', requestColumns));
  if (!row) throw new NotFound();
  return requestOf(row);
};

/**
 * The same, with the row locked until the transaction ends, so that the second caller sees the work of the first. The
 * lock comes before the read: under READ COMMITTED the read then sees the newest row.
 * @throws NotFound like `find`
 */
export const lock = async (
  trx: Knex.Transaction,
  ability: AppAbility,
  reference: string,
): Promise<ObservationRequest> => {
  await prepared(
    visible(
      trx('requests as r').select('r.id').where('r.reference', reference).forNoKeyUpdate('r'),
      ability,
      'read',
      'Request',
      requestColumns,
    ),
  );
  return find(trx, ability, reference);
};

/**
 * Locks a councillor's requests that are before the offices, in order, until the transaction ends: a decision either
 * sees a new record about the councillor or is made before it.
 */
export const lockOpenOf = async (trx: Knex.Transaction, councillorId: string): Promise<void> => {
  await trx('requests')
    .where({ councillor_id: councillorId, status: 'submitted' })
    .orderBy('id')
    .forNoKeyUpdate()
    .select('id');
};

export interface RequestFilter {
  readonly status?: RequestStatus | undefined;
  readonly observationType?: ObservationTypeKey | undefined;
  /** Due on that day or before. */
  readonly due?: string | undefined;
  readonly limit: number;
  /** `due` lists requests with something due, the earliest first; otherwise newest first. */
  readonly order?: 'due' | undefined;
  /** Newest first: the id of the last row of the page before. */
  readonly before?: number | undefined;
  /** In order of `due`: when the last row of the page before is due, and its id. */
  readonly after?: { readonly due: string; readonly id: number } | undefined;
}

/** The requests this person may read, newest first or by due date; constant cost at any depth. */
export const list = async (
  db: Knex,
  ability: AppAbility,
  filter: RequestFilter,
  ask: Ask = plainly,
): Promise<ObservationRequest[]> => {
  const query = db('requests as r')
    .select(db.raw(asJson(requestSelected)))
    .limit(filter.limit);
  if (filter.order === 'due') void query.whereNotNull('r.due_on').orderBy(['r.due_on', 'r.id']);
  else void query.orderBy('r.id', 'desc');
  if (filter.status) void query.where('r.status', filter.status);
  if (filter.observationType) void query.where('r.observation_type', filter.observationType);
  if (filter.due) void query.where('r.due_on', '<=', filter.due);
  if (filter.before !== undefined) void query.where('r.id', '<', filter.before);
  if (filter.after)
    void query.whereRaw('(r.due_on, r.id) > (?::date, ?)', [filter.after.due, filter.after.id]);
  const rows = await ask(storedRow, visible(query, ability, 'read', 'Request', requestColumns));
  return rows.map(requestOf);
};

/**
 * A request that has come to one of these stages, locked until the transaction ends, without a check of who may read it;
 * null if it is at none of them any more.
 */
export const lockAt = async (
  trx: Knex.Transaction,
  reference: string,
  stages: readonly RequestStatus[],
): Promise<ObservationRequest | null> => {
  const locked = await trx('requests')
    .where({ reference })
    .whereIn('status', [...stages])
    .forNoKeyUpdate()
    .first('id');
  if (!locked) return null;
  const [row] = await rowsOf(
    storedRow,
    trx('requests as r')
      .select(trx.raw(asJson(requestSelected)))
      .where('r.reference', reference),
  );
  return row ? requestOf(row) : null;
};

/** The undecided requests whose window is over, by reference, the oldest first. Whether it closes them, the rules say. */
export const undecidedPast = async (db: Knex, today: string): Promise<string[]> => {
  const rows = await rowsOf(
    z.strictObject({ reference: z.string() }),
    db('requests as r')
      .join('request_versions as v', (on) => {
        on.on('v.request_id', 'r.id').andOn('v.version', 'r.version');
      })
      .whereIn('r.status', ['submitted', 'returned'])
      .whereRaw(`(v.content->'window'->>'to')::date < ?::date`, [today])
      .orderBy('r.id')
      .select('r.reference'),
  );
  return rows.map(({ reference }) => reference);
};

/** A request whose clock may run, and whether the receipt written to the councillor has not gone out. */
export interface WaitingRequest {
  readonly row: ObservationRequest;
  readonly unacknowledged: boolean;
}

const waitingRow = storedRow.extend({ unacknowledged: z.boolean() });

/**
 * Requests before the offices or the councillor, and recent refusals or refusals under review, in order of id: for
 * the service's own work, so without a check of who may read them.
 */
export const waitingRequests = async (
  db: Knex,
  {
    refusedSince,
    after,
    limit,
    only,
  }: {
    readonly refusedSince: Date;
    readonly after: number;
    readonly limit: number;
    /** No others than these, by id. */
    readonly only?: readonly number[] | undefined;
  },
): Promise<WaitingRequest[]> => {
  const query = db('requests as r')
    .select(
      db.raw(asJson(requestSelected)),
      db.raw(`exists (select from messages m where m.reference = r.reference
        and m.kind = 'request_received' and m.sent_at is null) as unacknowledged`),
    )
    .where('r.id', '>', after)
    .where((which) => {
      if (only !== undefined) void which.whereRaw('r.id = any(?::bigint[])', [[...only]]);
    })
    .where((which) => {
      void which.whereIn('r.status', ['submitted', 'returned']).orWhere((reviewable) => {
        void reviewable.whereIn('r.status', ['refused', 'approved', 'time_passed']).whereRaw(
          `((r.status = 'refused' and r.decided_at > ?) or r.time_passed_at > ?
              or exists (select from grants g where g.request_id = r.id and g.ended_at > ?)
              or exists (select from reviews v
                where v.request_id = r.id and v.version = r.version and v.outcome is null))`,
          [refusedSince, refusedSince, refusedSince],
        );
      });
    })
    .orderBy('r.id')
    .limit(limit);
  const rows = await rowsOf(waitingRow, query);
  return rows.map((row) => ({ row: requestOf(row), unacknowledged: row.unacknowledged }));
};

/** Writes a new draft at version 1 and gives it the next reference of the year, such as `OBS-2026-0001`. */
export const insert = async (
  trx: Knex.Transaction,
  draft: {
    readonly councillorId: string;
    readonly content: RequestContent;
    readonly at: Date;
    readonly year: string;
    /** The request whose wish for papers it answers. */
    readonly openedBy?: number;
  },
): Promise<string> => {
  const rows = await rowsOf(
    z.strictObject({ reference: z.string() }),
    trx.raw(
      `with ${numbered},
      made as (insert into requests (reference, councillor_id, observation_type, created_at, opened_by)
        select ${numberedReference}, :councillor, :type, :at, :openedBy
          from numbered returning id, reference),
      written as (insert into request_versions (request_id, version, content, created_at)
        select id, 1, :content, :at from made)
      select reference from made`,
      {
        year: Number(draft.year),
        councillor: draft.councillorId,
        type: draft.content.observationType ?? null,
        at: draft.at,
        openedBy: draft.openedBy ?? null,
        content: JSON.stringify(draft.content),
      },
    ),
  );
  return firstOf(rows).reference;
};

/** The next version of a request's content, which becomes the current one: two writes that belong together. */
export const addingVersion = (
  trx: Knex.Transaction,
  row: Pick<ObservationRequest, 'id' | 'version'>,
  {
    content,
    at,
    dueOn,
  }: {
    readonly content: RequestContent;
    readonly at: Date;
    /** When the request is due from now on; left out where that stays. */
    readonly dueOn?: string | null | undefined;
  },
): Knex.QueryBuilder[] => {
  const version = row.version + 1;
  return [
    trx('request_versions').insert({
      request_id: row.id,
      version,
      content: JSON.stringify(content),
      created_at: at,
    }),
    trx('requests')
      .where({ id: row.id })
      .update({
        version,
        observation_type: content.observationType ?? null,
        ...(dueOn === undefined ? {} : { due_on: dueOn }),
      }),
  ];
};

export interface RequestChange {
  readonly status?: RequestStatus;
  readonly submittedAt?: Date;
  readonly dueOn?: string | null;
  readonly decidedAt?: Date;
  readonly withdrawnAt?: Date;
  readonly timePassedAt?: Date;
  readonly host?: { readonly hostId: string; readonly managerId: string };
  /** Records the person who acts for an office, who then keeps reading what they acted on. */
  readonly actedBy?: string;
}

/** Writes the changed columns of the row. */
export const save = async (trx: Knex.Transaction, id: number, change: RequestChange): Promise<void> => {
  await saving(trx, id, change);
};

/** The same as a write that goes with others. */
export const saving = (trx: Knex.Transaction, id: number, change: RequestChange): Knex.QueryBuilder =>
  trx('requests')
    .where({ id })
    .update({
      ...(change.status === undefined ? {} : { status: change.status }),
      ...(change.submittedAt === undefined ? {} : { submitted_at: change.submittedAt }),
      ...(change.dueOn === undefined ? {} : { due_on: change.dueOn }),
      ...(change.decidedAt === undefined ? {} : { decided_at: change.decidedAt }),
      ...(change.withdrawnAt === undefined ? {} : { withdrawn_at: change.withdrawnAt }),
      ...(change.timePassedAt === undefined ? {} : { time_passed_at: change.timePassedAt }),
      ...(change.host === undefined
        ? {}
        : { host_id: change.host.hostId, manager_id: change.host.managerId }),
      ...(change.actedBy === undefined
        ? {}
        : {
            acted_by: trx.raw(
              'case when acted_by @> array[?::uuid] then acted_by else acted_by || ?::uuid end',
              [change.actedBy, change.actedBy],
            ),
          }),
    });

/** Notes on a request that somebody has acted on it: they keep reading it. Changes nothing where it is noted already. */
export const actingOn = (trx: Knex.Transaction, reference: string, personId: string): Knex.QueryBuilder =>
  trx('requests')
    .where({ reference })
    .whereRaw('not acted_by @> array[?::uuid]', [personId])
    .update({ acted_by: trx.raw('acted_by || ?::uuid', [personId]) });

const storedDefault = z.strictObject({
  hostId: z.string(),
  hostCouncillor: z.string().nullable(),
  managerId: z.string(),
  managerCouncillor: z.string().nullable(),
});

/** The host and line manager who are named by default for a type; null where none are, or either is suspended. */
export const defaultHost = async (
  db: Knex,
  type: ObservationTypeKey,
): Promise<{ readonly host: Candidate; readonly manager: Candidate } | null> => {
  const [found] = await rowsOf(
    storedDefault,
    db('default_hosts as d')
      .join('people as h', 'h.id', 'd.host_id')
      .join('people as m', 'm.id', 'd.manager_id')
      .where('d.observation_type', type)
      .whereNull('h.suspended_at')
      .whereNull('m.suspended_at')
      .select(
        'h.id as hostId',
        'h.councillor_id as hostCouncillor',
        'm.id as managerId',
        'm.councillor_id as managerCouncillor',
      ),
  );
  if (!found) return null;
  return {
    host: { id: found.hostId, councillorId: found.hostCouncillor },
    manager: { id: found.managerId, councillorId: found.managerCouncillor },
  };
};

/** Notes that the request went back to the councillor, with the questions put. */
export const addReturn = async (
  trx: Knex.Transaction,
  row: ObservationRequest,
  given: {
    readonly questions: string;
    readonly personId: string;
    readonly office: string;
    readonly capacity: string;
    readonly at: Date;
  },
): Promise<void> => {
  await trx('request_returns').insert({
    request_id: row.id,
    version: row.version,
    questions: given.questions,
    person_id: given.personId,
    office: given.office,
    capacity: given.capacity,
    returned_at: given.at,
  });
};

/** Notes that the councillor has handed the request in again. */
export const endReturn = async (trx: Knex.Transaction, id: number, at: Date): Promise<void> => {
  await trx('request_returns')
    .where({ request_id: id })
    .whereNull('resubmitted_at')
    .update({ resubmitted_at: at });
};
