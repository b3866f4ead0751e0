/** What a visit waits for, and who deals with it. Source: need-to-know.md, sections 6 and 7. */
import { deadline } from '../core/time/deadlines.js';
import { atLondonTime } from '../core/time/london.js';
import type { Office } from '../core/office.js';
import type { Visit } from './visit.js';
import type { Settings } from '../settings/settings.js';

export interface VisitTurn {
  readonly what: 'take_place' | 'record' | 'confirm' | 'answer';
  /** Null if it waits only for its day. */
  readonly office: Extract<Office, 'host' | 'councillor' | 'childrens_services'> | null;
  /** By the end of which day; null if no day is set. */
  readonly due: string | null;
}

/**
 * The next thing that a visit waits for; null if nothing is left. The record is due a set number of working days
 * after the visit, a question by its own day, and then the councillor confirms.
 * @param questions the questions asked after the visit
 */
export const visitTurn = (
  visit: Visit,
  questions: readonly { readonly dueOn: string; readonly answeredAt: Date | null }[],
  now: Date,
  settings: Settings,
): VisitTurn | null => {
  const { attendance } = visit;
  if (attendance === null) {
    if (visit.endedAt !== null) return null;
    const over = atLondonTime(visit.date, visit.to);
    if (now < over) return { what: 'take_place', office: null, due: visit.date };
    const { at } = deadline(settings, 'attendance_record', over, settings.periods.attendanceRecord, []);
    return { what: 'record', office: 'host', due: at };
  }
  // A question may be put before the record is confirmed, and an answer has its day.
  const [first] = questions
    .filter(({ answeredAt }) => answeredAt === null)
    .map(({ dueOn }) => dueOn)
    .toSorted();
  if (first !== undefined) return { what: 'answer', office: 'childrens_services', due: first };
  return attendance.confirmation === null ? { what: 'confirm', office: 'councillor', due: null } : null;
};
