import { access, isLive } from '../../../policies/grant/access.js';
import { toldOfEnd } from '../../../policies/grant/end.js';
import type { EndCause } from '../../../policies/grant/end-causes.js';
import { grantCommands } from '../../../policies/permission/every-command.js';
import { available } from '../../../policies/permission/permit.js';
import { viewOf, type View } from '../../../policies/permission/offices/view.js';
import { waitsSince, type Grant } from '../../../policies/grant/grant.js';
import type { Ctx } from '../../case/ctx.js';
import { releaseDeadline, releaseDue } from '../../incident/follows/incident.js';
import { presentDeadline } from '../../deadline/present.js';
import { presentCorrections } from '../../correction/present/beside.js';
import { presentAccess } from './access.js';
import { presentVisitLine } from '../../visit/present/visit.js';

/** A grant's status for that reader. The end of a journey by itself would disclose proceedings or an adoption. */
const statusFor = (view: View, status: string, { lapse }: Grant): string =>
  view === 'own' && status === 'lapsed' && lapse?.limit === 'journey' ? 'revoked' : status;

interface EndShown {
  readonly endedAt?: Date;
  readonly endedBecause?: string;
  readonly endedReasons?: string;
  readonly told?: { readonly because: EndCause; readonly reasons?: string };
}

/** The end as the councillor is told of it: to them as its cause, to the offices beside the full one. */
export const presentEnd = (view: View, grant: Grant, now: Date): EndShown => {
  const told = toldOfEnd(grant, now);
  const reasons = told?.reasons ?? null;
  if (view === 'own') {
    return told === null
      ? {}
      : {
          endedAt: told.at,
          endedBecause: told.because,
          ...(reasons === null ? {} : { endedReasons: reasons }),
        };
  }
  if (grant.endedAt === null) return {};
  const { endedAt, endedBecause, endReasons } = grant;
  const full = { endedAt, endedBecause: endedBecause ?? 'lapsed' };
  if (view === 'auditor' || told === null) return full;
  const toCouncillor = { because: told.because, ...(reasons === null ? {} : { reasons }) };
  return view === 'host'
    ? { ...full, told: { because: told.because } }
    : { ...full, ...(endReasons === null ? {} : { endedReasons: endReasons }), told: toCouncillor };
};

/** A grant in one line, beside its request. */
export const presentGrantLine = (view: View, grant: Grant, now: Date) => ({
  id: grant.id,
  status: statusFor(view, access(grant, now).status, grant),
});

/** A grant as that reader may see it: an auditor the dates and no text, a councillor no party and the coded cause of an end. */
export const presentGrant = (ctx: Pick<Ctx, 'actor' | 'ability' | 'settings'>, grant: Grant, now: Date) => {
  const view = viewOf(ctx, grant);
  const { status, allowed, because } = access(grant, now);
  const type = ctx.settings.type(grant.observationType);
  const text = view !== 'auditor';
  const waiting = waitsSince(grant);
  return {
    id: grant.id,
    reference: grant.reference,
    observationType: grant.observationType,
    status: statusFor(view, status, grant),
    window: grant.window,
    eventsLeft: grant.events - grant.eventsUsed,
    categories: grant.categories,
    conditions: text ? grant.conditions : [],
    corrections: presentCorrections(view, grant.corrections ?? []),
    visits: grant.visits.map((visit) => presentVisitLine(visit, grant)),
    access: presentAccess(view, { allowed, because }, grant, now),
    ...(text ? { councillor: { name: grant.councillorName }, rules: type.rules } : {}),
    ...(text && grant.hostName ? { host: { name: grant.hostName } } : {}),
    ...presentEnd(view, grant, now),
    ...(waiting !== null && view !== 'own' && view !== 'host' && isLive(grant, now)
      ? {
          releaseBy: releaseDue(ctx.settings, waiting),
          deadlines: [presentDeadline(releaseDeadline(ctx.settings, waiting))],
        }
      : {}),
    can: available(grantCommands, ctx, grant, { now }),
  };
};
