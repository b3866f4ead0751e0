/** Who gets which notice about a visit: need-to-know.md, section 8. */
import { type Notice, hostOf } from '../core/notices.js';
import type { Visit } from './visit.js';

/** What a notice needs to know of a visit. */
export type OfVisit = Readonly<Pick<Visit, 'id' | 'reference' | 'councillorId' | 'hostId'>>;

/**
 * Councillor and host learn that a visit is planned: when it is goes into their calendar, under a neutral title, and
 * what and where it is they read after signing in.
 */
export const visitPlanned = ({ id, reference, councillorId, hostId }: OfVisit): Notice => ({
  kind: 'visit_planned',
  reference,
  to: [{ councillorId }, ...hostOf(hostId)],
  action: 'read',
  due: null,
  visitId: id,
});

export const visitMoved = (visit: OfVisit): Notice => ({
  ...visitPlanned(visit),
  kind: 'visit_moved',
});

/** Legal are asked about the bars of law: for a visit that is planned, moved or of another case, or since a bar was reported. */
export const barsAsked = (reference: string): Notice => ({
  kind: 'visit_bars',
  reference,
  to: [{ office: 'legal' }],
  action: 'look_into',
  due: null,
});

/** The visit does not take place. The notice is the same for every end: it never says why, or by whom. */
export const visitOff = (visit: OfVisit): Notice => ({
  ...visitPlanned(visit),
  kind: 'visit_off',
});

/** The councillor is asked to confirm the record, or to disagree with it. */
export const attendanceRecorded = (reference: string, councillorId: string): Notice => ({
  kind: 'attendance_recorded',
  reference,
  to: [{ councillorId }],
  action: 'confirm',
  due: null,
});

/** Host and Children's Services learn that the councillor does not agree with the record. */
export const attendanceDisputed = (reference: string, hostId: string | null): Notice => ({
  kind: 'attendance_disputed',
  reference,
  to: [{ office: 'childrens_services' }, ...hostOf(hostId)],
  action: 'read',
  due: null,
});
