import type { Knex } from 'knex';
import { stillFrozenBy, type FrozenGrant } from '../../db/grant/freezes.js';
import { openRecordsAmong } from '../../db/grant/grants.js';
import { findIncidentOnRecord, type IncidentOnRecord } from '../../db/incident/incident-records.js';
import type { ListedIncident } from '../../db/incident/incidents.js';
import { isLive } from '../../policies/grant/access.js';
import type { CommandNameAfterApproval } from '../../policies/permission/every-command.js';
import { grantAt, type GrantRecord } from '../../policies/grant/grant-record.js';
import { grantCommands } from '../../policies/permission/every-command.js';
import { available } from '../../policies/permission/permit.js';
import type { Grant } from '../../policies/grant/grant.js';
import type { Ctx } from '../case/ctx.js';

/** An incident with the grants that it froze, of those that the reader may see. */
export interface IncidentFile {
  readonly incident: ListedIncident;
  readonly grants: readonly FrozenByIt[];
}

/** A grant that an incident froze. */
export interface FrozenByIt extends FrozenGrant {
  /** Whether it still does: not once the grant was released, or has ended. */
  readonly frozen: boolean;
  /** The commands that this reader can give on it now. */
  readonly can: readonly CommandNameAfterApproval[];
}

/**
 * The grants frozen by an incident that are live at that moment: each must be released or ended before the incident
 * is closed.
 */
const heldAt = (freezing: readonly GrantRecord[], now: Date): Grant[] =>
  freezing.map((record) => grantAt(record, now)).filter((grant) => isLive(grant, now));

/** The incident as it stands at that moment: its freezes may all have ended. */
export const incidentAt = ({ incident, freezing }: IncidentOnRecord, now: Date): ListedIncident => ({
  ...incident,
  holds: heldAt(freezing, now).length > 0,
});

/** One incident as it stands now. */
export const standingIncident = async (
  db: Knex,
  incident: ListedIncident,
  now: Date,
): Promise<ListedIncident> => {
  const frozen = incident.holds ? await stillFrozenBy(db, incident.id) : [];
  const freezing = frozen.length === 0 ? [] : await openRecordsAmong(db, frozen);
  return incidentAt({ incident, freezing }, now);
};

/** The file of an incident that the person may read. */
export const incidentFileOf = (
  ctx: Pick<Ctx, 'actor' | 'ability' | 'now'>,
  { incident, freezing, frozen }: IncidentOnRecord & { readonly frozen: readonly FrozenGrant[] },
): IncidentFile => {
  const now = ctx.now();
  const held = new Map(heldAt(freezing, now).map((grant) => [grant.id, grant]));
  const grants = frozen.map((each): FrozenByIt => {
    const grant = held.get(each.id);
    const can = grant ? available(grantCommands, ctx, grant, { now }) : [];
    return {
      ...each,
      frozen: grant !== undefined,
      can: can.filter((name) => name === 'release' || name === 'confirm_freeze' || name === 'revoke'),
    };
  });
  return { incident: { ...incident, holds: held.size > 0 }, grants };
};

/** The file of an incident that the person has just changed: the change is the entry on the trail. */
export const incidentFileAfter = async (ctx: Ctx, id: string): Promise<IncidentFile> =>
  incidentFileOf(ctx, await findIncidentOnRecord(ctx.db, ctx.ability, id));
