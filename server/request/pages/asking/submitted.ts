import { viewOf } from '../../../../policies/permission/offices/view.js';
import { forbid } from '../../../../policies/core/rules.js';
import { paths } from '../../../web/paths.js';
import { presentDue } from '../../../deadline/present.js';
import { readRequest } from '../../read-request.js';
import { page } from '../../../web/pages/page.js';
import { requestParams } from '../../bodies.js';

/** The next steps after handing in: what, by when, and by whom. */
export const submittedPage = page({
  path: paths.submitted(':reference') as `/${string}`,
  params: requestParams,
  view: 'request/views/asking/submitted',
  async load(ctx, { params }) {
    const { row, returns } = await readRequest(ctx, params.reference);
    if (viewOf(ctx, row) !== 'own') throw forbid('office');
    return {
      reference: row.reference,
      stage: row.status,
      again: returns.length > 0,
      due: presentDue(ctx.settings, row),
    };
  },
});
