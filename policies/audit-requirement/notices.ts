/** Who is told of a requirement of Internal Audit: need-to-know.md, sections 5 and 8. Never which records, nor its reasons. */
import { requirementsReference, type Notice, type Recipient } from '../core/notices.js';

const keepers: readonly Recipient[] = [{ office: 'democratic_services' }, { office: 'monitoring_officer' }];

/** Those of whom a second person confirms it. */
export const requirementWaits = (): Notice => ({
  kind: 'requirement_waits',
  reference: requirementsReference,
  to: keepers,
  action: 'confirm',
  due: null,
});

export const requirementStands = (auditorId: string): Notice => ({
  kind: 'requirement_stands',
  reference: requirementsReference,
  to: [{ personId: auditorId }, ...keepers],
  action: 'read',
  due: null,
});

export const requirementEnded = (auditorId: string): Notice => ({
  kind: 'requirement_ended',
  reference: requirementsReference,
  to: [{ personId: auditorId }, ...keepers],
  action: 'read',
  due: null,
});
