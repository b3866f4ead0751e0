/** How people meet the commands on somebody else’s app for codes. */
import { askCodesRemoval, confirmCodesRemoval, withdrawCodesRemoval } from '../../policies/proof/commands.js';
import { offered } from '../case/offered.js';
import { reasonsBody } from '../grant/bodies.js';
import { personParams } from '../people/bodies.js';
import { paths } from '../web/paths.js';

export const askCodesRemovalHere = offered(askCodesRemoval, {
  says: 'Remove their ways to prove who they are',
  at: paths.askCodesRemoval,
  params: personParams,
  body: reasonsBody,
  api: ['POST', '/api/people/{id}/codes/removal'],
});

export const withdrawCodesRemovalHere = offered(withdrawCodesRemoval, {
  says: 'Withdraw the removal of their ways to prove who they are',
  at: paths.withdrawCodesRemoval,
  params: personParams,
  body: undefined,
  api: ['DELETE', '/api/people/{id}/codes/removal'],
});

export const confirmCodesRemovalHere = offered(confirmCodesRemoval, {
  says: 'Confirm the removal of their ways to prove who they are',
  at: paths.confirmCodesRemoval,
  params: personParams,
  body: undefined,
  api: ['POST', '/api/people/{id}/codes/removal/confirm'],
});
