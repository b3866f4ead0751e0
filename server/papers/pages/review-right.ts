/** The review of the finding that a claimed right does not exist. */
import type { CaseFile } from '../../../policies/case/case-file.js';
import { timeToAsk } from '../../../policies/review/review.js';
import type { Ctx } from '../../case/ctx.js';
import { asFormErrors, validate } from '../../web/pages/faults.js';
import { barHere } from '../../web/pages/bar.js';
import { entered, given, number } from '../../web/pages/form.js';
import { page } from '../../web/pages/page.js';
import { reviewDecisionIn } from '../../web/pages/checking/review-decision.js';
import { paths } from '../../web/paths.js';
import { presentRequest } from '../../request/present/request.js';
import { readRequest } from '../../request/read-request.js';
import { askRightReviewHere, decideRightReviewHere } from '../commands.js';
import { askRightReview, decideRightReview } from '../review-right.js';
import { headed } from './headed.js';

/** The finding with its reasons, as far as this person may read them. */
const findingOf = (ctx: Ctx, file: CaseFile) => {
  const request = presentRequest(ctx, file);
  return 'statutoryRight' in request ? request.statutoryRight : null;
};

export const askRightReviewPage = page({
  ...askRightReviewHere.page,
  view: 'papers/views/ask-review',
  async load(ctx, { params }) {
    const file = await readRequest(ctx, params.reference);
    const { row, papers } = file;
    const confirmed = papers.rights.findLast(({ version }) => version === row.version)?.confirmed;
    return {
      request: headed(file),
      found: findingOf(ctx, file),
      until: confirmed ? timeToAsk(ctx.settings, confirmed.at).at : null,
      bar: barHere(ctx, askRightReviewHere, file, {}),
    };
  },
  form: {
    body: askRightReviewHere.body,
    read: (form) =>
      validate(
        askRightReviewHere.body,
        given({ version: number(form, 'version'), reasons: entered(form, 'reasons') }),
      ),
    async act(ctx, { params: { reference }, body }) {
      await asFormErrors(() => askRightReview(ctx, reference, body));
      return paths.request(reference);
    },
  },
});

export const decideRightReviewPage = page({
  ...decideRightReviewHere.page,
  view: 'papers/views/decide-review',
  async load(ctx, { params }) {
    const file = await readRequest(ctx, params.reference);
    return {
      request: headed(file),
      found: findingOf(ctx, file),
      bar: barHere(ctx, decideRightReviewHere, file, { by: ctx.actor.id }),
    };
  },
  form: {
    body: decideRightReviewHere.body,
    read: (form) => validate(decideRightReviewHere.body, reviewDecisionIn(form)),
    check: {
      before: () => 'decide the review',
      button: () => 'Decide the review',
      lines: ({ body }) => [
        {
          says: 'Outcome',
          text: body.outcome === 'upheld' ? 'The finding is upheld' : 'It is found afresh by others',
        },
        { says: 'Reasons', typed: body.reasons },
        { says: 'Declaration', text: 'You have no conflict of interest in this review' },
      ],
      done: () => 'You have decided the review',
    },
    async act(ctx, { params: { reference }, body: { noConflict: _declared, ...sent } }) {
      await asFormErrors(() => decideRightReview(ctx, reference, sent));
      return paths.request(reference);
    },
  },
});
