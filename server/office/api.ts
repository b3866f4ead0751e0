/** Offices: given, confirmed by a second person, ended on a day. */
import { once } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { personShape } from '../people/shapes.js';
import { confirmOfficeHere, endOfficeHere, giveOfficeHere } from './commands.js';
import { confirmOffice } from './confirm-office.js';
import { endOffice } from './end-office.js';
import { giveOffice } from './give-office.js';
import { personAfter } from '../people/follows/person.js';

export const officeRoutes = [
  route({
    ...giveOfficeHere.api,
    summary: 'Give an office: it counts for nothing until a second person confirms it',
    status: 201,
    response: personShape,
    run: (ctx, { params, body }) =>
      once(ctx, 201, (joined) => giveOffice(joined, params.id, body), personAfter, 'person.read'),
  }),
  route({
    ...confirmOfficeHere.api,
    summary: 'Confirm an office that somebody else has given to somebody else',
    response: personShape,
    run: (ctx, { params }) =>
      once(ctx, 200, (joined) => confirmOffice(joined, params), personAfter, 'person.read'),
  }),
  route({
    ...endOfficeHere.api,
    summary: 'End an office: its last day; yesterday ends it now',
    response: personShape,
    run: (ctx, { params, body }) =>
      once(ctx, 200, (joined) => endOffice(joined, params, body.to), personAfter, 'person.read'),
  }),
];
