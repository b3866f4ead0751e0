/** Whose turn it is. Source: need-to-know.md, section 4: the two sign, Legal decides last. */
import type { ObservationRequest, Office, Seat } from './subjects.js';

/** The offices that something is waiting for; none once the request has ended. */
export const turnOf = (row: Pick<ObservationRequest, 'status' | 'seats'>): Office[] => {
  if (row.status === 'draft' || row.status === 'returned') return ['councillor'];
  if (row.status !== 'submitted') return [];
  const open = (['childrens_services', 'democratic_services'] satisfies Seat[]).filter(
    (office) => !row.seats.some((seat) => seat.office === office),
  );
  return open.length > 0 ? open : ['legal'];
};
