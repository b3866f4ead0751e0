/**
 * Everything on record about one request, from any time: plain facts, as the database holds them. `caseFileAt`
 * (case-file.ts) works out what they mean at a moment.
 */
import type { Since } from '../core/time/spans.js';
import type { Councillor } from '../register/member.js';
import type { StageBefore } from '../core/time/stage-before.js';
import type { ObservationRequest } from '../request/request.js';
import type { TimeRecord } from '../deadline/moved.js';
import type { Counted } from '../correction/correction.js';
import type { SignOff } from '../decision/signed.js';
import type { Spoken } from '../decision/sign-off.js';
import type { GrantRecord } from '../grant/grant-record.js';
import type { Answers } from '../need-to-know/answers.js';
import type { Lift } from '../need-to-know/lift.js';
import type { GivenAnswer } from '../need-to-know/given.js';
import type { PapersRecord } from '../papers/on-record.js';
import type { ReviewRecord } from '../review/on-record.js';

/** One time that the request went back to the councillor, with the questions put. */
export interface RequestReturn {
  readonly version: number;
  readonly questions: string;
  readonly office: string;
  readonly by: string;
  readonly returnedAt: Date;
  readonly resubmittedAt: Date | null;
}

export interface CaseRecord {
  readonly row: ObservationRequest;
  /** When each version was written, oldest first. */
  readonly versions: readonly { readonly version: number; readonly at: Date }[];
  readonly returns: readonly RequestReturn[];
  /** Every sign-off, of every version, oldest first. */
  readonly signOffs: readonly SignOff[];
  /** The answers of the current version, carried-over ones included. */
  readonly given: readonly GivenAnswer[];
  /** What the offices said of lifting a council rule, on every version, oldest first. */
  readonly lifts: readonly Lift[];
  /** The corrections that count, oldest first. */
  readonly corrections: readonly Counted[];
  /** Who spoke for which office on the current version, without any of the words. */
  readonly spoken: readonly Spoken[];
  readonly councillor: Councillor;
  /** The versions of the protocol, by number, each since when it is in force. */
  readonly protocols: readonly Since<number>[];
  /** The programme that the request names, as far as the test needs it; null where it names none. */
  readonly programme: { readonly draftAnswers: Answers } | null;
  readonly grant: GrantRecord | null;
  readonly papers: PapersRecord;
  readonly review: ReviewRecord;
  readonly time: TimeRecord;
  /** For a stage of a child's journey: the request that continues it, where this reader may read one. */
  readonly continuedBy: string | null;
  /** The granted stage of a child's journey that it continues; null where it continues none. */
  readonly stageBefore: StageBefore | null;
}
