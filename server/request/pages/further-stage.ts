/** A further stage of a child's journey: a new request, which goes through the three seats again. */
import { z } from 'zod';
import { permit } from '../../../policies/permission/permit.js';
import { draft } from '../../../policies/request/commands.js';
import { paths } from '../../web/paths.js';
import { draftRequest } from '../draft-request.js';
import { readRequest } from '../read-request.js';
import { asFormErrors } from '../../web/pages/faults.js';
import { page } from '../../web/pages/page.js';
import { requestParams } from '../bodies.js';

const furtherStagePage = page({
  path: paths.furtherStage(':reference') as `/${string}`,
  params: requestParams,
  view: 'request/views/next-stage',
  async load(ctx, { params }) {
    const file = await readRequest(ctx, params.reference);
    permit(draft, ctx, file, { continues: true });
    const { maxWindowMonths: stage, maxMonthsInAll: inAll } = ctx.settings.type('childs_journey');
    return { reference: file.row.reference, limits: { stage, inAll } };
  },
  form: {
    body: z.strictObject({}),
    read: () => ({}),
    async act(ctx, { params: { reference } }) {
      const { row } = await readRequest(ctx, reference);
      // A stage has its own days; and a programme invites only to its own window.
      const { window: _days, programme: _invitation, ...kept } = row.content;
      return paths.check(
        (await asFormErrors(() => draftRequest(ctx, { ...kept, continues: reference }))).row.reference,
      );
    },
  },
});

export const furtherStagePages = [furtherStagePage];
