/**
 * Offices are given by an administrator, confirmed by a second person, and end on a day.
 * Source: People, accounts and sign-in, “From nothing to the first decision”, 2, and “People and offices”.
 */
import { command } from '../command/command.js';
import { administersBesideOffice, isOver, meet } from './office-held.js';

export const giveOffice = command({
  name: 'give_office',
  on: 'Person',
  by: ['administrator'],
  hinders: [
    { rule: 'own_office', keepsApart: true, when: ({ id }, { by }) => id === by },
    { rule: 'account_suspended', when: ({ suspendedAt }) => suspendedAt !== null },
    { rule: 'councillor_office', when: (_person, { giving }) => giving?.office === 'councillor' },
    {
      rule: 'administrator_alone',
      when: ({ offices, takesPart, councillor }, { giving }) =>
        giving !== undefined &&
        (administersBesideOffice(giving, offices) ||
          (giving.office === 'administrator' && (takesPart || councillor))),
    },
    {
      rule: 'office_held',
      when: ({ offices }, { giving }) =>
        giving !== undefined && offices.some((held) => held.office === giving.office && meet(held, giving)),
    },
    {
      rule: 'one_head',
      when: (_person, { giving, heads }) =>
        giving?.head === true && (heads ?? []).some((each) => meet(each, giving)),
    },
  ],
});

export const confirmOffice = command({
  name: 'confirm_office',
  on: 'OfficeHeld',
  by: ['administrator', 'monitoring_officer'],
  asksProof: true,
  // A deputy is registered by one person alone: who confirms holds the office.
  signs: (_actor, { capacity }) => (capacity === 'deputy' ? 'office_waits' : null),
  closedBy: [{ rule: 'office_confirmed', when: ({ confirmed }) => confirmed }],
  hinders: [
    {
      rule: 'office_waits',
      keepsApart: true,
      when: ({ personId, givenBy }, { by }) => by !== undefined && (personId === by || givenBy?.id === by),
    },
    {
      rule: 'office_ended',
      when: (held, { today }) => today !== undefined && isOver(held, today),
    },
  ],
});

export const endOffice = command({
  name: 'end_office',
  on: 'OfficeHeld',
  by: ['administrator'],
  closedBy: [{ rule: 'councillor_office', when: ({ office }) => office === 'councillor' }],
  hinders: [
    { rule: 'own_office', keepsApart: true, when: ({ personId }, { by }) => personId === by },
    { rule: 'office_ended', when: (held, { today }) => today !== undefined && isOver(held, today) },
    { rule: 'last_keeper', when: ({ confirmed }, { isLast }) => confirmed && isLast === true },
  ],
});
