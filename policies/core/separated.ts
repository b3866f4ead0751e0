/** What keeps people apart: who is part of a row, who signed it, who was named for it (need-to-know.md, section 4). */
import type { Seat } from './office.js';
import type { Conflicted } from './conflict.js';

/** Somebody whom the Chief Executive has named to act for an office on one request, where nobody of it is free. */
export interface Named {
  readonly office: Seat | 'monitoring_officer';
  readonly personId: string;
}

/** What decides for whom somebody may act on a row, and whether they may sign: its people and its conflicts. */
export interface Separated {
  readonly councillorId: string;
  readonly hostId: string | null;
  readonly managerId: string | null;
  readonly conflicts: readonly Conflicted[];
  /** Who signed a version that was since remitted, or remitted one: they do not sign afresh. */
  readonly signedBefore: readonly string[];
  /** Who signed any version at all, whether or not it still stands: they review nothing of it. */
  readonly signers: readonly string[];
  readonly named: readonly Named[];
}
