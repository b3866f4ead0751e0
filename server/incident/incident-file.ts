import type { Knex } from 'knex';
import { frozenBy, stillFrozenBy, type FrozenGrant } from '../../db/grant/freezes.js';
import { openRecordsAmong } from '../../db/grant/grants.js';
import { findIncident, type ListedIncident } from '../../db/incident/incidents.js';
import { isLive } from '../../policies/grant/access.js';
import type { LaterCommandName } from '../../policies/core/every-command.js';
import { grantAt } from '../../policies/grant/grant-record.js';
import { grantCommands } from '../../policies/core/every-command.js';
import { available } from '../../policies/core/permit.js';
import type { Grant, Incident } from '../../policies/core/subjects.js';
import type { Ctx } from '../case/ctx.js';

/** An incident with what it froze, of the grants that the reader may see. */
export interface IncidentFile {
  readonly incident: ListedIncident;
  readonly grants: readonly FrozenByIt[];
}

/** A grant that an incident froze. */
export interface FrozenByIt extends FrozenGrant {
  /** Whether it still does: not once the grant was released, or has ended. */
  readonly frozen: boolean;
  /** What this reader can do with it now. */
  readonly can: readonly LaterCommandName[];
}

/** The live grants that each of these incidents freezes still: each is released or ended before it is closed. */
const heldByEach = async (
  db: Knex,
  incidents: readonly Pick<Incident, 'id' | 'holds'>[],
  now: Date,
): Promise<ReadonlyMap<string, readonly Grant[]>> => {
  const holding = incidents.filter(({ holds }) => holds).map(({ id }) => id);
  const frozen = holding.length === 0 ? new Map<string, string[]>() : await stillFrozenBy(db, holding);
  const ids = [...new Set([...frozen.values()].flat())];
  const records = ids.length === 0 ? [] : await openRecordsAmong(db, ids);
  const live = new Map(
    records
      .map((record) => grantAt(record, now))
      .filter((grant) => isLive(grant, now))
      .map((grant) => [grant.id, grant]),
  );
  return new Map(
    [...frozen].map(([incident, grants]) => [incident, grants.flatMap((id) => live.get(id) ?? [])]),
  );
};

/**
 * The incidents as they stand now: one that froze something may hold nothing any more. Few hold anything, and
 * only those are looked at again, all of them together.
 */
export const standingIncidents = async (
  db: Knex,
  incidents: readonly ListedIncident[],
  now: Date,
): Promise<ListedIncident[]> => {
  const held = await heldByEach(db, incidents, now);
  return incidents.map((each) => ({ ...each, holds: (held.get(each.id) ?? []).length > 0 }));
};

/** One incident as it stands now. */
export const standingIncident = async (
  db: Knex,
  incident: ListedIncident,
  now: Date,
): Promise<ListedIncident> => {
  const [standing = incident] = await standingIncidents(db, [incident], now);
  return standing;
};

/** The file of an incident that the person may read. */
export const incidentFileOf = async (
  db: Knex,
  ctx: Pick<Ctx, 'actor' | 'ability' | 'now'>,
  incident: ListedIncident,
): Promise<IncidentFile> => {
  const now = ctx.now();
  const held = new Map(
    ((await heldByEach(db, [incident], now)).get(incident.id) ?? []).map((grant) => [grant.id, grant]),
  );
  const frozen = await frozenBy(db, ctx.ability, incident.id);
  const grants = frozen.map((each): FrozenByIt => {
    const grant = held.get(each.id);
    const can = grant ? available(grantCommands, ctx, grant, { now }) : [];
    return {
      ...each,
      frozen: grant !== undefined,
      can: can.filter((name) => name === 'release' || name === 'revoke'),
    };
  });
  return { incident: { ...incident, holds: held.size > 0 }, grants };
};

/** The file of an incident that the person has just changed: the change is the entry on the trail. */
export const incidentFileAfter = async (ctx: Ctx, id: string): Promise<IncidentFile> =>
  incidentFileOf(ctx.db, ctx, await findIncident(ctx.db, ctx.ability, id));
