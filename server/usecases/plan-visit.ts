import { inTransaction } from '../../db/connection.js';
import { lockRecord } from '../../db/grants.js';
import { journeyCases } from '../../db/journeys.js';
import { insertVisit } from '../../db/visits.js';
import { grantAt } from '../../policies/grant-record.js';
import { permitLater } from '../../policies/later-commands.js';
import { visitPlanned } from '../../policies/notices.js';
import { observationType } from '../../policies/observation-types.js';
import { assertOneCase, assertPlan } from '../../policies/visiting.js';
import type { Ctx } from '../context.js';
import { chaperoneNamed, textOfChaperone } from '../casework/chaperone.js';
import { keepsReading } from '../casework/keeps-reading.js';
import { screened } from '../casework/screened.js';
import { tell, trace } from '../casework/trail.js';

export interface SentPlan {
  readonly date: string;
  readonly from: string;
  readonly to: string;
  readonly caseReference?: string | null | undefined;
  readonly chaperone?: string | null | undefined;
  readonly conferenceOn?: string | null | undefined;
}

/**
 * The host or Children's Services plan a visit of a grant: when, about which case, accompanied by whom.
 * Of a conference there is one observer, which the database holds (need-to-know.md, sections 3 and 6).
 * @returns the visit's id
 */
export const planVisit = (ctx: Ctx, grantId: string, sent: SentPlan): Promise<string> => {
  screened(ctx, {
    caseReference: sent.caseReference ?? undefined,
    chaperone: textOfChaperone(sent.chaperone),
  });
  return inTransaction(ctx.db, async (trx) => {
    const record = await lockRecord(trx, ctx.ability, grantId);
    const at = ctx.now();
    const grant = grantAt(record, at);
    const acting = permitLater('plan_visit', ctx, grant, at);
    const plan = {
      date: sent.date,
      from: sent.from,
      to: sent.to,
      caseReference: sent.caseReference ?? null,
      conferenceOn: sent.conferenceOn ?? null,
      chaperone: sent.chaperone ? await chaperoneNamed(trx, sent.chaperone) : null,
    };
    assertPlan(grant, grant.visits, plan, at, ctx.settings);
    assertOneCase(grant, plan, await journeyCases(trx, grant.id, null));
    const { oneObserver } = observationType(grant.observationType);
    const visit = await insertVisit(trx, grant.id, plan, { at, by: ctx.actor.id, acting, oneObserver });
    await keepsReading(trx, ctx, acting, grant.reference);
    const entry = await trace(trx, ctx, acting, {
      type: 'visit.planned',
      subject: grant.reference,
      decision: { visit, date: plan.date, from: plan.from, to: plan.to, chaperone: plan.chaperone !== null },
    });
    await tell(trx, ctx, entry, visitPlanned({ ...grant, id: visit }));
    return visit;
  });
};
