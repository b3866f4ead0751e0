import { inTransaction } from '../../db/core/connection.js';
import { lockGrantsOf } from '../../db/grant/grants.js';
import { closeIncident as close, findIncident } from '../../db/incident/incidents.js';
import { permit } from '../../policies/permission/permit.js';
import { close as command } from '../../policies/incident/commands.js';
import { incidentClosed } from '../../policies/incident/notices.js';
import type { Ctx } from '../case/ctx.js';
import { aboutCase } from './follows/incident.js';
import { standingIncident } from './incident-file.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';

/**
 * Data Protection close an incident, with reasons, once each grant that it froze was released or ended
 * (need-to-know.md, section 6).
 * @returns the incident's id
 */
export const closeIncident = (ctx: Ctx, id: string, reasons: string): Promise<string> => {
  screened(ctx, { reasons });
  return inTransaction(ctx.db, async (trx) => {
    // Every other change to the councillor's grants waits for this one, or this one for it; then read them again.
    await lockGrantsOf(trx, (await findIncident(trx, ctx.ability, id)).councillorId);
    const at = ctx.now();
    const incident = await standingIncident(trx, await findIncident(trx, ctx.ability, id), at);
    const acting = permit(command, ctx, incident, {});
    await close(trx, incident.id, { at, by: ctx.actor.id, reasons });
    const entry = record(trx, ctx, acting, {
      type: 'incident.closed',
      subject: aboutCase(incident),
      decision: { incident: incident.id },
      reasons,
    });
    notify(trx, ctx, entry, incidentClosed(incident.reportedBy));
    return incident.id;
  });
};
