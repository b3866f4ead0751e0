/** How people meet the commands on the address with which somebody else signs in. */
import {
  askAddressChange,
  confirmAddressChange,
  withdrawAddressChange,
} from '../../policies/address/commands.js';
import { offered } from '../case/offered.js';
import { personParams } from '../people/bodies.js';
import { paths } from '../web/paths.js';
import { addressBody } from './bodies.js';

export const askAddressChangeHere = offered(askAddressChange, {
  says: 'Change the address they sign in with',
  at: paths.askAddressChange,
  params: personParams,
  body: addressBody,
  api: ['POST', '/api/people/{id}/address'],
});

export const withdrawAddressChangeHere = offered(withdrawAddressChange, {
  says: 'Withdraw the change of their address',
  at: paths.withdrawAddressChange,
  params: personParams,
  body: undefined,
  api: ['DELETE', '/api/people/{id}/address'],
});

export const confirmAddressChangeHere = offered(confirmAddressChange, {
  says: 'Confirm the change of their address',
  at: paths.confirmAddressChange,
  params: personParams,
  body: undefined,
  api: ['POST', '/api/people/{id}/address/confirm'],
});
