import { inTransaction } from '../../db/core/connection.js';
import { answerAllegation as write } from '../../db/incident/allegations.js';
import { lockIncident } from '../../db/incident/incidents.js';
import { answerAllegation as command } from '../../policies/incident/commands.js';
import { allegationAnswered } from '../../policies/incident/notices.js';
import { permit } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';
import { aboutCase } from './follows/incident.js';

/**
 * The councillor answers what is alleged, once.
 * @returns the incident’s id
 */
export const answerAllegation = (ctx: Ctx, id: string, text: string): Promise<string> => {
  screened(ctx, { text });
  return inTransaction(ctx.db, async (trx) => {
    const incident = await lockIncident(trx, ctx.ability, id);
    const acting = permit(command, ctx, incident, {});
    await write(trx, incident.id, { answer: text, at: ctx.now() });
    const entry = record(trx, ctx, acting, {
      type: 'incident.answered',
      subject: aboutCase(incident),
      decision: { incident: incident.id },
      reasons: text,
    });
    notify(trx, ctx, entry, allegationAnswered());
    return incident.id;
  });
};
