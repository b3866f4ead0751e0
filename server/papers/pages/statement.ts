/** The written statement of reasons to the committee, for a copy refused under regulation 17: to read and to print. */
import { authorities } from '../../../policies/core/authorities.js';
import { NotFound } from '../../../policies/core/refusals.js';
import { statementOf } from '../../../policies/papers/statement.js';
import { viewOf } from '../../../policies/permission/offices/view.js';
import { page } from '../../web/pages/page.js';
import { paths } from '../../web/paths.js';
import { readRequest } from '../../request/read-request.js';
import { requestParams } from '../../request/bodies.js';
import { rightNow } from '../right-now.js';
import { headed } from './headed.js';

export const statementPage = page({
  path: paths.rightStatement(':reference') as `/${string}`,
  params: requestParams,
  view: 'papers/views/statement',
  async load(ctx, { params }) {
    const file = await readRequest(ctx, params.reference);
    const { row } = file;
    // What a review undid is no finding any more, and no statement of it is printed.
    const recorded = rightNow(file);
    const view = viewOf(ctx, row);
    const asked = (row.content.papers ?? []).map(({ category }) => category);
    const statement = recorded && statementOf(recorded, asked);
    if (!statement || !recorded?.confirmed || (view !== 'office' && view !== 'own')) throw new NotFound();
    return {
      request: headed(file),
      councillor: row.councillorName,
      statement,
      authority: authorities.statementToCommittee,
      recorded: {
        reasons: recorded.reasons,
        document: recorded.document,
        cites: recorded.cites,
        delegation: recorded.confirmed.delegation,
        confirmedAt: recorded.confirmed.at,
        office: recorded.confirmed.office,
      },
    };
  },
});
