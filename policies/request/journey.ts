/**
 * A child's journey is observed in stages: each is a request of its own, goes through the three seats again
 * and continues the one before. Source: need-to-know.md, section 3.
 */
import { inDays } from '../core/words/in-days.js';
import { addMonths } from '../core/time/london.js';
import { numberOf } from '../core/words/number-of.js';
import type { ObservationTypeKey } from '../core/observation-types.js';
import type { FieldError } from '../core/refusals.js';
import type { DateSpan } from '../core/time/spans.js';
import type { ObservationRequest, RequestStatus } from './request.js';
import type { StageBefore } from '../core/time/stage-before.js';
import type { Settings } from '../settings/settings.js';

/** One stage, as far as the next one rests on it. */
export interface Stage {
  readonly reference: string;
  readonly councillorId: string;
  readonly status: RequestStatus;
  readonly observationType: ObservationTypeKey | null;
  /** The approved window; without an approval, the window asked for. */
  readonly window: DateSpan | null;
  /** The council has ended the grant. */
  readonly isRevoked: boolean;
  /** Proceedings or adoption have ended the journey itself. */
  readonly isJourneyOver: boolean;
}

/**
 * What a request continues: every stage before it, the first one first, and the request that already continues the
 * last.
 */
export interface Continued {
  readonly stages: readonly Stage[];
  /** The live request, other than this one, that continues the last stage. */
  readonly continuedBy: string | null;
}

/**
 * Whether it is too early to approve the next stage: the one before goes on, and nobody has watched any of it.
 * Source: need-to-know.md, section 3, a child's journey.
 * @param today `YYYY-MM-DD` in London
 */
export const isTooEarly = ({ to, endedAt, observedAt }: StageBefore, today: string): boolean =>
  observedAt === null && endedAt === null && to >= today;

const fault = (field: string, message: string): FieldError => ({ field, message });

/** What a stage shows of itself, of what decides whether it can be continued. */
interface Continuing {
  readonly stages: readonly Omit<Stage, 'reference' | 'window'>[];
  readonly continuedBy: string | null;
}

/** How what was granted for a stage has ended, as its grant says. */
interface Ended {
  readonly endedBecause: string | null;
  readonly journeyEnded: boolean;
}

/** One stage by itself, as its own request and grant have it: an end of the journey shows on each grant since. */
export const asContinued = (
  { councillorId, status, observationType }: ObservationRequest,
  grant: Ended | null,
  continuedBy: string | null,
): Continuing => ({
  stages: [
    {
      councillorId,
      status,
      observationType,
      isRevoked: grant?.endedBecause === 'revoked',
      isJourneyOver: grant?.journeyEnded === true,
    },
  ],
  continuedBy,
});

/** What keeps the stage from being continued at all, in words; null where nothing does. */
export const whyNotContinued = ({ stages, continuedBy }: Continuing, councillorId: string): string | null => {
  const last = stages.at(-1);
  const isStage =
    last?.councillorId === councillorId &&
    last.status === 'approved' &&
    last.observationType === 'childs_journey';
  if (!isStage) return 'This is no approved stage of a child’s journey of yours.';
  // Readers learn of an end, and never of its cause (need-to-know.md, section 5).
  if (last.isRevoked || stages.some(({ isJourneyOver }) => isJourneyOver)) {
    return 'The council has ended this journey: no stage follows.';
  }
  return continuedBy === null ? null : 'Another request of yours continues this stage already.';
};

const faultsOfWindow = (settings: Settings, { stages }: Continued, window: DateSpan): FieldError[] => {
  const [first, last] = [stages[0]?.window, stages.at(-1)?.window];
  if (!first || !last) return [];
  const months = settings.type('childs_journey').maxMonthsInAll;
  return [
    ...(window.from <= last.to
      ? [fault('window.from', `The stage before lasts until ${inDays(last.to)}: start after it.`)]
      : []),
    ...(months !== null && window.to >= addMonths(first.from, months)
      ? [
          fault(
            'window.to',
            `A journey lasts ${numberOf(months, 'month')} at most in all: this one began on ${inDays(first.from)}.`,
          ),
        ]
      : []),
  ];
};

/** The faults of a stage that continues another, each with its field. A draft may still leave the window out. */
export const journeyFaults = (
  settings: Settings,
  { councillorId, window }: { readonly councillorId: string; readonly window?: DateSpan | undefined },
  continued: Continued,
): FieldError[] => {
  const whyNot = whyNotContinued(continued, councillorId);
  if (whyNot !== null) return [fault('continues', whyNot)];
  return window ? faultsOfWindow(settings, continued, window) : [];
};
