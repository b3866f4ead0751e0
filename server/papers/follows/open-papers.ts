import type { Knex } from 'knex';
import * as papers from '../../../db/papers/papers.js';
import * as requests from '../../../db/request/requests.js';
import { londonDate } from '../../../policies/core/time/london.js';
import { papersOpened } from '../../../policies/papers/notices.js';
import type { ObservationRequest, RequestContent } from '../../../policies/request/request.js';
import type { Ctx } from '../../case/ctx.js';
import { asCouncillor } from '../../case/as-councillor.js';
import { notify } from '../../case/notify.js';
import { record } from '../../case/record.js';

/**
 * A wish for papers, once it is handed in, opens the councillor's own draft to inspect them, once; the
 * observation goes on without it (need-to-know.md, section 3).
 */
export const openPapers = async (
  trx: Knex.Transaction,
  ctx: Ctx,
  row: ObservationRequest,
  content: RequestContent,
): Promise<void> => {
  if (content.declarations?.documents !== 'yes' || content.observationType === 'document_inspection') return;
  if ((await papers.openedBy(trx, row)) !== null) return;
  const at = ctx.now();
  const { role, authority, window, papers: asked } = content;
  const reference = await requests.insert(trx, {
    councillorId: row.councillorId,
    content: {
      observationType: 'document_inspection',
      role,
      authority,
      window,
      ...(asked ? { papers: asked } : {}),
    },
    at,
    year: londonDate(at).slice(0, 4),
    openedBy: row.id,
  });
  const entry = record(trx, ctx, asCouncillor, {
    type: 'request.opened',
    subject: reference,
    decision: { from: row.reference },
  });
  notify(trx, ctx, entry, papersOpened(reference, row.councillorId));
};
