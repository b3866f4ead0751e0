/** The right to papers, its confirmation and its review, and their release. Source: need-to-know.md, section 3a. */
import { command, type Command, type Hindrance } from '../command/command.js';
import type { ObservationRequest } from '../request/request.js';
import type { CaseFile } from '../case/case-file.js';
import type { RuleKey } from '../core/rules.js';
import { barredFromReviewing, barredFromSigning } from '../decision/sign-off.js';
import type { Acting, Actor } from '../people/actor.js';
import { confirmersOf } from '../request/statutory-right.js';
import { saysTooLate } from '../review/review.js';
import type { RecordedRight } from './on-record.js';
import { rightDenied, rightStands, rightWaits } from './right.js';

/** What was last recorded about a right to the version before the offices. */
const lastRight = ({ row, papers }: CaseFile): RecordedRight | undefined =>
  papers.rights.findLast(({ version }) => version === row.version);

/** Whether Legal has said that the law bars nothing about these papers. */
const barsAnswered = ({ assessment }: CaseFile): boolean =>
  assessment?.test.findings.some(
    ({ question, result }) => question === 'legal_bars' && result === 'satisfied',
  ) === true;

const onlyDocuments: Hindrance<ObservationRequest, unknown> = {
  rule: 'documents_only',
  when: ({ observationType }) => observationType !== 'document_inspection',
};

/** A right has a clock of its own: a return to the councillor stops none of its steps. */
const whileAsked = ['submitted', 'returned'] as const;

export const recordRight = command({
  name: 'record_right',
  on: 'Request',
  by: ['legal'],
  from: whileAsked,
  closedBy: [onlyDocuments],
  hinders: [
    {
      // A review has it found afresh, and by somebody else.
      rule: 'signed_before',
      keepsApart: true,
      when: (file, { by }) => {
        const last = lastRight(file);
        return last?.review?.outcome === 'remitted' && last.recordedBy === by;
      },
    },
    {
      rule: 'release',
      when: ({ row, papers }) =>
        papers.releases.some(({ version }) => version === row.version) &&
        'Papers were released under the right that is on record.',
    },
  ],
});

/** The rule that keeps this person from confirming what is recorded about a right; or null. */
const barredFromConfirming = (actor: Actor, acting: Acting, row: ObservationRequest): RuleKey | null => {
  const { statutoryRight } = row;
  if (statutoryRight !== null && !confirmersOf(statutoryRight).includes(acting.office)) return 'office';
  if (statutoryRight?.recordedBy === actor.id) return 'right_two_people';
  return barredFromSigning(actor, acting, row);
};

/** Another person confirms a right, or that a claimed one does not exist: only then does it count. */
export const confirmRight = command({
  name: 'confirm_right',
  on: 'Request',
  by: ['democratic_services', 'childrens_services'],
  asksProof: true,
  from: whileAsked,
  signs: barredFromConfirming,
  closedBy: [
    onlyDocuments,
    { rule: 'no_right_waits', when: (row) => !rightWaits(row) },
    {
      rule: 'right_reasons',
      when: ({ statutoryRight }) =>
        statutoryRight?.reasoned === false &&
        'This right was recorded without reasons: Legal must record it again first.',
    },
  ],
});

/** The councillor asks for a review of the finding that the right they claimed does not exist. */
export const askRightReview = command({
  name: 'ask_right_review',
  on: 'Request',
  by: ['councillor'],
  from: whileAsked,
  closedBy: [onlyDocuments, { rule: 'right_denied', when: (row) => !rightDenied(row) }],
  hinders: [
    { rule: 'right_denied', when: (file) => (lastRight(file)?.review ?? null) !== null },
    {
      rule: 'review_time',
      when(file) {
        const confirmed = lastRight(file)?.confirmed;
        return confirmed ? (saysTooLate(confirmed.at, file.at, file.settings) ?? false) : false;
      },
    },
  ],
});

/** The Monitoring Officer upholds the finding, or has it made afresh by others. */
export const decideRightReview = command({
  name: 'decide_right_review',
  on: 'Request',
  by: ['monitoring_officer'],
  asksProof: true,
  from: whileAsked,
  signs: barredFromReviewing,
  closedBy: [onlyDocuments, { rule: 'right_denied', when: (row) => !rightDenied(row) }],
  hinders: [
    {
      rule: 'no_review',
      when: (file) => {
        const review = lastRight(file)?.review ?? null;
        return review === null || review.outcome !== null;
      },
    },
    {
      rule: 'reviewer_signed',
      keepsApart: true,
      when: (file, { by }) => {
        const last = lastRight(file);
        return by !== undefined && (last?.recordedBy === by || last?.confirmed?.personId === by);
      },
    },
  ],
});

/** Papers are released under a right, or after approval. A release without authority at its time is recorded too. */
export const releasePapers = command({
  name: 'release_papers',
  on: 'Request',
  by: ['childrens_services'],
  from: [...whileAsked, 'approved'],
  closedBy: [
    onlyDocuments,
    {
      rule: 'right_first',
      when: ({ status, statutoryRight }) => status !== 'approved' && statutoryRight === null,
    },
    { rule: 'right_waits', when: (row) => row.status !== 'approved' && rightWaits(row) },
    { rule: 'release', when: (row) => row.status !== 'approved' && !rightStands(row) },
  ],
  hinders: [
    { rule: 'right_bars', when: (file) => rightStands(file.row) && !barsAnswered(file) },
    {
      rule: 'release',
      when: ({ row }, { copy }) =>
        copy === true && !rightStands(row) && 'Only a statutory right gives a copy.',
    },
  ],
});

/** Papers are out until somebody records their return, whatever the request's status is by then. */
export const giveBack: Command<'release_papers', 'Request'> = {
  ...releasePapers,
  from: null,
  closedBy: [onlyDocuments],
  hinders: [
    {
      rule: 'release',
      when: (_file, { returned }) =>
        returned !== undefined &&
        returned.before !== null &&
        returned.before.getTime() !== returned.now.getTime() &&
        'That these papers came back is on record already.',
    },
  ],
};
