/**
 * What of a decision does not stand in the leaf in clear, and is kept apart like all that is personal.
 *
 * A leaf is for ever and is given out whole, so that nothing stands in it by which, after an erasure, a person or a case
 * could be found again, and nothing that a reader outside may not know. Ids and references go with the matter
 * (audit.md: "everything personal … as a commitment"); what an office answered or signed is closed to audit
 * (policies/trail/audit-reads.ts).
 */
import { auditReadsValue } from '../../policies/trail/audit-reads.js';
import type { Json, JsonObject } from './leaf.js';

/** An id of ours, or the reference of a request. */
const name = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|OBS-\d{4}-\d{4,}/i;

const names = (value: Json): boolean => name.test(JSON.stringify(value));

export interface Apart {
  /** What stands in the leaf in clear; null where nothing is left. */
  readonly coded: JsonObject | null;
  /** What names a record, under the same names; null where nothing does. */
  readonly named: JsonObject | null;
  /** What audit may not read, under the same names; null where it may read all. */
  readonly closed: JsonObject | null;
}

const whole = (part: readonly (readonly [string, Json])[]): JsonObject | null =>
  part.length > 0 ? Object.fromEntries(part) : null;

/** A decision's values by where they are kept. @param type of the entry */
export const apart = (type: string, decision: JsonObject): Apart => {
  const values = Object.entries(decision);
  const open = values.filter(([key]) => auditReadsValue(type, key));
  return {
    coded: whole(open.filter(([, value]) => !names(value))),
    named: whole(open.filter(([, value]) => names(value))),
    closed: whole(values.filter(([key]) => !auditReadsValue(type, key))),
  };
};
