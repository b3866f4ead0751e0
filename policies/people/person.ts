/** A person with an account, as those who keep the accounts see them. Source: People, accounts and sign-in. */
import type { AddressChange } from '../address/address-change.js';
import type { OfficeHeld } from '../office/office-held.js';
import type { Codes } from '../proof/code-key.js';

export interface Person {
  readonly kind: 'Person';
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Whether the account is a councillor's: Democratic Services keep those too. */
  readonly councillor: boolean;
  readonly suspendedAt: Date | null;
  /** Whether they have a password. */
  readonly signsIn: boolean;
  readonly codes: Codes;
  /** A change of their address that was asked for and not confirmed. */
  readonly addressChange: AddressChange | null;
  readonly offices: readonly OfficeHeld[];
  /** Whether they host a request, were named for one, or stand in for an office: no administrator does. */
  readonly takesPart: boolean;
}

/**
 * Whether the address of an account decides who acts: it is in use, or has an office, even one that waits, or its owner hosts
 * a request or stands in for an office.
 */
export const addressCounts = ({ signsIn, offices, takesPart }: Person): boolean =>
  signsIn || offices.length > 0 || takesPart;

/** A person who is to be added. */
export const personToBe = ({ name, email }: { readonly name: string; readonly email: string }): Person => ({
  kind: 'Person',
  id: '',
  name,
  email,
  councillor: false,
  suspendedAt: null,
  signsIn: false,
  codes: { inUse: false, removal: null },
  addressChange: null,
  offices: [],
  takesPart: false,
});
