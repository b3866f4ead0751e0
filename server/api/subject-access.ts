/** Everything that is held on one councillor, as a file for them (UK GDPR, Article 15). */
import { z } from 'zod';
import { giveSubjectAccess } from '../usecases/give-subject-access.js';
import { route } from './route.js';
import { uuid } from './schemas.js';
import { heldShape } from './subject-access-shape.js';

export const subjectAccessRoutes = [
  route({
    method: 'GET',
    path: '/api/councillors/{id}/subject-access',
    summary:
      'Everything held on a councillor, as a file for them: without discussion, advice and what is of others',
    params: z.strictObject({ id: uuid }),
    response: heldShape,
    run: async (ctx, { params, res }) => {
      const held = await giveSubjectAccess(ctx, params.id);
      // The name of the file says of nobody that it is about them.
      res.attachment('subject-access.json').type('application/json');
      return held;
    },
  }),
];
