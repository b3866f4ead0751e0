/** The account that is made at the machine itself. Source: People, accounts and sign-in. */
import { command } from '../command/command.js';
import { administersBeside } from './first-account.js';

/** Whoever runs the machine gives it, and no office: nobody may be there yet who could sign in. */
export const createAccount = command({
  name: 'create_account',
  on: 'Account',
  by: [],
  hinders: [
    { rule: 'administrated', when: ({ administrated, recovers }) => administrated && !recovers },
    { rule: 'account_suspended', when: ({ known }) => known?.suspended === true },
    { rule: 'administrator_alone', when: administersBeside },
  ],
});
