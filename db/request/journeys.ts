import type { Knex } from 'knex';
import { z } from 'zod';
import type { AppAbility } from '../../policies/permission/ability.js';
import type { Continued, Stage } from '../../policies/request/journey.js';
import type { JourneyCases } from '../../policies/visit/visiting.js';
import { requestColumns } from './request-columns.js';
import { rowsOf } from '../core/rows/rows-of.js';
import { day } from '../core/rows/stored.js';
import { visible } from '../core/visible.js';
import { storedType } from './stored-request.js';
import { requestStatuses } from '../../policies/request/request.js';

/** The stages of a child's journey, by the requests that continue one another. */

const continues = `(select v.content->>'continues' from request_versions v
  where v.request_id = r.id and v.version = r.version)`;

/**
 * The statuses that hold a stage: a draft does not hold one yet, and a refused or withdrawn request no longer does.
 */
const live = ['submitted', 'returned', 'approved'] as const;

const storedStage: z.ZodType<Stage> = z.strictObject({
  reference: z.string(),
  councillorId: z.string(),
  status: z.enum(requestStatuses),
  observationType: storedType.nullable(),
  window: z.strictObject({ from: day, to: day }).nullable(),
  isRevoked: z.boolean(),
  isJourneyOver: z.boolean(),
});
const onlyReference = z.strictObject({ reference: z.string() });

/**
 * Every stage up to the one of that reference, the first one first, without a check of who may read them: the rules
 * need all. No request is in the chain twice.
 */
const stagesUntil = (db: Knex, reference: string): Promise<Stage[]> => {
  return rowsOf(
    storedStage,
    db.raw(
      `with recursive stage as (
       select r.id, ${continues} as continues, 1 as depth from requests r where r.reference = ?
       union all
       select r.id, ${continues}, s.depth + 1 from stage s join requests r on r.reference = s.continues
         where s.depth < 50
     )
     select r.reference, r.councillor_id as "councillorId", r.status, r.observation_type as "observationType",
       case when g.id is null then (select v.content->'window' from request_versions v
           where v.request_id = r.id and v.version = r.version)
         else jsonb_build_object('from', g.window_from, 'to', g.window_to) end as window,
       coalesce(g.ended_because = 'revoked', false) as "isRevoked",
       exists (select from visits i where i.grant_id = g.id and i.journey_ended_at is not null)
         as "isJourneyOver"
     from stage s join requests r on r.id = s.id left join grants g on g.request_id = r.id
     order by s.depth desc`,
      [reference],
    ),
  );
};

/** The requests that continue the one of that reference: found by the index, at any number of requests. */
const continuing = (db: Knex, reference: string) =>
  db('requests as r').whereRaw(
    `exists (select from request_versions v where v.request_id = r.id and v.version = r.version
      and v.content \\? 'continues' and v.content->>'continues' = ?)`,
    [reference],
  );

/** Why a stage is looked up: to hand in the request that continues it, or to approve one. */
export type Continuing = 'submission' | 'approval';

/**
 * The live requests that continue the one of that reference, except one of them. A remittal makes a refused request
 * live again, and by then another may have been handed in: of two before the offices, the earlier one holds the
 * stage, and the later one waits for its outcome. Neither blocks the other for good.
 */
const continuingLive = (db: Knex, reference: string, except: string | null, to: Continuing) =>
  continuing(db, reference)
    .whereIn('r.status', [...live])
    .whereRaw('r.reference is distinct from ?', [except])
    .whereRaw(
      `(? = 'submission' or r.status = 'approved'
        or r.id < (select o.id from requests o where o.reference = ?))`,
      [to, except],
    )
    .orderBy('r.id', 'desc')
    .select('r.reference');

/**
 * The facts that a request depends on if it continues the one of that reference, which is locked until the
 * transaction ends: only one stage can follow it, and its grant does not end meanwhile.
 * @param except the request itself, if it exists already
 */
export const lockContinued = async (
  trx: Knex.Transaction,
  reference: string,
  {
    councillorId,
    except,
    to,
  }: { readonly councillorId: string; readonly except: string | null; readonly to: Continuing },
): Promise<Continued> => {
  // Always lock after the request that continues it, which is the newer one, so that there is no deadlock. And only
  // the person's own request, because nobody can continue another's.
  await trx('requests').where({ reference, councillor_id: councillorId }).forNoKeyUpdate().select('id');
  const [by] = await rowsOf(onlyReference, continuingLive(trx, reference, except, to));
  return { stages: await stagesUntil(trx, reference), continuedBy: by?.reference ?? null };
};

/** The request that continues this one, of those that this person may read: a live one, or their own draft. */
export const continuedBy = async (
  db: Knex,
  ability: AppAbility,
  reference: string,
): Promise<string | null> => {
  const query = continuing(db, reference)
    .whereIn('r.status', ['draft', ...live])
    .orderByRaw(`(r.status = 'draft'), r.id desc`)
    .limit(1)
    .select('r.reference');
  const [row] = await rowsOf(onlyReference, visible(query, ability, 'read', 'Request', requestColumns));
  return row?.reference ?? null;
};

/**
 * The cases of a councillor's journeys, as the journey of this grant sees them, without a check of who may read them:
 * the rules need all. A visit of its own stages counts if it was planned before the visit in question, or is over;
 * one that was planned later and is still to come follows it.
 * @param visitId the visit in question; null for one that is about to be planned
 */
export const journeyCases = async (
  db: Knex,
  grantId: string,
  visitId: string | null,
): Promise<JourneyCases> => {
  const rows = await rowsOf(
    z.strictObject({ key: z.string(), within: z.boolean() }),
    db.raw(
      `with own as (
       select r.id, r.councillor_id,
         (select v.seq from visits v where v.id = cast(:visitId as uuid)) as seq
       from grants g join requests r on r.id = g.request_id where g.id = cast(:grantId as uuid)
     ), stage as materialized (select public.journey_stages(own.id) as id from own)
     select distinct v.case_key as key, stage.id is not null as within
     from own
       join requests r on r.councillor_id = own.councillor_id and r.observation_type = 'childs_journey'
       join grants g on g.request_id = r.id
       join visits v on v.grant_id = g.id and v.case_key is not null
       left join stage on stage.id = r.id
     where v.id is distinct from cast(:visitId as uuid)
       and (stage.id is null or own.seq is null or v.seq < own.seq or v.ended_at is not null
         or exists (select from attendances a where a.visit_id = v.id))`,
      { grantId, visitId },
    ),
  );
  const keys = (isWithin: boolean) => rows.filter(({ within }) => within === isWithin).map(({ key }) => key);
  return { within: keys(true), elsewhere: keys(false) };
};
