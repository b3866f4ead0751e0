/** The decision notice: what was decided and why, to be read and printed; as much as its reader may see. */
import { z } from 'zod';
import { isOverdue } from '../../../policies/deadlines.js';
import { viewOf } from '../../../policies/offices/view.js';
import { NotFound } from '../../../policies/refusals.js';
import { timeToAsk } from '../../../policies/review.js';
import { reference } from '../../api/schemas.js';
import { presentGrant } from '../../presenters/grant.js';
import { presentRequest } from '../../presenters/request.js';
import { readRequest } from '../../usecases/read-request.js';
import { page } from '../page.js';

export const noticePage = page({
  path: '/requests/:reference/notice',
  params: z.strictObject({ reference }),
  view: 'deciding/notice',
  async load(ctx, { params }) {
    const dossier = await readRequest(ctx, params.reference);
    const request = presentRequest(ctx, dossier);
    const decision = 'decision' in request ? request.decision : null;
    if (!decision) throw new NotFound();
    const review = decision.reviewBy === null ? null : timeToAsk(ctx.settings, decision.at);
    return {
      request,
      decision,
      view: viewOf(ctx, dossier.row),
      grant: dossier.grant && presentGrant(ctx, dossier.grant, ctx.now()),
      review,
      mayAsk: review !== null && request.can.includes('ask_review') && !isOverdue(review, ctx.now()),
    };
  },
});
