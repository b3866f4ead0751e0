/** Whose turn it is. Source: need-to-know.md, section 4: all three answer, the two sign, Legal
 * decides last, or refuses as soon as an objection stands; the Monitoring Officer reviews a refusal. */
import type { Office, Seat } from '../core/office.js';
import { orderStands } from './reviewed.js';
import { objects } from './live-seat.js';
import { confirmersOf, type StatutoryRight } from './statutory-right.js';
import type { ObservationRequest } from './request.js';
import { isUnderReview } from './reviewed.js';

/** Whom a right waits for: its confirmer, then Children's Services; null where there is none, so that the seats go on. */
const turnOfRight = (right: StatutoryRight | null): readonly Office[] | null => {
  if (right === null || (right.counts && right.due === null)) return null;
  if (!right.counts) return right.reasoned ? confirmersOf(right) : ['legal'];
  return right.allReleased ? [] : ['childrens_services'];
};

/** The offices that something is waiting for; none once the request has ended. */
export const turnOf = (
  row: Pick<ObservationRequest, 'status' | 'seats' | 'version' | 'review' | 'statutoryRight'> &
    Partial<Pick<ObservationRequest, 'order' | 'hostId'>>,
): Office[] => {
  const { statutoryRight } = row;
  const ofRight =
    row.status === 'submitted' || row.status === 'returned' ? turnOfRight(statutoryRight) : null;
  if (row.status === 'draft') return ['councillor'];
  if (row.status === 'returned') return ['councillor', ...(ofRight ?? [])];
  if (isUnderReview(row)) return ['monitoring_officer'];
  if (ofRight !== null) return [...ofRight];
  if (row.status !== 'submitted') return [];
  // What is ordered needs its host, and then Legal carry it out.
  if (orderStands(row)) return row.hostId === null ? ['childrens_services'] : ['legal'];
  const open = (['childrens_services', 'democratic_services'] satisfies Seat[]).filter(
    (office) => !row.seats.some((seat) => seat.office === office),
  );
  // Until one has signed all three have still to answer and discuss; after an objection Legal may refuse.
  const alsoLegal = row.seats.length === 0 || row.seats.some(objects);
  return open.length === 0 ? ['legal'] : [...open, ...(alsoLegal ? (['legal'] as const) : [])];
};
