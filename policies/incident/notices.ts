/** Who gets which notice about an incident: need-to-know.md, section 8. */
import { type Notice, incidentsReference } from '../core/notices.js';

/** Data Protection, the same day. */
export const incidentReported = (due: string | null): Notice => ({
  kind: 'incident_reported',
  reference: incidentsReference,
  to: [{ office: 'data_protection' }],
  action: 'look_into',
  due,
});

export const incidentClosed = (reporterId: string): Notice => ({
  kind: 'incident_closed',
  reference: incidentsReference,
  to: [{ personId: reporterId }],
  action: 'read',
  due: null,
});

/** The councillor reads what is alleged on the page, and may answer. */
export const allegationTold = (councillorId: string, due: string): Notice => ({
  kind: 'allegation_told',
  reference: incidentsReference,
  to: [{ councillorId }],
  action: 'respond',
  due,
});

/** Data Protection learn that the councillor has answered. */
export const allegationAnswered = (): Notice => ({
  kind: 'allegation_answered',
  reference: incidentsReference,
  to: [{ office: 'data_protection' }],
  action: 'look_into',
  due: null,
});
