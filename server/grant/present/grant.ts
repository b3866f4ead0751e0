import { access, isLive } from '../../../policies/grant/access.js';
import { grantCommands } from '../../../policies/permission/every-command.js';
import { available } from '../../../policies/permission/permit.js';
import { viewOf, type View } from '../../../policies/permission/offices/view.js';
import type { Grant } from '../../../policies/grant/grant.js';
import type { Ctx } from '../../case/ctx.js';
import { releaseDeadline, releaseDue } from '../../incident/follows/incident.js';
import { presentDeadline } from '../../deadline/present.js';
import { presentAccess } from './access.js';
import { presentVisitLine } from '../../visit/present/visit.js';

/**
 * A grant's status for that reader. A councillor sees a freeze as an end, and also the end of a journey, which would
 * disclose proceedings or an adoption.
 */
const statusFor = (view: View, status: string, { journeyEnded }: Grant): string =>
  view === 'own' && (status === 'frozen' || (status === 'lapsed' && journeyEnded)) ? 'revoked' : status;

/** A grant in one line, beside its request. */
export const presentGrantLine = (view: View, grant: Grant, now: Date) => ({
  id: grant.id,
  status: statusFor(view, access(grant, now).status, grant),
});

/** A grant as that reader may see it: an auditor the dates and no text, a councillor no party and no cause. */
export const presentGrant = (ctx: Pick<Ctx, 'actor' | 'ability' | 'settings'>, grant: Grant, now: Date) => {
  const view = viewOf(ctx, grant);
  const { status, allowed, because } = access(grant, now);
  const type = ctx.settings.type(grant.observationType);
  const text = view !== 'auditor';
  return {
    id: grant.id,
    reference: grant.reference,
    observationType: grant.observationType,
    status: statusFor(view, status, grant),
    window: grant.window,
    eventsLeft: grant.events - grant.eventsUsed,
    categories: grant.categories,
    conditions: text ? grant.conditions : [],
    visits: grant.visits.map((visit) => presentVisitLine(visit, grant)),
    access: presentAccess(view, { allowed, because }),
    ...(text ? { councillor: { name: grant.councillorName }, rules: type.rules } : {}),
    ...(text && grant.hostName ? { host: { name: grant.hostName } } : {}),
    ...(grant.endedAt === null || view === 'own'
      ? {}
      : { endedAt: grant.endedAt, endedBecause: grant.endedBecause ?? 'lapsed' }),
    ...(grant.frozenAt !== null && view !== 'own' && view !== 'host' && isLive(grant, now)
      ? {
          releaseBy: releaseDue(ctx.settings, grant.frozenAt),
          deadlines: [presentDeadline(releaseDeadline(ctx.settings, grant.frozenAt))],
        }
      : {}),
    can: available(grantCommands, ctx, grant, { now }),
  };
};
