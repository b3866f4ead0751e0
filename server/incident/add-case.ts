import { inTransaction } from '../../db/core/connection.js';
import { addCase as write } from '../../db/incident/allegations.js';
import { lockIncident } from '../../db/incident/incidents.js';
import { invalid } from '../../policies/core/rules.js';
import { addCase as command } from '../../policies/incident/commands.js';
import { permit } from '../../policies/permission/permit.js';
import { faultOfCaseReference } from '../../policies/visit/case-reference.js';
import type { Ctx } from '../case/ctx.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';
import { aboutCase } from './follows/incident.js';

/**
 * The host, or Children’s Services, add a case that nobody had planned and that the councillor learned of: it then stands
 * among the disclosures, as not authorised. The trail never says which case (need-to-know.md, sections 6 and 8).
 * @returns the incident’s id
 */
export const addCase = (ctx: Ctx, id: string, caseReference: string): Promise<string> => {
  screened(ctx, { caseReference });
  return inTransaction(ctx.db, async (trx) => {
    const incident = await lockIncident(trx, ctx.ability, id);
    const acting = permit(command, ctx, incident, { addsCase: caseReference });
    const fault = faultOfCaseReference(caseReference, ctx.settings.choices.caseReferences);
    if (fault !== null) throw invalid('incident', [{ field: 'caseReference', message: fault }]);
    const { capacity } = acting;
    await write(trx, incident.id, { caseReference, at: ctx.now(), by: ctx.actor.id, capacity });
    record(trx, ctx, acting, {
      type: 'incident.case_added',
      subject: aboutCase(incident),
      decision: { incident: incident.id },
    });
    return incident.id;
  });
};
