/** Who is told of a subject access request: need-to-know.md, section 5; UK GDPR, Article 12(3). Never what is in it. */
import { accessReference, type Notice } from '../core/notices.js';

/** Data Protection, and the person whose data it is. */
export const accessRecorded = (councillorId: string, due: string): Notice => ({
  kind: 'access_recorded',
  reference: accessReference,
  to: [{ office: 'data_protection' }, { councillorId }],
  action: 'read',
  due,
});

/** The person reads the reasons in the service. */
export const accessExtended = (councillorId: string, due: string): Notice => ({
  kind: 'access_extended',
  reference: accessReference,
  to: [{ office: 'data_protection' }, { councillorId }],
  action: 'read',
  due,
});

export const accessReleased = (councillorId: string): Notice => ({
  kind: 'access_released',
  reference: accessReference,
  to: [{ office: 'data_protection' }, { councillorId }],
  action: 'read',
  due: null,
});
