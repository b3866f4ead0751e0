import { viewOf } from '../../../../policies/permission/offices/view.js';
import { forbid } from '../../../../policies/core/rules.js';
import { paths } from '../../../web/paths.js';
import { presentDue } from '../../../deadline/present.js';
import { readRequest } from '../../read-request.js';
import { page } from '../../../web/pages/page.js';
import { requestParams } from '../../bodies.js';

/** What happens now that the request is handed in, by when and through whom. */
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
