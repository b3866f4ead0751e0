import type { Because, Limit } from '../../../policies/grant/access.js';
import { toldOfEnd } from '../../../policies/grant/end.js';
import { endCauseSays } from '../../../policies/grant/end-causes.js';
import type { Grant } from '../../../policies/grant/grant.js';
import type { View } from '../../../policies/permission/offices/view.js';

/** Limits that a councillor sees by name: those of their own record, and those that they can see for themselves. */
const oneself: readonly Limit[] = [
  'window_not_open',
  'window',
  'three_months',
  'events',
  'completed',
  'lapsed',
  'seat_lost',
  'term',
  'appointment',
  'training',
  'undertaking',
  'visit_date',
  'visit_time',
];

interface Shown {
  readonly limit: string;
  readonly explanation: string;
}

/** The end of a child's journey would disclose proceedings or an adoption: it reads as every end to protect others does. */
const endedFor = (grant: Grant, now: Date): Shown => {
  const told = toldOfEnd(grant, now);
  return { limit: 'ended', explanation: endCauseSays[told?.because ?? 'to_protect_others'] };
};

/** A councillor sees an end by its coded cause and a freeze as a pause, never with party or detail (section 5). */
const toCouncillor = (because: readonly Because[], grant: Grant, now: Date): Shown[] => {
  const isJourney = because.some(({ limit }) => limit === 'journey');
  const shown = because.flatMap((each): Shown[] => {
    if (each.limit === 'lapsed' && isJourney) return [];
    if (oneself.includes(each.limit)) return [each];
    if (each.limit === 'frozen')
      return [{ limit: 'paused', explanation: 'Paused while something is checked.' }];
    return each.limit === 'revoked' || each.limit === 'journey'
      ? [endedFor(grant, now)]
      : [{ limit: 'in_place', explanation: 'Not everything needed is in place.' }];
  });
  return [...new Map(shown.map((each) => [each.explanation, each])).values()];
};

/** Whether access is allowed, and why not, as that reader may know it: an auditor the limits without words. */
export const presentAccess = (
  view: View,
  { allowed, because }: { readonly allowed: boolean; readonly because: readonly Because[] },
  grant: Grant,
  now: Date,
): { allowed: boolean; because: readonly { limit: string; explanation?: string }[] } => ({
  allowed,
  because:
    view === 'own'
      ? toCouncillor(because, grant, now)
      : view === 'auditor'
        ? because.map(({ limit }) => ({ limit }))
        : because,
});
