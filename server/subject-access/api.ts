/** Everything that is held on one councillor, as a file for them (UK GDPR, Article 15). */
import { z } from 'zod';
import { giveSubjectAccess } from './give-subject-access.js';
import { route } from '../web/api/route.js';
import { uuid } from '../web/schema/schemas.js';
import { heldShape } from './shapes.js';

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
      // The name of the file does not disclose whom it is about.
      res.attachment('subject-access.json').type('application/json');
      return held;
    },
  }),
];
