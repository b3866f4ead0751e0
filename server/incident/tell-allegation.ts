import { inTransaction } from '../../db/core/connection.js';
import { tellAllegation as write } from '../../db/incident/allegations.js';
import { lockIncident } from '../../db/incident/incidents.js';
import { timeToAnswer } from '../../policies/decision/hearing.js';
import { tellAllegation as command } from '../../policies/incident/commands.js';
import { allegationTold } from '../../policies/incident/notices.js';
import { permit } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';
import { aboutCase } from './follows/incident.js';

/**
 * Data Protection tell the councillor what is alleged, before anything that the incident froze is ended. They have five
 * working days to answer (need-to-know.md, section 6).
 * @returns the incident’s id
 */
export const tellAllegation = (ctx: Ctx, id: string, gist: string): Promise<string> => {
  screened(ctx, { gist });
  return inTransaction(ctx.db, async (trx) => {
    const incident = await lockIncident(trx, ctx.ability, id);
    const acting = permit(command, ctx, incident, {});
    const at = ctx.now();
    const dueOn = timeToAnswer(ctx.settings, at).at ?? '';
    const { capacity } = acting;
    await write(trx, incident.id, { gist, dueOn, at, by: ctx.actor.id, capacity });
    const entry = record(trx, ctx, acting, {
      type: 'incident.told',
      subject: aboutCase(incident),
      decision: { incident: incident.id, due: dueOn },
      reasons: gist,
    });
    notify(trx, ctx, entry, allegationTold(incident.councillorId, dueOn));
    return incident.id;
  });
};
