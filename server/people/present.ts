import { addressChangeEnds, waitingAddressChange } from '../../policies/address/address-change.js';
import type { OfficeHeld } from '../../policies/office/office-held.js';
import { stateOf } from '../../policies/office/office-held.js';
import type { Person } from '../../policies/people/person.js';
import { londonDate } from '../../policies/core/time/london.js';
import { officeCommands, personCommands } from '../../policies/permission/every-command.js';
import { removalEnds, waitingRemoval } from '../../policies/proof/removal.js';
import { available } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';

type Reader = Pick<Ctx, 'actor' | 'ability' | 'now'>;

const presentOffice = (reader: Reader, office: OfficeHeld) => {
  const { id, capacity, head, authority, from, to, givenBy, confirmedBy } = office;
  return {
    id,
    office: office.office,
    capacity,
    head,
    authority,
    from,
    to,
    state: stateOf(office, londonDate(reader.now())),
    givenBy: givenBy && { name: givenBy.name },
    confirmedBy: confirmedBy && { name: confirmedBy.name },
    can: available(officeCommands, reader, office, {}),
  };
};

/** The removal of their app for codes, where it waits for a second person. */
const presentRemoval = ({ now }: Reader, { codes }: Person) => {
  const removal = waitingRemoval(codes, now());
  if (removal === null) return null;
  const { askedBy, at, reasons } = removal;
  return {
    askedBy: { name: askedBy.name },
    askedAt: at.toISOString(),
    until: removalEnds(removal).toISOString(),
    reasons,
  };
};

/** The change of their address, where it waits for a second person. */
const presentAddressChange = ({ now }: Reader, { addressChange }: Person) => {
  const change = waitingAddressChange(addressChange, now());
  if (change === null) return null;
  const { email, askedBy, at, reasons } = change;
  return {
    email,
    askedBy: { name: askedBy.name },
    askedAt: at.toISOString(),
    until: addressChangeEnds(change).toISOString(),
    reasons,
  };
};

/** A person with their offices, for those who keep the accounts or confirm an office. */
export const presentPerson = (reader: Reader, person: Person) => {
  const { id, name, email, councillor, signsIn, suspendedAt } = person;
  return {
    id,
    name,
    email,
    councillor,
    signsIn,
    suspendedAt,
    codesRemoval: presentRemoval(reader, person),
    addressChange: presentAddressChange(reader, person),
    offices: person.offices.map((office) => presentOffice(reader, office)),
    can: available(personCommands, reader, person, {}),
  };
};
