/** Who gets which notice about offices: People, accounts and sign-in, “People and offices”. */
import { accountReference, peopleReference, type Notice } from '../core/notices.js';

/** Anyone who may confirm an office learns that one waits. */
export const officeWaits = (): Notice => ({
  kind: 'office_waits',
  reference: peopleReference,
  to: [{ office: 'administrator' }, { office: 'monitoring_officer' }],
  action: 'confirm',
  due: null,
});

/** The person learns that something about their offices has changed. */
export const officeChanged = (personId: string): Notice => ({
  kind: 'office_changed',
  reference: accountReference,
  to: [{ personId }],
  action: 'read',
  due: null,
});
