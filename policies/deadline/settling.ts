/**
 * The deadline of a contested conflict of interest: it belongs to no request. It escalates like any other; one of the
 * Monitoring Officer stays with Democratic Services, who ask the Chief Executive. Source: need-to-know.md, sections 4 and 7.
 */
import { settlingOffice, settlementDue, type RecordedConflict } from '../conflict/conflict.js';
import { conflictsReference } from '../core/notices.js';
import type { Settings } from '../settings/settings.js';
import { escalationsOf, reminderOf, type Running, type TimelyWord } from './reminding.js';

/** A conflict that is contested and not settled. */
export interface Contested extends Pick<RecordedConflict, 'personId' | 'recordedBy' | 'ofMonitoringOfficer'> {
  readonly id: string;
  readonly contestedAt: Date;
}

/** Null where the calendar gives no day. */
const ofContested = (settings: Settings, conflict: Contested): Running | null => {
  const due = settlementDue(settings, conflict.contestedAt);
  const office = settlingOffice(conflict);
  return due.at === null
    ? null
    : {
        what: 'settle_conflict',
        reference: conflictsReference,
        subject: conflict.id,
        since: conflict.contestedAt,
        due: { ...due, at: due.at },
        waitsFor: [{ office }],
        escalatesTo: [office],
        called: conflictsReference,
      };
};

/** What is to be said of it by now: the reminder, or that it was missed. */
export const wordsOfContested = (
  settings: Settings,
  conflict: Contested,
  now: Date,
): {
  readonly open: Running;
  readonly reminder: TimelyWord | null;
  readonly missed: readonly TimelyWord[];
} | null => {
  const open = ofContested(settings, conflict);
  if (open === null) return null;
  const missed = escalationsOf(settings, open, now).map((word) =>
    settlingOffice(conflict) === 'democratic_services'
      ? { ...word, to: [{ headOf: 'democratic_services' as const }] }
      : word,
  );
  return { open, reminder: reminderOf(settings, open, now), missed };
};
