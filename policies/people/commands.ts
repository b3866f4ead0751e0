/** What administrators do about people. Source: People, accounts and sign-in, “People and offices”. */
import { command } from '../command/command.js';
import { addressCounts } from './person.js';

export const addPerson = command({ name: 'add_person', on: 'Person', by: ['administrator'] });

export const changePerson = command({
  name: 'change_person',
  on: 'Person',
  by: ['administrator'],
  closedBy: [{ rule: 'member_account', when: ({ councillor }) => councillor }],
  hinders: [
    {
      rule: 'sign_in_address',
      when: (person, { email }) => email !== undefined && email !== person.email && addressCounts(person),
    },
  ],
});
