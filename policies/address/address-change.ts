/**
 * The change of the address with which somebody signs in: it takes two people.
 * Source: People, accounts and sign-in, “Ways in”: the address of an account in use waits for a second person, and is told
 * to the old address.
 */
import { isStillOpen } from '../proof/proof.js';

/** For how many hours a change may be confirmed. */
export const addressChangeHours = 24;

/** A change that was asked for, and not confirmed yet. */
export interface AddressChange {
  /** The address that it is to be. */
  readonly email: string;
  readonly askedBy: { readonly id: string; readonly name: string };
  readonly at: Date;
  readonly reasons: string;
}

const time = addressChangeHours * 3_600_000;

/** Until when it may be confirmed. */
export const addressChangeEnds = ({ at }: AddressChange): Date => new Date(at.getTime() + time);

/** Since when a change was asked for that waits now. */
export const addressChangesWaitSince = (now: Date): Date => new Date(now.getTime() - time);

/** The change that waits for a second person; null where none does: nobody asked, or the time to confirm it is over. */
export const waitingAddressChange = (change: AddressChange | null, now: Date): AddressChange | null =>
  change !== null && isStillOpen(change.at, addressChangeHours * 60, now) ? change : null;
