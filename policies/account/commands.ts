/**
 * The account that is made at the machine itself, and what is done about accounts later: by administrators, and for
 * councillors by Democratic Services too. Source: People, accounts and sign-in.
 */
import { command } from '../command/command.js';
import { administersBeside } from './first-account.js';

/** Anyone who runs the machine gives it, and no office: nobody may be there yet who could sign in. */
export const createAccount = command({
  name: 'create_account',
  on: 'Account',
  by: [],
  hinders: [
    { rule: 'administrated', when: ({ isKept, recovers }) => isKept && !recovers },
    { rule: 'account_suspended', when: ({ known }) => known?.suspended === true },
    { rule: 'administrator_alone', when: administersBeside },
    { rule: 'break_glass', when: ({ breakGlass, known }) => breakGlass && known?.bound === true },
    {
      rule: 'break_glass_administers',
      when: ({ breakGlass, office }) => breakGlass && office !== 'administrator',
    },
  ],
});

/** Democratic Services do these for councillors alone. */
const keepers = ['administrator', 'democratic_services'] as const;

export const invite = command({
  name: 'invite',
  on: 'Person',
  by: keepers,
  closedBy: [{ rule: 'account_suspended', when: ({ suspendedAt }) => suspendedAt !== null }],
});

/** All members of the register at once: each who has an account, and neither a password nor a link that works. */
export const inviteMembers = command({
  name: 'invite_members',
  on: 'Register',
  by: ['democratic_services'],
  keeping: true,
  hinders: [
    { rule: 'members_shown', when: (_register, { shown, found }) => shown !== undefined && shown !== found },
  ],
});

export const suspend = command({
  name: 'suspend',
  on: 'Person',
  by: keepers,
  closedBy: [{ rule: 'account_suspended', when: ({ suspendedAt }) => suspendedAt !== null }],
  hinders: [
    { rule: 'own_office', keepsApart: true, when: ({ id }, { by }) => id === by },
    { rule: 'last_keeper', when: (_person, { isLast }) => isLast === true },
  ],
});

export const restore = command({
  name: 'restore',
  on: 'Person',
  by: keepers,
  closedBy: [{ rule: 'not_suspended', when: ({ suspendedAt }) => suspendedAt === null }],
});

export const signOutPerson = command({ name: 'sign_out', on: 'Person', by: keepers });
