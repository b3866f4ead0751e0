/**
 * What people do about how they prove themselves: for themselves alone, and with a fresh proof.
 * Source: People, accounts and sign-in, “Ways in”.
 */
import { command } from '../command/command.js';

const forOneself = { on: 'CodeKey', by: [], bySelf: true, asksProof: true } as const;

export const beginCodes = command({ name: 'begin_codes', ...forOneself });

export const confirmCodes = command({
  name: 'confirm_codes',
  ...forOneself,
  hinders: [{ rule: 'codes', when: ({ begun }) => !begun }],
});

export const makeRecoveryCodes = command({
  name: 'make_recovery_codes',
  ...forOneself,
  hinders: [{ rule: 'codes', when: ({ inUse }) => !inUse }],
});
