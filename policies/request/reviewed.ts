/** A review of a refusal, and the hearing before one, as they stand. */
import { authorities } from '../core/authorities.js';

/** What may come of a review. `too_late`: it was asked for late, and is not accepted. */
export const reviewOutcomes = ['upheld', 'remitted', 'superseded', 'too_late'] as const;
export type ReviewOutcome = (typeof reviewOutcomes)[number];

/** A review of a refusal, as it stands. Its reasons are loaded where they are shown. */
export interface Review {
  /** The version that was refused. */
  readonly version: number;
  readonly askedAt: Date;
  readonly outcome: ReviewOutcome | null;
  readonly decidedAt: Date | null;
  /** Where it was asked for after its time: when it was accepted for good reason all the same. */
  readonly late?: { readonly acceptedAt: Date | null } | null;
}

/** What a court, the council or a committee gave: an order is carried out, a recommendation has it decided afresh. */
export const directionEffects = ['order', 'recommendation'] as const;
export type DirectionEffect = (typeof directionEffects)[number];

/** Which body gave a direction: a court's order stands until it is set aside, a decision until the same body rescinds it. */
export const directingBodies = ['court', 'council', 'committee'] as const;
export type DirectingBody = (typeof directingBodies)[number];

/** The order that the current version of a request carries out, and who recorded it. */
export interface Order {
  readonly recordedBy: string;
  readonly givenBy: DirectingBody;
}

/** Whether what is before the offices is ordered: they settle the arrangements, and nobody judges the need again. */
export const orderStands = ({ order }: { readonly order?: Order | null }): boolean =>
  order !== undefined && order !== null;

interface Ordered {
  readonly order?: Order | null;
}

const orderedSays: Readonly<Record<DirectingBody, string>> = {
  court:
    'This is ordered by a court. It is carried out until the court sets it aside, and nobody judges it again.',
  council:
    'The council has decided this. It is carried out unless the council rescinds it, and nobody judges it again.',
  committee:
    'A committee with power has decided this. It is carried out unless that committee rescinds it, and nobody judges it again.',
};

/** What is ordered is carried out, and nobody judges the need again: by which body, and by what it is obeyed. */
export const ordered = {
  rule: 'order_stands',
  when: ({ order = null }: Ordered): string | false => order !== null && orderedSays[order.givenBy],
  rests: ({ order = null }: Ordered): string | null =>
    order && (order.givenBy === 'court' ? authorities.courtOrders : authorities.decisionsWithPower),
} as const;

/** The statuses in which something may be reviewed: a refusal, an end of what was approved, and a closing by time. */
export const reviewedStatuses = ['refused', 'approved', 'time_passed'] as const;

interface Reviewable {
  readonly status: string;
  readonly decidedAt: Date | null;
  readonly endedAt: Date | null;
  readonly timePassedAt?: Date | null;
}

/** Since when there is something to review; null where there is nothing. */
export const reviewableSince = (row: Reviewable): Date | null => {
  switch (row.status) {
    case 'refused':
      return row.decidedAt;
    case 'approved':
      return row.endedAt;
    case 'time_passed':
      return row.timePassedAt ?? null;
    default:
      return null;
  }
};

/** What is reviewed, in a word. */
export const reviewedSays = ({ status }: { readonly status: string }): string =>
  status === 'approved' ? 'end' : status === 'time_passed' ? 'closing' : 'refusal';

/** Whether a review waits to be decided. */
export const isUnderReview = ({
  status,
  version,
  review,
}: {
  readonly status: string;
  readonly version?: number | undefined;
  readonly review?: Review | null | undefined;
}): boolean =>
  reviewedStatuses.some((each) => each === status) && review?.version === version && review?.outcome === null;

/** Whether a review upheld what stands. */
export const isUpheld = ({
  version,
  review,
}: {
  readonly version: number;
  readonly review?: Review | null | undefined;
}): boolean => review?.version === version && review.outcome === 'upheld';

/** Whether a review that was asked for late waits to be accepted: nobody decides it before. */
export const waitsLate = ({ review }: { readonly review?: Review | null | undefined }): boolean =>
  review?.outcome === null && review.late?.acceptedAt === null;

/** What a councillor must be heard on before it is a ground of a refusal. */
export const hearingMatters = ['collateral_purpose', 'connection', 'confidentiality_breach'] as const;
export type HearingMatter = (typeof hearingMatters)[number];

/** What a councillor was told before a refusal, as the rules see it. */
export interface Hearing {
  readonly version: number;
  /** All that was held against them by then: they are told again where something is new. */
  readonly matters: readonly HearingMatter[];
  readonly toldAt: Date;
  /** The last day to answer, `YYYY-MM-DD`. */
  readonly dueOn: string;
  readonly answeredAt: Date | null;
  /** When nothing that they were told of was held against them any more, before they had answered. */
  readonly endedAt: Date | null;
}
