/** Programmes: invitations to members. They approve nobody. */
import { z } from 'zod';
import { presentProgramme } from './present.js';
import { openProgramme } from './open-programme.js';
import { listProgrammes, readProgramme } from './read-programmes.js';
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { once } from '../web/api/once.js';
import { programmeShape } from './shapes.js';
import { route } from '../web/api/route.js';
import { page, uuid } from '../web/schema/schemas.js';
import { pageOf } from '../web/schema/shapes.js';
import { openProgrammeHere } from './commands.js';

export const programmeRoutes = [
  route({
    method: 'GET',
    path: '/api/programmes',
    summary: 'The programmes that members are invited to, newest first',
    query: page,
    response: pageOf(programmeShape),
    run: async (ctx, { query: { limit, cursor } }) => {
      const before = seqIn(cursor);
      const { items, last } = await listProgrammes(ctx, { limit, before });
      return {
        items: items.map((each) => presentProgramme(ctx, each)),
        next: last ? encodeCursor([last.seq]) : null,
      };
    },
  }),
  route({
    method: 'GET',
    path: '/api/programmes/{id}',
    summary: 'One programme',
    params: z.strictObject({ id: uuid }),
    response: programmeShape,
    run: async (ctx, { params }) => presentProgramme(ctx, await readProgramme(ctx, params.id)),
  }),
  route({
    ...openProgrammeHere.api,
    summary: 'Invite members to take part, for Democratic Services. It approves nobody',
    status: 201,
    response: programmeShape,
    run: (ctx, { body: { draftAnswers = {}, ...body } }) =>
      once(
        ctx,
        201,
        (joined) => openProgramme(joined, { ...body, draftAnswers }),
        async (joined, id) => presentProgramme(joined, await readProgramme(joined, id)),
        null,
      ),
  }),
];
