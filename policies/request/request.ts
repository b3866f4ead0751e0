/** A request to observe, as the rules see it. */
import type { ObservationTypeKey } from '../core/observation-types.js';
import type { Separated } from '../core/separated.js';
import type { DateSpan } from '../core/time/spans.js';
import type { LiveLift } from '../need-to-know/lift.js';
import type { LiveSeat } from './live-seat.js';
import type { StageBefore } from '../core/time/stage-before.js';
import type { RecordableRight, StatutoryRight } from './statutory-right.js';
import type { AppointmentKind } from '../register/member.js';
import type { Hearing, Order, Review } from './reviewed.js';

export const requestStatuses = [
  'draft',
  'submitted',
  'returned',
  'approved',
  'refused',
  'withdrawn',
  'time_passed',
] as const;

export type RequestStatus = (typeof requestStatuses)[number];

/** What a councillor asks for. A draft may leave anything out. */
export interface RequestContent {
  readonly observationType?: ObservationTypeKey | undefined;
  readonly role?: { readonly kind: AppointmentKind; readonly appointmentId?: string | undefined } | undefined;
  readonly authority?:
    | { readonly kind: 'work_programme' | 'appointment' | 'none'; readonly citation?: string | undefined }
    | undefined;
  readonly necessity?: string | undefined;
  readonly window?: DateSpan | undefined;
  readonly events?: number | undefined;
  readonly alternatives?: string | undefined;
  readonly declarations?:
    | {
        readonly collateralPurpose?: string | undefined;
        /** For a constituent's own case: on whose request, and with whose authority; never a name. */
        readonly onBehalfOf?: string | undefined;
        readonly connection?: string | undefined;
        readonly documents?: string | undefined;
      }
    | undefined;
  readonly programme?: string | undefined;
  readonly continues?: string | undefined;
  readonly papers?:
    readonly { readonly category: string; readonly from: string; readonly to: string }[] | undefined;
  /** The statutory right to the papers that the councillor claims; `none` where they say that they claim none. */
  readonly claimedRight?: RecordableRight | undefined;
}

/** A request as the rules see it. `submitted` is whether it ever was: until then its author alone reads it. */
export interface ObservationRequest extends Separated {
  readonly kind: 'Request';
  readonly id: number;
  readonly reference: string;
  readonly status: RequestStatus;
  readonly version: number;
  readonly submitted: boolean;
  readonly submittedAt: Date | null;
  readonly createdAt: Date;
  /** When the clock of the decision started again, if the request was remitted. */
  readonly remittedAt: Date | null;
  readonly councillorName: string;
  readonly hostName: string | null;
  readonly managerName: string | null;
  readonly observationType: ObservationTypeKey | null;
  readonly content: RequestContent;
  /** The people who have acted on it for an office: they keep reading it. */
  readonly actedBy: string[];
  /** Whom the Chief Executive has named for it, by id: what their right to read it rests on. */
  readonly namedIds: string[];
  /** The sign-offs that stand on the current version. */
  readonly seats: readonly LiveSeat[];
  /** What the offices say, on the current version, of lifting a council rule. */
  readonly lifts: readonly LiveLift[];
  readonly returns: readonly { readonly from: Date; readonly to: Date | null }[];
  /** While the councillor may answer before a refusal: the clock of the decision stands still, and the offices go on. */
  readonly pauses?: readonly { readonly from: Date; readonly to: Date }[];
  /** The granted stage of a child's journey that it continues; null where it continues none. */
  readonly stageBefore?: StageBefore | null;
  readonly decidedAt: Date | null;
  /** When the council ended what was approved, in whatever words; null where it did not. */
  readonly endedAt: Date | null;
  readonly withdrawnAt: Date | null;
  /** When its window was over before anybody decided it, the last time that happened. */
  readonly timePassedAt?: Date | null;
  readonly grantId: string | null;
  /** The review of the last refusal; null where none was asked for. */
  readonly review: Review | null;
  /** The order that this version carries out; null where there is none. */
  readonly order?: Order | null;
  /** What the councillor was last told before a refusal; null where they were told nothing. */
  readonly hearing?: Hearing | null;
  /** The right to papers that Legal has recorded; null until then, and for every other type. */
  readonly statutoryRight: StatutoryRight | null;
}
