import { access, type Because, type Limit } from '../../policies/access.js';
import { observationType } from '../../policies/observation-types.js';
import { viewOf, type View } from '../../policies/offices/view.js';
import type { Grant } from '../../policies/subjects.js';
import type { Ctx } from '../context.js';

/** What a councillor is told of by its own name: their own record, and what they can see for themselves. */
const oneself: readonly Limit[] = [
  'window_not_open',
  'window',
  'three_months',
  'events',
  'completed',
  'lapsed',
  'term',
  'appointment',
  'training',
  'undertaking',
];

/**
 * To the councillor an end shows as one of two sentences, never by party or cause
 * (need-to-know.md, section 5).
 */
const toCouncillor = (because: readonly Because[]): { limit: string; explanation: string }[] => {
  const told = because.map((each) => {
    if (oneself.includes(each.limit)) return each;
    return each.limit === 'revoked' || each.limit === 'frozen'
      ? { limit: 'ended', explanation: 'The council has ended this.' }
      : { limit: 'in_place', explanation: 'Not everything needed is in place.' };
  });
  return [...new Map(told.map((each) => [each.explanation, each])).values()];
};

/** A grant's status as that reader may know it: to the councillor a freeze is an end like another. */
const statusFor = (view: View, status: string): string =>
  view === 'own' && status === 'frozen' ? 'revoked' : status;

/** A grant in one line, beside its request. */
export const presentGrantLine = (view: View, grant: Grant, now: Date) => ({
  id: grant.id,
  status: statusFor(view, access(grant, now).status),
});

/** A grant as that reader may see it: an auditor the dates and no text, a councillor no party and no cause. */
export const presentGrant = (ctx: Pick<Ctx, 'actor' | 'ability'>, grant: Grant, now: Date) => {
  const view = viewOf(ctx, grant);
  const { status, allowed, because } = access(grant, now);
  const type = observationType(grant.observationType);
  const text = view !== 'auditor';
  return {
    id: grant.id,
    reference: grant.reference,
    observationType: grant.observationType,
    status: statusFor(view, status),
    window: grant.window,
    eventsLeft: grant.events - grant.eventsUsed,
    categories: grant.categories,
    conditions: text ? grant.conditions : [],
    visits: [],
    access: {
      allowed,
      because:
        view === 'own' ? toCouncillor(because) : text ? because : because.map(({ limit }) => ({ limit })),
    },
    ...(text ? { councillor: { name: grant.councillorName }, rules: type.rules } : {}),
    ...(text && grant.hostName ? { host: { name: grant.hostName } } : {}),
    ...(grant.endedAt === null || view === 'own'
      ? {}
      : { endedAt: grant.endedAt, endedBecause: grant.endedBecause ?? 'lapsed' }),
    can: [],
  };
};
