/** An incident with everything on record about the grants it froze. One statement each. */
import type { Knex } from 'knex';
import { z } from 'zod';
import type { AppAbility } from '../../policies/permission/ability.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { GrantRecord } from '../../policies/grant/grant-record.js';
import { planned, type Ask } from '../core/ask.js';
import { asJsonList, instant } from '../core/rows/stored.js';
import { visible } from '../core/visible.js';
import { frozenGrants, type FrozenGrant } from '../grant/freezes.js';
import { grantSelected } from '../grant/grant-columns.js';
import { storedGrant, toGrantRecord } from '../grant/stored-grant.js';
import {
  incidentColumns,
  incidentSelected,
  storedIncident,
  toIncident,
  type ListedIncident,
} from './incidents.js';

/** An incident, with the grants it still freezes, in no order and without a check of who may read them. */
export interface IncidentOnRecord {
  readonly incident: ListedIncident;
  readonly freezing: readonly GrantRecord[];
}

const freezing = `coalesce((
  select json_agg((select to_json(kept) from (select ${grantSelected}) as kept))
    from grant_freezes z join grants g on g.id = z.grant_id join requests r on r.id = g.request_id
    where z.incident_id = i.id and z.released_at is null and g.ended_at is null), '[]') as freezing`;

const incidentsOnRecord = (db: Knex): Knex.QueryBuilder =>
  db('incidents as i')
    .leftJoin('requests as r', 'r.id', 'i.request_id')
    .select(db.raw(incidentSelected), db.raw(freezing));

const storedOnRecord = storedIncident.extend({ freezing: z.array(storedGrant) });

const onRecord = (row: z.infer<typeof storedOnRecord>): IncidentOnRecord => ({
  incident: toIncident(row),
  freezing: row.freezing.map(toGrantRecord),
});

/** The incidents this person may read, newest first; constant cost at any depth. */
export const listIncidents = async (
  db: Knex,
  ability: AppAbility,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
  ask: Ask = planned,
): Promise<IncidentOnRecord[]> => {
  const query = incidentsOnRecord(db).orderBy('i.seq', 'desc').limit(limit);
  if (before !== undefined) void query.where('i.seq', '<', before);
  const rows = await ask(storedOnRecord, visible(query, ability, 'read', 'Incident', incidentColumns));
  return rows.map(onRecord);
};

const storedFreeze: z.ZodType<FrozenGrant> = z.strictObject({
  id: z.string(),
  reference: z.string(),
  frozenAt: instant,
  confirmedAt: instant.nullable(),
  confirmReasons: z.string().nullable(),
  releasedAt: instant.nullable(),
  releaseReasons: z.string().nullable(),
});

/**
 * One incident with the grants it froze, of those that this person may read.
 * @throws NotFound if it does not exist, or this person may not read it
 */
export const findIncidentOnRecord = async (
  db: Knex,
  ability: AppAbility,
  id: string,
  ask: Ask = planned,
): Promise<IncidentOnRecord & { readonly frozen: readonly FrozenGrant[] }> => {
  const query = incidentsOnRecord(db)
    .where('i.id', id)
    .select(
      db.raw('? as frozen', [asJsonList(db, frozenGrants(db, ability).whereRaw('f.incident_id = i.id'))]),
    );
  const [row] = await ask(
    storedOnRecord.extend({ frozen: z.array(storedFreeze) }),
    visible(query, ability, 'read', 'Incident', incidentColumns),
  );
  if (!row) throw new NotFound();
  return { ...onRecord(row), frozen: row.frozen };
};
