/**
 * What people do about how they prove themselves: for themselves alone, and with a fresh proof. And what two others do for
 * somebody who has lost their phone and their recovery codes.
 * Source: People, accounts and sign-in, “Ways in” and “Step-up”.
 */
import { command } from '../command/command.js';
import type { Person } from '../people/person.js';
import { waitingRemoval } from './removal.js';

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

const isOver = ({ codes }: Person, { now }: { readonly now?: Date | undefined }): boolean =>
  now !== undefined && waitingRemoval(codes, now) === null;

export const askCodesRemoval = command({
  name: 'ask_codes_removal',
  on: 'Person',
  by: ['administrator'],
  closedBy: [{ rule: 'no_codes', when: ({ codes }) => !codes.inUse }],
  hinders: [
    { rule: 'codes_two_people', keepsApart: true, when: ({ id }, { by }) => id === by },
    {
      rule: 'removal_asked',
      when: ({ codes }, { now }) => now !== undefined && waitingRemoval(codes, now) !== null,
    },
  ],
});

export const withdrawCodesRemoval = command({
  name: 'withdraw_codes_removal',
  on: 'Person',
  by: ['administrator'],
  closedBy: [{ rule: 'removal_over', when: ({ codes }) => codes.removal === null }],
  hinders: [
    {
      rule: 'removal_of_another',
      keepsApart: true,
      when: ({ codes }, { by }) => by !== undefined && codes.removal?.askedBy.id !== by,
    },
    { rule: 'removal_over', when: isOver },
  ],
});

export const confirmCodesRemoval = command({
  name: 'confirm_codes_removal',
  on: 'Person',
  by: ['administrator', 'monitoring_officer'],
  asksProof: true,
  // A deputy is registered by one person alone: who confirms holds the office.
  signs: (_actor, { capacity }) => (capacity === 'deputy' ? 'codes_two_people' : null),
  closedBy: [{ rule: 'removal_over', when: ({ codes }) => codes.removal === null }],
  hinders: [
    {
      rule: 'codes_two_people',
      keepsApart: true,
      when: ({ id, codes }, { by }) => by !== undefined && (id === by || codes.removal?.askedBy.id === by),
    },
    { rule: 'removal_over', when: isOver },
  ],
});
