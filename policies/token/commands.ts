/** What people do about tokens. Source: People, accounts and sign-in, “Machines”. */
import { command } from '../command/command.js';
import { officeOfScope } from './token.js';

export const makeToken = command({
  name: 'make_token',
  on: 'Token',
  by: ['democratic_services', 'auditor'],
  asksProof: true,
  among: ({ scope }) => (scope === undefined ? null : [officeOfScope[scope]]),
  // A deputy stands in for a time, and a token would outlast it.
  signs: (_actor, { capacity }) => (capacity === 'deputy' ? 'token_deputy' : null),
  // Somebody has ended it since the call began.
  hinders: [{ rule: 'office_ended', when: (_token, { inOffice }) => inOffice === false }],
});

/** Its owner, at once and without a proof; and an administrator that of anybody. */
export const revokeToken = command({
  name: 'revoke_token',
  on: 'Token',
  by: ['administrator'],
  bySelf: true,
  closedBy: [{ rule: 'token_over', when: ({ ended }) => ended }],
});
