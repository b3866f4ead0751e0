/** The decision notice: the decision with its reasons, to read and to print, as far as its reader may see them. */
import { z } from 'zod';
import { isOverdue } from '../../../policies/core/time/deadlines.js';
import { viewOf } from '../../../policies/permission/offices/view.js';
import { NotFound } from '../../../policies/core/refusals.js';
import { holdsOffice } from '../../../policies/people/actor.js';
import { timeToAsk } from '../../../policies/review/review.js';
import { reference } from '../../web/schema/schemas.js';
import { presentGrant } from '../../grant/present/grant.js';
import { presentRequest } from '../../request/present/request.js';
import { readRequest } from '../../request/read-request.js';
import { page } from '../../web/pages/page.js';

export const noticePage = page({
  path: '/requests/:reference/notice',
  params: z.strictObject({ reference }),
  view: 'decision/views/notice',
  async load(ctx, { params }) {
    const file = await readRequest(ctx, params.reference);
    const request = presentRequest(ctx, file);
    const decision = 'decision' in request ? request.decision : null;
    if (!decision) throw new NotFound();
    const review = decision.reviewBy === null ? null : timeToAsk(ctx.settings, decision.at);
    return {
      request,
      decision,
      view: viewOf(ctx, file.row),
      grant: file.grant && presentGrant(ctx, file.grant, ctx.now()),
      // Whether the slip is theirs to correct is asked on its page.
      mayCorrect: holdsOffice(ctx.actor, 'legal'),
      review,
      mayAsk: review !== null && request.can.includes('ask_review') && !isOverdue(review, ctx.now()),
    };
  },
});
