/** Who gets which notice about the address with which somebody signs in: People, accounts and sign-in, “Ways in”. */
import { accountReference, peopleReference, type Notice } from '../core/notices.js';

const keepers = [{ office: 'administrator' }, { office: 'monitoring_officer' }] as const;

/** Everybody who may confirm a change of an address learns that one waits. */
export const addressChangeWaits = (): Notice => ({
  kind: 'address_change_waits',
  reference: peopleReference,
  to: keepers,
  action: 'confirm',
  due: null,
});

const toOwner = (personId: string) =>
  ({ reference: accountReference, to: [{ personId }], action: 'read', due: null }) as const;

/** The owner learns that somebody asked for it, at the address that they have. */
export const addressChangeAsked = (personId: string): Notice => ({
  kind: 'address_change_asked',
  ...toOwner(personId),
});

/** The same person learns that it was changed: at the address that they had until then. */
export const addressLeft = (personId: string): Notice => ({ kind: 'address_left', ...toOwner(personId) });

/** And at the new one. */
export const addressChanged = (personId: string): Notice => ({
  kind: 'address_changed',
  ...toOwner(personId),
});

/** Every administrator and Monitoring Officer learns it as well, also who confirmed it. */
export const addressChangedOfSomebody = (): Notice => ({
  kind: 'address_changed_of_somebody',
  reference: peopleReference,
  to: keepers,
  action: 'look_into',
  due: null,
  acknowledges: true,
});
