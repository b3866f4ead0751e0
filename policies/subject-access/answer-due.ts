/**
 * The month of an access request, or the further months of a complex one: it belongs to no request of a councillor. Data
 * Protection are reminded, the head of theirs hears when it is missed, and then the Monitoring Officer, as with any deadline.
 * Source: UK GDPR, Article 12(3); need-to-know.md, section 7.
 */
import { accessReference } from '../core/notices.js';
import { escalationsOf, reminderOf, type Running, type TimelyWord } from '../deadline/reminding.js';
import type { Settings } from '../settings/settings.js';
import { accessDue, type AccessRequest } from './access-request.js';

/** An access request that is not released. */
export interface Unanswered extends Pick<AccessRequest, 'receivedOn' | 'extendedAt'> {
  readonly id: string;
  readonly openedAt: Date;
}

const ofAccess = (settings: Settings, access: Unanswered): Running => ({
  what: 'answer_access',
  reference: accessReference,
  subject: access.id,
  // What fell due before it was on record, or before the day was another, is not said afterwards.
  since: access.extendedAt ?? access.openedAt,
  due: accessDue(settings, access),
  waitsFor: [{ office: 'data_protection' }],
  escalatesTo: ['data_protection'],
  called: accessReference,
});

/** What is to be said of it by now: the reminder, or that it was missed. */
export const wordsOfAccess = (
  settings: Settings,
  access: Unanswered,
  now: Date,
): {
  readonly open: Running;
  readonly reminder: TimelyWord | null;
  readonly missed: readonly TimelyWord[];
} => {
  const open = ofAccess(settings, access);
  return { open, reminder: reminderOf(settings, open, now), missed: escalationsOf(settings, open, now) };
};
