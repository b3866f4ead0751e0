/** The people with an account: listed, read, added and changed. */
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../web/api/cursor.js';
import { once } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { page, uuid } from '../web/schema/schemas.js';
import { pageOf } from '../web/schema/shapes.js';
import { addPerson } from './add-person.js';
import { personParams } from './bodies.js';
import { changePerson } from './change-person.js';
import { addPersonHere, changePersonHere } from './commands.js';
import { listPeople } from './list-people.js';
import { personAfter } from './follows/person.js';
import { presentPerson } from './present.js';
import { readPerson } from './read-person.js';
import { personShape } from './shapes.js';

export const peopleRoutes = [
  route({
    method: 'GET',
    path: '/api/people',
    summary: 'The people with an account, by name',
    query: z.strictObject({ ...page.shape, waiting: z.enum(['true', 'false']).optional() }),
    response: pageOf(personShape),
    run: async (ctx, { query: { limit, cursor, waiting } }) => {
      const keys = cursor === undefined ? null : decodeCursor(cursor, z.tuple([z.string(), uuid]));
      const after = keys ? { place: keys[0], id: keys[1] } : undefined;
      const { items, last } = await listPeople(ctx, { limit, after, waiting: waiting === 'true' });
      return {
        items: items.map((person) => presentPerson(ctx, person)),
        next: last ? encodeCursor([last.place, last.id]) : null,
      };
    },
  }),
  route({
    ...addPersonHere.api,
    summary: 'Add a person, who has no office and no password yet',
    status: 201,
    response: personShape,
    run: (ctx, { body }) => once(ctx, 201, (joined) => addPerson(joined, body), personAfter, 'person.read'),
  }),
  route({
    method: 'GET',
    path: '/api/people/{id}',
    summary: 'One person with their offices',
    params: personParams,
    response: personShape,
    run: async (ctx, { params }) => presentPerson(ctx, await readPerson(ctx, params.id)),
  }),
  route({
    ...changePersonHere.api,
    summary: 'Change the name of a person, or the address as long as nothing hangs on it',
    response: personShape,
    run: (ctx, { params, body }) =>
      once(ctx, 200, (joined) => changePerson(joined, params.id, body), personAfter, 'person.read'),
  }),
];
