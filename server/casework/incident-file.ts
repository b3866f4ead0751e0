import type { Knex } from 'knex';
import { frozenBy, stillFrozenBy, type FrozenGrant } from '../../db/freezes.js';
import { openRecordsOf } from '../../db/grants.js';
import { findIncident, type ListedIncident } from '../../db/incidents.js';
import { isLive } from '../../policies/access.js';
import type { LaterCommandName } from '../../policies/actions.js';
import { grantAt } from '../../policies/grant-record.js';
import { availableLater } from '../../policies/later-commands.js';
import type { Grant, Incident } from '../../policies/subjects.js';
import type { Ctx } from '../context.js';

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

/** The live grants that an incident freezes still: each is released or ended before it is closed. */
export const heldBy = async (
  db: Knex,
  { id, councillorId }: Pick<Incident, 'id' | 'councillorId'>,
  now: Date,
): Promise<Grant[]> => {
  const frozen = new Set(await stillFrozenBy(db, id));
  if (frozen.size === 0) return [];
  const open = await openRecordsOf(db, councillorId);
  return open
    .filter((record) => frozen.has(record.id))
    .map((record) => grantAt(record, now))
    .filter((grant) => isLive(grant, now));
};

/** The incident as it stands now: one that froze something may hold nothing any more. */
export const standingIncident = async (
  db: Knex,
  incident: ListedIncident,
  now: Date,
): Promise<ListedIncident> =>
  incident.holds ? { ...incident, holds: (await heldBy(db, incident, now)).length > 0 } : incident;

/** The file of an incident that the person may read. */
export const incidentFileOf = async (
  db: Knex,
  ctx: Pick<Ctx, 'actor' | 'ability' | 'now'>,
  incident: ListedIncident,
): Promise<IncidentFile> => {
  const now = ctx.now();
  const held = new Map((await heldBy(db, incident, now)).map((grant) => [grant.id, grant]));
  const frozen = await frozenBy(db, ctx.ability, incident.id);
  const grants = frozen.map((each): FrozenByIt => {
    const grant = held.get(each.id);
    const can = grant ? availableLater(ctx, grant, now) : [];
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
