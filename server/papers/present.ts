import type { Finding } from '../../policies/need-to-know/test.js';
import type { View } from '../../policies/permission/offices/view.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import type { RecordedRight } from '../../policies/papers/on-record.js';
import { statementOf } from '../../policies/papers/statement.js';
import { rightNow } from './right-now.js';

/** What the law bars about the papers is Legal's answer in the test. */
export const barsOf = ({ assessment }: CaseFile): Finding | null =>
  assessment?.test.findings.find(({ question }) => question === 'legal_bars') ?? null;

/** The reasons of a right: the councillor and Data Protection read them once they count, and an auditor never does. */
const wordsOf = (view: View, right: RecordedRight, asked: readonly string[]) => {
  const { reasons, document, cites, confirmed, findings, review } = right;
  if (view === 'auditor') return {};
  if (view !== 'office' && !right.counts) return {};
  const statement = statementOf(right, asked);
  return {
    document,
    cites,
    reasons,
    findings,
    delegation: confirmed?.delegation ?? null,
    statement,
    ...(review === null
      ? {}
      : {
          review: {
            askedAt: review.askedAt,
            reasons: review.reasons,
            outcome: review.outcome,
            decisionReasons: review.decisionReasons,
            decidedAt: review.decidedAt,
          },
        }),
  };
};

const presentRight = (view: View, file: CaseFile) => {
  const right = rightNow(file);
  if (right === null) return null;
  const asked = (file.row.content.papers ?? []).map(({ category }) => category);
  return {
    right: right.right,
    due: right.due,
    claimed: right.claimed,
    counts: right.counts,
    recordedAt: right.recordedAt,
    confirmed: right.confirmed && { at: right.confirmed.at, office: right.confirmed.office },
    ...wordsOf(view, right, asked),
  };
};

/** A request's papers: the linked requests, the right to them, the releases. An auditor reads no text. */
export const presentPapers = (view: View, file: CaseFile) => {
  const { row, papers } = file;
  return {
    // A host reads the request they host, and nothing of linked ones (need-to-know.md, section 5).
    ...(view === 'host' ? {} : { linked: papers.linked }),
    ...(row.observationType === 'document_inspection'
      ? {
          ...(view === 'host' ? {} : { statutoryRight: presentRight(view, file) }),
          releases: papers.releases.map(({ category, releasedAt, returnedAt, authorised, copy }) => ({
            ...(view === 'auditor' || view === 'host' ? {} : { category }),
            at: releasedAt,
            returned: returnedAt,
            ...(copy ? { copy } : {}),
            ...(authorised ? {} : { authorised }),
          })),
        }
      : {}),
  };
};

/** The papers' entries on the timeline: what happened and when. */
export const paperMoments = ({ papers: { rights, releases } }: CaseFile) => [
  ...rights.flatMap(({ recordedAt: at, version, right, confirmed, review }) => [
    { at, what: 'right_recorded', version, outcome: right },
    ...(confirmed ? [{ at: confirmed.at, what: 'right_confirmed', version, outcome: right }] : []),
    ...(review ? [{ at: review.askedAt, what: 'right_review_requested', version }] : []),
    ...(review?.decidedAt && review.outcome
      ? [{ at: review.decidedAt, what: 'right_review_decided', version, outcome: review.outcome }]
      : []),
  ]),
  ...releases.flatMap(({ releasedAt, returnedAt, version }) => [
    { at: releasedAt, what: 'papers_released', version },
    ...(returnedAt ? [{ at: returnedAt, what: 'papers_returned', version }] : []),
  ]),
];
