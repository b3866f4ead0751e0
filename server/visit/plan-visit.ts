import { inTransaction } from '../../db/core/connection.js';
import { lockRecord } from '../../db/grant/grants.js';
import { journeyCases } from '../../db/request/journeys.js';
import { insertVisit } from '../../db/visit/visits.js';
import { grantAt } from '../../policies/grant/grant-record.js';
import { permit } from '../../policies/permission/permit.js';
import { planVisit as command } from '../../policies/visit/commands.js';
import { barsAsked, visitPlanned } from '../../policies/visit/notices.js';
import { observationType } from '../../policies/core/observation-types.js';
import { assertOneCase, assertPlan } from '../../policies/visit/visiting.js';
import type { Ctx } from '../case/ctx.js';
import { chaperoneNamed, textOfChaperone } from './chaperone.js';
import { keepsReading } from '../case/keeps-reading.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import type { SentPlan } from './bodies.js';

/**
 * The host or Children's Services plan a visit of a grant: when, about which case, accompanied by whom. A conference
 * has only one observer; the database ensures it (need-to-know.md, sections 3 and 6).
 * @returns the visit's id
 */
export const planVisit = (ctx: Ctx, grantId: string, sent: SentPlan): Promise<string> => {
  screened(ctx, {
    caseReference: sent.caseReference ?? undefined,
    chaperone: textOfChaperone(sent.chaperone),
  });
  return inTransaction(ctx.db, async (trx) => {
    const known = await lockRecord(trx, ctx.ability, grantId);
    const at = ctx.now();
    const grant = grantAt(known, at);
    const acting = permit(command, ctx, grant, { now: at });
    const plan = {
      date: sent.date,
      from: sent.from,
      to: sent.to,
      caseReference: sent.caseReference ?? null,
      conferenceOn: sent.conferenceOn ?? null,
      chaperone: sent.chaperone ? await chaperoneNamed(trx, sent.chaperone) : null,
    };
    assertPlan(grant, plan, at, ctx.settings);
    assertOneCase(grant, plan, await journeyCases(trx, grant.id, null));
    const { oneObserver } = observationType(grant.observationType);
    const visit = await insertVisit(trx, grant.id, plan, { at, by: ctx.actor.id, acting, oneObserver });
    keepsReading(trx, ctx, acting, grant.reference);
    const entry = record(trx, ctx, acting, {
      type: 'visit.planned',
      subject: grant.reference,
      decision: { visit, date: plan.date, from: plan.from, to: plan.to, chaperone: plan.chaperone !== null },
    });
    notify(trx, ctx, entry, visitPlanned({ ...grant, id: visit }));
    notify(trx, ctx, entry, barsAsked(grant.reference));
    return visit;
  });
};
