import { inTransaction } from '../../db/core/connection.js';
import { insertAssessment } from '../../db/incident/assessments.js';
import { lockIncident } from '../../db/incident/incidents.js';
import { invalid } from '../../policies/core/rules.js';
import { carriedOn, faultsOfAssessing } from '../../policies/incident/breach.js';
import { assessBreach as command } from '../../policies/incident/commands.js';
import { permit } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';
import type { SentAssessment } from './bodies.js';
import { aboutCase } from './follows/incident.js';

const momentOf = (given: string | undefined): Date | null => (given === undefined ? null : new Date(given));

/**
 * Data Protection assess an incident as a personal data breach: the risk, whether and when it was reported, and whether the
 * people concerned are told. Each assessment stays; the next one supplements it (UK GDPR, Articles 33 and 34).
 * @returns the incident’s id
 * @throws Invalid by the rule `breach`
 */
export const assessBreach = (ctx: Ctx, id: string, sent: SentAssessment): Promise<string> => {
  const { reasons, commissionerReference, delay, told } = sent;
  screened(ctx, { reasons, commissionerReference, delay, told });
  return inTransaction(ctx.db, async (trx) => {
    const incident = await lockIncident(trx, ctx.ability, id);
    const acting = permit(command, ctx, incident, {});
    const at = ctx.now();
    const given = carriedOn(
      {
        exposed: sent.exposed,
        risk: sent.risk,
        reportable: sent.reportable,
        awareAt: momentOf(sent.awareAt),
        reportedAt: momentOf(sent.reportedAt),
        commissionerReference: commissionerReference ?? null,
        delay: delay ?? null,
        subjectsTold: sent.subjectsTold,
        told: told ?? null,
      },
      incident.assessments.at(-1),
    );
    const errors = faultsOfAssessing(given, incident, at);
    if (errors.length > 0) throw invalid('breach', errors);
    const { capacity } = acting;
    await insertAssessment(trx, incident.id, { ...given, reasons, at, by: ctx.actor.id, capacity });
    record(trx, ctx, acting, {
      type: 'incident.assessed',
      subject: aboutCase(incident),
      decision: {
        incident: incident.id,
        exposed: given.exposed,
        risk: given.risk,
        reportable: given.reportable,
        awareAt: (given.awareAt ?? incident.awareAt).toISOString(),
        reportedAt: given.reportedAt?.toISOString() ?? null,
        subjectsTold: given.subjectsTold,
      },
      reasons,
    });
    return incident.id;
  });
};
