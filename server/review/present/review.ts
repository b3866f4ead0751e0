import type {
  DirectionOnRecord,
  NamedOnRecord,
  RemittalOnRecord,
  ReviewOnRecord,
} from '../../../policies/review/on-record.js';
import type { View } from '../../../policies/permission/offices/view.js';
import { nextRoute } from '../../../policies/review/review.js';
import type { CaseFile } from '../../../policies/case/case-file.js';
import { presentDue } from '../../deadline/present.js';
import type { Settings } from '../../../policies/settings/settings.js';

/** A review for each reader: need-to-know.md, section 5. A host sees none of it. */
interface Sight {
  /** Whether the reader sees the text: the auditor does not. */
  readonly text: boolean;
  /** Whether people are named: to the offices, and to the auditor who asks who decided. */
  readonly people: boolean;
}

const sights: Readonly<Record<View, Sight | null>> = {
  own: { text: true, people: false },
  office: { text: true, people: true },
  data_protection: { text: true, people: false },
  auditor: { text: false, people: true },
  host: null,
};

const byWhom = ({ name, capacity, deputyFor }: RemittalOnRecord['by']) => ({
  name,
  capacity,
  ...(deputyFor === null ? {} : { deputyFor }),
});

/** Why it was asked for late, and whether it was accepted. */
const lateOf = ({ late }: ReviewOnRecord, { text }: Sight) =>
  late && {
    late: {
      acceptedAt: late.acceptedAt,
      ...(text ? { because: late.because } : {}),
      ...(text && late.acceptReasons !== null ? { reasons: late.acceptReasons } : {}),
    },
  };

/** That the council looked at its refusal again by itself. Why somebody who signed it did is for those who see people. */
const remittalOf = ({ at, reasons, ownBecause, by }: RemittalOnRecord, { text, people }: Sight) => ({
  at,
  ...(text ? { reasons } : {}),
  ...(text && people && ownBecause !== null ? { ownBecause } : {}),
  ...(people ? { by: byWhom(by) } : {}),
});

const decisionOf = ({ outcome, decisionReasons, decidedAt, by }: ReviewOnRecord, { text, people }: Sight) => {
  if (outcome === null || decidedAt === null) return {};
  const decidedBy = by && byWhom(by);
  return {
    decision: {
      outcome,
      at: decidedAt,
      ...(text && decisionReasons !== null ? { reasons: decisionReasons } : {}),
      ...(people && decidedBy ? { by: decidedBy } : {}),
    },
  };
};

/** What comes of a direction: an order is carried out, and a recommendation has it decided afresh. */
const directed = ({ effect }: Pick<DirectionOnRecord, 'effect'>) =>
  effect === 'order' ? 'ordered' : 'superseded';

const noReview = { outcome: null, by: null } as const;

const naming = ({ name, namedBy, authority }: NamedOnRecord, { text }: Sight) => ({
  name,
  ...(text ? { namedBy, authority } : {}),
});

/** The people named by the Chief Executive since: for the review, and for the seats of a remitted request. */
const namedFor = (named: readonly NamedOnRecord[], since: Date | undefined, sight: Sight) => {
  if (!sight.people) return {};
  const reviewer = named
    .filter(({ office, at }) => office === 'monitoring_officer' && since !== undefined && at >= since)
    .at(-1);
  const forSeats = named.flatMap((each) =>
    each.office === 'monitoring_officer' ? [] : [{ office: each.office, ...naming(each, sight) }],
  );
  return {
    ...(reviewer ? { reviewer: naming(reviewer, sight) } : {}),
    ...(forSeats.length > 0 ? { named: forSeats } : {}),
  };
};

/**
 * The last review of a request, or the direction that came in its place, with the councillor's next steps. Null if
 * there was neither a review of a refusal nor a direction.
 */
export const presentReview = (settings: Settings, view: View, { row, review: record }: CaseFile) => {
  const sight = sights[view];
  const every = [...record.reviews, ...record.directions, ...record.remittals];
  if (sight === null || every.length === 0) return null;
  const version = Math.max(...every.map((each) => each.version));
  const review = record.reviews.find((each) => each.version === version);
  const direction = record.directions.find((each) => each.version === version);
  const remittal = record.remittals.find((each) => each.version === version);
  const afresh = review?.afresh ?? direction?.afresh ?? null;
  const due = review && review.outcome === null ? presentDue(settings, row) : null;
  return {
    version,
    ...(afresh ? { afresh } : {}),
    ...(review ? { askedAt: review.askedAt } : {}),
    ...(review && sight.text ? { reasons: review.reasons } : {}),
    ...(due ? { due } : {}),
    ...(review ? lateOf(review, sight) : {}),
    ...namedFor(record.named, review?.askedAt, sight),
    ...(review ? decisionOf(review, sight) : {}),
    ...(remittal ? { remittal: remittalOf(remittal, sight) } : {}),
    ...(direction
      ? {
          direction: {
            effect: direction.effect,
            givenBy: direction.givenBy,
            date: direction.date,
            at: direction.at,
            ...(sight.text ? { body: direction.body, minute: direction.minute } : {}),
          },
        }
      : {}),
    ...(sight.text ? { next: nextRoute(nextOf({ review, direction, remittal })) } : {}),
  };
};

/** What the next route follows from: what came last. */
const nextOf = ({
  review,
  direction,
  remittal,
}: {
  readonly review: ReviewOnRecord | undefined;
  readonly direction: DirectionOnRecord | undefined;
  readonly remittal: RemittalOnRecord | undefined;
}) => {
  if (direction) return { outcome: directed(direction), by: null, afresh: direction.afresh } as const;
  if (remittal) return { outcome: 'unasked', by: null } as const;
  const waits = review?.outcome === null && review.late?.acceptedAt === null;
  return waits ? ({ outcome: 'late', by: null } as const) : (review ?? noReview);
};

/** The reviews' entries on the timeline: what happened and when, never by whom or why. */
export const reviewMoments = ({ review: { reviews, directions, remittals } }: CaseFile) => [
  ...reviews.flatMap(({ version, askedAt, outcome, decidedAt, late }) => [
    { at: askedAt, what: 'review_asked', version },
    ...(late?.acceptedAt ? [{ at: late.acceptedAt, what: 'review_accepted', version }] : []),
    ...(decidedAt && outcome !== null && outcome !== 'superseded'
      ? [{ at: decidedAt, what: 'reviewed', version, outcome }]
      : []),
    ...(decidedAt && outcome === 'remitted'
      ? [{ at: decidedAt, what: 'remitted', version: version + 1 }]
      : []),
  ]),
  ...remittals.flatMap(({ version, at }) => [
    { at, what: 'remitted_unasked', version },
    { at, what: 'remitted', version: version + 1 },
  ]),
  ...directions.flatMap(({ version, at, effect, afresh }) => [
    ...(version > 0 ? [{ at, what: 'directed', version }] : []),
    ...(afresh === null
      ? [{ at, what: effect === 'order' ? 'ordered' : 'remitted', version: version + 1 }]
      : []),
  ]),
];
