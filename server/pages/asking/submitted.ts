import { viewOf } from '../../../policies/offices/view.js';
import { forbid } from '../../../policies/rules.js';
import { paths } from '../../paths.js';
import { presentDue } from '../../presenters/due.js';
import { readRequest } from '../../usecases/read-request.js';
import { page } from '../page.js';
import { byReference } from '../requests.js';

/** What happens now that the request is handed in, by when and through whom. */
export const submittedPage = page({
  path: paths.submitted(':reference') as `/${string}`,
  params: byReference,
  view: 'asking/submitted',
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
