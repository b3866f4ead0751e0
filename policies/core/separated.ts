/**
 * What keeps people apart: the people in a row, those who signed it, and those named for it (need-to-know.md, section
 * 4).
 */
import type { Seat } from './office.js';
import type { ObservationTypeKey } from './observation-types.js';
import type { Conflicted } from './conflict.js';

/**
 * A person named by the Chief Executive to act for an office on one request, because nobody of that office is free.
 */
export interface Named {
  readonly office: Seat | 'monitoring_officer';
  readonly personId: string;
}

/** What decides whom a person may act for on a row, and whether they may sign: its people and its conflicts. */
export interface Separated {
  readonly councillorId: string;
  readonly hostId: string | null;
  readonly managerId: string | null;
  readonly conflicts: readonly Conflicted[];
  /**
   * People who signed a version that was remitted, or who remitted one; and, where it is decided afresh after an end, who
   * signed, ended or reviewed that: they may not sign again.
   */
  readonly signedBefore: readonly string[];
  /**
   * People who signed any version, even if the sign-off no longer stands, and who ended what was granted: they may not
   * review the request.
   */
  readonly signers: readonly string[];
  readonly named: readonly Named[];
  /** What is observed, where it is said: the Director may delegate one of the types. */
  readonly observationType?: ObservationTypeKey | null;
}
