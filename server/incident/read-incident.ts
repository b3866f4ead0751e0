import { inTransaction } from '../../db/core/connection.js';
import { findIncident } from '../../db/incident/incidents.js';
import type { Ctx } from '../case/ctx.js';
import { aboutCouncillor } from './follows/incident.js';
import { incidentFileOf, type IncidentFile } from './incident-file.js';
import { trace } from '../case/trail.js';

/** One incident with what it froze, as much of it as this person may see. @throws NotFound */
export const readIncident = (ctx: Ctx, id: string): Promise<IncidentFile> =>
  inTransaction(ctx.db, async (trx) => {
    const incident = await findIncident(trx, ctx.ability, id);
    trace(trx, ctx, null, {
      type: 'incident.read',
      subject: incident.reference ?? aboutCouncillor(incident.councillorId),
      decision: { incident: incident.id },
    });
    return incidentFileOf(trx, ctx, incident);
  });
