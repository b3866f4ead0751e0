import type { Knex } from 'knex';
import type { Capacity } from '../../policies/core/office.js';
import type { Named } from '../../policies/core/separated.js';
import type { ObservationRequest } from '../../policies/request/request.js';
import type { DirectingBody, DirectionEffect, Review } from '../../policies/request/reviewed.js';
import { together } from '../core/together.js';

/**
 * Reviews of refusals, directions, the people named by the Chief Executive, and the new version that a remittal
 * makes.
 */

type Row = Pick<ObservationRequest, 'id' | 'version'>;

/** The councillor asks for a review of the version that was refused. */
export const askReview = async (
  trx: Knex.Transaction,
  row: Row,
  given: {
    readonly reasons: string;
    /** Why it is asked for late; null where it is in time. */
    readonly late: string | null;
    readonly personId: string;
    readonly at: Date;
  },
): Promise<void> => {
  await trx('reviews').insert({
    request_id: row.id,
    version: row.version,
    reasons: given.reasons,
    late_because: given.late,
    asked_by: given.personId,
    asked_at: given.at,
  });
};

/** Writes what came of the review that waits: once, as the database holds too. */
export const closingReview = (
  trx: Knex.Transaction,
  row: Row,
  given: {
    readonly outcome: NonNullable<Review['outcome']>;
    /** Null where a direction has come before any decision. */
    readonly reasons: string | null;
    readonly personId: string;
    readonly capacity: Capacity;
    readonly deputyFor: string | null;
    readonly at: Date;
  },
): Knex.QueryBuilder =>
  trx('reviews').where({ request_id: row.id, version: row.version }).update({
    outcome: given.outcome,
    decision_reasons: given.reasons,
    decided_at: given.at,
    decided_by: given.personId,
    capacity: given.capacity,
    deputy_for: given.deputyFor,
  });

/** Writes that the review which was asked for late is heard: once, as the database holds too. */
export const acceptingLate = (
  trx: Knex.Transaction,
  row: Row,
  given: { readonly reasons: string; readonly personId: string; readonly at: Date },
): Knex.QueryBuilder =>
  trx('reviews').where({ request_id: row.id, version: row.version }).update({
    accepted_at: given.at,
    accepted_by: given.personId,
    accept_reasons: given.reasons,
  });

/** Records that somebody has a refusal decided afresh that nobody asked them to look at again. */
export const addingRemittal = (
  trx: Knex.Transaction,
  row: Row,
  given: {
    readonly reasons: string;
    readonly ownBecause: string | null;
    readonly personId: string;
    readonly capacity: Capacity;
    readonly deputyFor: string | null;
    readonly at: Date;
  },
): Knex.QueryBuilder =>
  trx('remittals').insert({
    request_id: row.id,
    version: row.version,
    reasons: given.reasons,
    own_because: given.ownBecause,
    remitted_at: given.at,
    remitted_by: given.personId,
    capacity: given.capacity,
    deputy_for: given.deputyFor,
  });

/** Records the person named by the Chief Executive for an office; from now on they may read the request. */
export const addNamed = async (
  trx: Knex.Transaction,
  row: Row,
  given: {
    readonly office: Named['office'];
    readonly personId: string;
    readonly namedBy: string;
    readonly authority: string;
    readonly recordedBy: string;
    readonly at: Date;
  },
): Promise<void> => {
  await together(trx, [
    trx('named_people').insert({
      request_id: row.id,
      office: given.office,
      person_id: given.personId,
      named_by: given.namedBy,
      authority: given.authority,
      recorded_by: given.recordedBy,
      recorded_at: given.at,
    }),
    trx('requests')
      .where({ id: row.id })
      .update({
        named_ids: trx.raw(
          'case when named_ids @> array[?::uuid] then named_ids else named_ids || ?::uuid end',
          [given.personId, given.personId],
        ),
      }),
  ]);
};

/** Records what a committee or a court has directed about the refusal. */
export const addingDirection = (
  trx: Knex.Transaction,
  row: Row,
  given: {
    readonly body: string;
    readonly date: string;
    readonly minute: string;
    readonly effect: DirectionEffect;
    readonly givenBy: DirectingBody;
    /** The request that was opened because of it; null where the same one is opened again. */
    readonly afresh: string | null;
    readonly personId: string;
    readonly capacity: Capacity;
    readonly at: Date;
  },
): Knex.QueryBuilder =>
  trx('directions').insert({
    request_id: row.id,
    version: row.version,
    body: given.body,
    given_on: given.date,
    minute: given.minute,
    effect: given.effect,
    given_by: given.givenBy,
    afresh_id:
      given.afresh === null ? null : trx('requests').where({ reference: given.afresh }).select('id').limit(1),
    recorded_by: given.personId,
    capacity: given.capacity,
    recorded_at: given.at,
  });

/**
 * The same text as a new version, before the offices again. One statement changes version and status: nothing else
 * reopens a refused request.
 */
export const remittingAsNewVersion = (
  trx: Knex.Transaction,
  row: Pick<ObservationRequest, 'id' | 'version' | 'content'>,
  given: { readonly at: Date; readonly dueOn: string | null },
): Knex.QueryBuilder[] => {
  const version = row.version + 1;
  return [
    trx('request_versions').insert({
      request_id: row.id,
      version,
      content: JSON.stringify(row.content),
      created_at: given.at,
    }),
    trx('requests').where({ id: row.id }).update({
      status: 'submitted',
      version,
      decided_at: null,
      due_on: given.dueOn,
      remitted_at: given.at,
      remitted_from: row.version,
    }),
  ];
};
