/** Who gets which notice about codes: People, accounts and sign-in, “Ways in”. */
import { accountReference, peopleReference, type Notice } from '../core/notices.js';

/** The owner learns that something about their codes has changed, also where they did it themselves. */
export const codesChanged = (personId: string): Notice => ({
  kind: 'codes_changed',
  reference: accountReference,
  to: [{ personId }],
  action: 'read',
  due: null,
  acknowledges: true,
});

const keepers = [{ office: 'administrator' }, { office: 'monitoring_officer' }] as const;

/** Everybody who may confirm the removal of an app for codes learns that one waits. */
export const codesRemovalWaits = (): Notice => ({
  kind: 'codes_removal_waits',
  reference: peopleReference,
  to: keepers,
  action: 'confirm',
  due: null,
});

/** The owner learns that their app for codes is gone. */
export const codesRemoved = (personId: string): Notice => ({
  kind: 'codes_removed',
  reference: accountReference,
  to: [{ personId }],
  action: 'read',
  due: null,
});

/** Every administrator and Monitoring Officer learns it as well, also who confirmed it. */
export const codesRemovedOfSomebody = (): Notice => ({
  kind: 'codes_removed_of_somebody',
  reference: peopleReference,
  to: keepers,
  action: 'look_into',
  due: null,
  acknowledges: true,
});
