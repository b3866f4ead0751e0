/** What people do about their passkeys, with a fresh proof, and with them. Source: People, accounts and sign-in, “Ways in”. */
import { command } from '../command/command.js';
import { mostPasskeys } from './passkey.js';

const forOneself = { on: 'Passkeys', by: [], bySelf: true } as const;

export const addPasskey = command({
  name: 'add_passkey',
  ...forOneself,
  asksProof: true,
  hinders: [
    { rule: 'passkeys_here', when: ({ offered }) => !offered },
    { rule: 'passkeys_enough', when: ({ inUse }) => inUse >= mostPasskeys },
  ],
});

export const removePasskey = command({ name: 'remove_passkey', ...forOneself, asksProof: true });

export const usePasskey = command({
  name: 'use_passkey',
  ...forOneself,
  hinders: [
    { rule: 'passkeys_here', when: ({ offered }) => !offered },
    { rule: 'no_passkey', when: ({ inUse }) => inUse === 0 },
  ],
});
