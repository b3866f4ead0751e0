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
