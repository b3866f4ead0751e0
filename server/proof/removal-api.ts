/** The app for codes of somebody who has lost their phone and their recovery codes: removed by two people. */
import { personAfter } from '../people/follows/person.js';
import { personShape } from '../people/shapes.js';
import { once } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { askRemoval } from './ask-removal.js';
import { askCodesRemovalHere, confirmCodesRemovalHere, withdrawCodesRemovalHere } from './commands.js';
import { confirmRemoval } from './confirm-removal.js';
import { withdrawRemoval } from './withdraw-removal.js';

export const codesRemovalRoutes = [
  route({
    ...askCodesRemovalHere.api,
    summary:
      'Ask, with reasons, to remove somebody’s app for codes and passkeys: they stay until a second person confirms it',
    response: personShape,
    run: (ctx, { params, body }) =>
      once(ctx, 200, (joined) => askRemoval(joined, params.id, body.reasons), personAfter, 'person.read'),
  }),
  route({
    ...withdrawCodesRemovalHere.api,
    summary: 'Withdraw what you asked for: the app for codes and the passkeys stay',
    status: 204,
    run: async (ctx, { params }) => void (await withdrawRemoval(ctx, params.id)),
  }),
  route({
    ...confirmCodesRemovalHere.api,
    summary:
      'Confirm that an app for codes and passkeys are removed, with the recovery codes: every session of their owner ends',
    response: personShape,
    run: (ctx, { params }) =>
      once(ctx, 200, (joined) => confirmRemoval(joined, params.id), personAfter, 'person.read'),
  }),
];
