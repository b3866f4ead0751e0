/** How people meet the commands on a refusal or an end, and on a remitted request. */
import {
  acceptLate,
  answerGist,
  askReview,
  decideReview,
  direct,
  nameReviewer,
  remitUnasked,
  tellGist,
} from '../../policies/review/commands.js';
import type { No } from '../../policies/permission/permit.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { saysTooLate } from '../../policies/review/review.js';
import { reviewableSince, reviewedSays, waitsLate } from '../../policies/request/reviewed.js';
import { offered } from '../case/offered.js';
import { requestParams } from '../request/bodies.js';
import {
  directionBody,
  gistAnswerBody,
  gistBody,
  lateReviewBody,
  remittalBody,
  reviewBody,
  reviewDecisionBody,
  reviewerBody,
} from './bodies.js';
import { paths } from '../web/paths.js';

/** Only for what can be reviewed, and not for a reason that means there is nothing left to do. */
const reviewExplained =
  (...quiet: readonly No['rule'][]) =>
  ({ row }: CaseFile, { rule }: No): boolean =>
    reviewableSince(row) !== null && !quiet.includes(rule);

/** Only for a refusal. */
const refusalExplained =
  (...quiet: readonly No['rule'][]) =>
  ({ row }: CaseFile, { rule }: No): boolean =>
    row.status === 'refused' && !quiet.includes(rule);

export const tellGistHere = offered(tellGist, {
  says: 'Tell the councillor the gist before a refusal',
  at: paths.tellGist,
  params: requestParams,
  body: gistBody,
  api: ['POST', '/api/requests/{reference}/hearing'],
});

export const answerGistHere = offered(answerGist, {
  says: 'Answer before it is decided',
  at: paths.answerGist,
  params: requestParams,
  body: gistAnswerBody,
  api: ['POST', '/api/requests/{reference}/hearing/answer'],
});

/** Whether a review of it comes late. */
export const isLate = ({ row, settings, at }: CaseFile): boolean => {
  const since = reviewableSince(row);
  return since !== null && saysTooLate(since, at, settings) !== null;
};

export const askReviewHere = offered(askReview, {
  says: ({ row }) => `Ask for a review of the ${reviewedSays(row)}`,
  at: paths.review,
  explains: reviewExplained('review_asked'),
  // After its time it is asked for with a reason.
  each: (file, given) => [{ ...given, late: isLate(file) }],
  params: requestParams,
  body: reviewBody,
  api: ['POST', '/api/requests/{reference}/review'],
});

export const acceptLateHere = offered(acceptLate, {
  says: 'Say whether the late review is heard',
  at: paths.lateReview,
  explains: ({ row }) => waitsLate(row),
  params: requestParams,
  body: lateReviewBody,
  api: ['POST', '/api/requests/{reference}/review/late'],
});

export const remitUnaskedHere = offered(remitUnasked, {
  says: 'Have the refusal decided afresh by others, unasked',
  at: paths.remitUnasked,
  params: requestParams,
  body: remittalBody,
  api: ['POST', '/api/requests/{reference}/remittal'],
});

export const decideReviewHere = offered(decideReview, {
  says: ({ row }) => `Decide the review of the ${reviewedSays(row)}`,
  at: paths.reviewDecision,
  explains: reviewExplained('no_review'),
  params: requestParams,
  body: reviewDecisionBody,
  api: ['POST', '/api/requests/{reference}/review/decision'],
});

export const nameReviewerHere = offered(nameReviewer, {
  says: ({ row }) =>
    `Record whom the Chief Executive names, where nobody is free ${row.status === 'submitted' ? 'to sign for an office' : 'to review it'}`,
  at: paths.nameReviewer,
  explains: (file, because) =>
    reviewExplained('no_review')(file, because) ||
    (file.row.remittedAt !== null && because.rule === 'principal_present'),
  params: requestParams,
  body: reviewerBody,
  api: ['POST', '/api/requests/{reference}/review/reviewer'],
});

export const directHere = offered(direct, {
  says: 'Record a direction of a committee or a court',
  at: paths.direction,
  explains: refusalExplained(),
  params: requestParams,
  body: directionBody,
  api: ['POST', '/api/requests/{reference}/direction'],
});
