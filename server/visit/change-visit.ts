import { isDeepStrictEqual } from 'node:util';
import { inTransaction } from '../../db/core/connection.js';
import { lockVisit } from '../../db/grant/grants.js';
import { journeyCases } from '../../db/request/journeys.js';
import { changePlan } from '../../db/visit/visits.js';
import { grantAt } from '../../policies/grant/grant-record.js';
import { permit } from '../../policies/permission/permit.js';
import { move } from '../../policies/visit/commands.js';
import { barsAsked, visitMoved } from '../../policies/visit/notices.js';
import type { Visit } from '../../policies/visit/visit.js';
import { assertChange, assertOneCase, isMoved, type Plan } from '../../policies/visit/visiting.js';
import type { Ctx } from '../case/ctx.js';
import { chaperoneNamed, textOfChaperone } from './chaperone.js';
import { keepsReading } from '../case/keeps-reading.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { standing } from '../../policies/visit/visit-standing.js';
import type { SentPlan } from './bodies.js';

const planOf = (visit: Visit): Plan => ({
  date: visit.date,
  from: visit.from,
  to: visit.to,
  caseReference: visit.caseReference,
  chaperone: visit.chaperone,
  conferenceOn: visit.conferenceOn,
});

/** A field that is left out stays; null takes it back. */
export type Changed = { readonly [Part in keyof SentPlan]?: SentPlan[Part] | undefined };

/**
 * The host or Children's Services change a visit: its time, its case or who accompanies.
 * @returns the visit's id
 */
export const changeVisit = (ctx: Ctx, id: string, sent: Changed): Promise<string> => {
  screened(ctx, {
    caseReference: sent.caseReference ?? undefined,
    chaperone: textOfChaperone(sent.chaperone),
  });
  return inTransaction(ctx.db, async (trx) => {
    const { record: grantRecord, visit: visitRecord } = await lockVisit(trx, ctx.ability, id);
    const at = ctx.now();
    const visit = standing(visitRecord, at);
    const before = planOf(visit);
    const { chaperone } = sent;
    const times = {
      date: sent.date ?? before.date,
      from: sent.from ?? before.from,
      to: sent.to ?? before.to,
    };
    const grant = grantAt(grantRecord, at);
    const acting = permit(move, ctx, visit, {
      now: at,
      movedUnder: isMoved(before, times) ? grant : undefined,
    });
    const plan: Plan = {
      ...times,
      caseReference: sent.caseReference === undefined ? before.caseReference : sent.caseReference,
      conferenceOn: sent.conferenceOn === undefined ? before.conferenceOn : sent.conferenceOn,
      chaperone:
        chaperone === undefined ? before.chaperone : chaperone && (await chaperoneNamed(trx, chaperone)),
    };
    if (isDeepStrictEqual(plan, before)) {
      // Nothing changes, and yet the visit is shown: that is a reading.
      record(trx, ctx, acting, {
        type: 'visit.read',
        subject: visit.reference,
        decision: { visit: visit.id },
      });
      return visit.id;
    }
    const named = visitRecord.plans.findLast(({ value }) => value.caseReference !== null);
    const change = { before, plan, named: named?.value.caseReference ?? null };
    assertChange(grant, change, at, ctx.settings);
    if (plan.caseReference !== before.caseReference) {
      assertOneCase(visit, plan, await journeyCases(trx, visit.grantId, visit.id));
    }
    await changePlan(trx, visit.id, plan, { at, by: ctx.actor.id, acting });
    keepsReading(trx, ctx, acting, visit.reference);
    const keys = Object.keys(plan) as (keyof Plan)[];
    const entry = record(trx, ctx, acting, {
      type: 'visit.moved',
      subject: visit.reference,
      decision: {
        visit: visit.id,
        date: plan.date,
        from: plan.from,
        to: plan.to,
        changed: keys.filter((key) => plan[key] !== before[key]).toSorted(),
      },
    });
    if (isMoved(before, plan)) {
      notify(trx, ctx, entry, visitMoved(visit));
    }
    // Another day or another case is another visit to the bars of law.
    if (plan.date !== before.date || plan.caseReference !== before.caseReference) {
      notify(trx, ctx, entry, barsAsked(visit.reference));
    }
    return visit.id;
  });
};
