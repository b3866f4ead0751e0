/** How people meet the commands on papers. */
import {
  askRightReview,
  confirmRight,
  decideRightReview,
  giveBack,
  recordRight,
  releasePapers,
} from '../../policies/papers/commands.js';
import type { Command } from '../../policies/command/command.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { offered } from '../case/offered.js';
import { whileOpen } from '../case/while-open.js';
import { requestParams } from '../request/bodies.js';
import { paths } from '../web/paths.js';
import {
  releaseBody,
  rightBody,
  rightConfirmationBody,
  rightReviewBody,
  rightReviewDecisionBody,
} from './bodies.js';

const ofDocuments = ({ row }: CaseFile, given: object) =>
  row.observationType === 'document_inspection' ? [given] : [];

export const rightHere = offered(recordRight, {
  says: 'Record whether there is a statutory right to the papers',
  at: paths.statutoryRight,
  each: ofDocuments,
  explains: whileOpen,
  params: requestParams,
  body: rightBody,
  api: ['PUT', '/api/requests/{reference}/statutory-right'],
});

/** Only while a right waits for its confirmation, and where it has its reasons. */
export const confirmRightHere = offered(confirmRight, {
  says: 'Confirm what is recorded about a right to the papers',
  at: paths.confirmRight,
  each: ofDocuments,
  explains: (about, { rule }) => whileOpen(about) && rule !== 'no_right_waits' && rule !== 'office',
  params: requestParams,
  body: rightConfirmationBody,
  api: ['POST', '/api/requests/{reference}/statutory-right/confirm'],
});

export const askRightReviewHere = offered(askRightReview, {
  says: 'Ask for a review of the finding that you have no right to the papers',
  at: paths.rightReview,
  each: ofDocuments,
  explains: (about, { rule }) => whileOpen(about) && rule !== 'right_denied',
  params: requestParams,
  body: rightReviewBody,
  api: ['POST', '/api/requests/{reference}/statutory-right/review'],
});

export const decideRightReviewHere = offered(decideRightReview, {
  says: 'Decide the review of a denied right to the papers',
  at: paths.rightReviewDecision,
  each: ofDocuments,
  explains: (about, { rule }) => whileOpen(about) && rule !== 'right_denied' && rule !== 'no_review',
  params: requestParams,
  body: rightReviewDecisionBody,
  api: ['POST', '/api/requests/{reference}/statutory-right/review/decision'],
});

/** Whether papers are out still; a copy stays with the councillor. */
const areOut = ({ papers }: CaseFile): boolean =>
  papers.releases.some(({ returnedAt, copy }) => returnedAt === null && !copy);

/** Releasing papers and recording that they came back share a line, a page and a route. */
const papers = (command: Command<'release_papers', 'Request'>) =>
  offered(command, {
    says: 'Record papers released or returned',
    at: paths.releases,
    each: ofDocuments,
    explains: (about) => whileOpen(about) || about.row.status === 'approved',
    params: requestParams,
    body: releaseBody,
    api: ['POST', '/api/requests/{reference}/releases'],
  });

export const releaseHere = papers(releasePapers);
const giveBackHere = papers(giveBack);

/** What is out comes back first. */
export const papersHere = (file: CaseFile) => (areOut(file) ? giveBackHere : releaseHere);
