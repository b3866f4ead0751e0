/** The address with which somebody signs in: changed by two people. */
import { personAfter } from '../people/follows/person.js';
import { personShape } from '../people/shapes.js';
import { once } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { askChange } from './ask-change.js';
import { askAddressChangeHere, confirmAddressChangeHere, withdrawAddressChangeHere } from './commands.js';
import { confirmChange } from './confirm-change.js';
import { withdrawChange } from './withdraw-change.js';

export const addressRoutes = [
  route({
    ...askAddressChangeHere.api,
    summary:
      'Ask, with reasons, to change the address somebody signs in with: it stays until a second person confirms it',
    response: personShape,
    run: (ctx, { params, body }) =>
      once(ctx, 200, (joined) => askChange(joined, params.id, body), personAfter, 'person.read'),
  }),
  route({
    ...withdrawAddressChangeHere.api,
    summary: 'Withdraw what you asked for: the address stays',
    status: 204,
    run: async (ctx, { params }) => void (await withdrawChange(ctx, params.id)),
  }),
  route({
    ...confirmAddressChangeHere.api,
    summary:
      'Confirm that an address is changed: every session of its owner ends, and both addresses are told',
    response: personShape,
    run: (ctx, { params }) =>
      once(ctx, 200, (joined) => confirmChange(joined, params.id), personAfter, 'person.read'),
  }),
];
