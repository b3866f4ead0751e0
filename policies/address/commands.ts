/**
 * What two people do about the address with which a third signs in. Source: People, accounts and sign-in, “Ways in”.
 */
import { command } from '../command/command.js';
import { addressCounts, type Person } from '../people/person.js';
import { waitingAddressChange } from './address-change.js';

const isOver = ({ addressChange }: Person, { now }: { readonly now?: Date | undefined }): boolean =>
  now !== undefined && waitingAddressChange(addressChange, now) === null;

export const askAddressChange = command({
  name: 'ask_address_change',
  on: 'Person',
  by: ['administrator'],
  closedBy: [{ rule: 'address_free', when: (person) => !addressCounts(person) }],
  hinders: [
    { rule: 'address_two_people', keepsApart: true, when: ({ id }, { by }) => id === by },
    {
      rule: 'address_asked',
      when: ({ addressChange }, { now }) =>
        now !== undefined && waitingAddressChange(addressChange, now) !== null,
    },
  ],
});

export const withdrawAddressChange = command({
  name: 'withdraw_address_change',
  on: 'Person',
  by: ['administrator'],
  closedBy: [{ rule: 'address_over', when: ({ addressChange }) => addressChange === null }],
  hinders: [
    {
      rule: 'address_of_another',
      keepsApart: true,
      when: ({ addressChange }, { by }) => by !== undefined && addressChange?.askedBy.id !== by,
    },
    { rule: 'address_over', when: isOver },
  ],
});

export const confirmAddressChange = command({
  name: 'confirm_address_change',
  on: 'Person',
  by: ['administrator', 'monitoring_officer'],
  asksProof: true,
  // A deputy is registered by one person alone: who confirms holds the office.
  signs: (_actor, { capacity }) => (capacity === 'deputy' ? 'address_two_people' : null),
  closedBy: [{ rule: 'address_over', when: ({ addressChange }) => addressChange === null }],
  hinders: [
    {
      rule: 'address_two_people',
      keepsApart: true,
      when: ({ id, addressChange }, { by }) =>
        by !== undefined && (id === by || addressChange?.askedBy.id === by),
    },
    { rule: 'address_over', when: isOver },
  ],
});
