import type { Because, Limit } from '../../../policies/grant/access.js';
import type { View } from '../../../policies/permission/offices/view.js';

/** Limits that a councillor sees by name: those of their own record, and those that they can see for themselves. */
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
  'visit_date',
  'visit_time',
];

/**
 * A councillor sees an end as one of two sentences, never with party or cause (need-to-know.md, section 5). The end
 * of a journey would disclose things about a child's case that they may not know.
 */
const toCouncillor = (because: readonly Because[]): { limit: string; explanation: string }[] => {
  const shown = because.map((each) => {
    if (oneself.includes(each.limit)) return each;
    return each.limit === 'revoked' || each.limit === 'frozen' || each.limit === 'journey'
      ? { limit: 'ended', explanation: 'The council has ended this.' }
      : { limit: 'in_place', explanation: 'Not everything needed is in place.' };
  });
  return [...new Map(shown.map((each) => [each.explanation, each])).values()];
};

/** Whether access is allowed, and why not, as that reader may know it: an auditor the limits without words. */
export const presentAccess = (
  view: View,
  { allowed, because }: { readonly allowed: boolean; readonly because: readonly Because[] },
): { allowed: boolean; because: readonly { limit: string; explanation?: string }[] } => ({
  allowed,
  because:
    view === 'own'
      ? toCouncillor(because)
      : view === 'auditor'
        ? because.map(({ limit }) => ({ limit }))
        : because,
});
