/**
 * What of a decision names somebody's record. A leaf is for ever, so that nothing stands in it in clear by which,
 * after an erasure, a person or a case could be found again; ids and references are kept apart like all that is
 * personal, and go with the matter (audit.md: "everything personal … as a commitment").
 */
import type { Json, JsonObject } from './leaf.js';

/** An id of ours, or the reference of a request. */
const name = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|OBS-\d{4}-\d{4,}/i;

const names = (value: Json): boolean => name.test(JSON.stringify(value));

export interface Apart {
  /** What stands in the leaf in clear; null where nothing is left. */
  readonly coded: JsonObject | null;
  /** What is kept apart, under the same names; null where nothing is. */
  readonly named: JsonObject | null;
}

const whole = (part: readonly (readonly [string, Json])[]): JsonObject | null =>
  part.length > 0 ? Object.fromEntries(part) : null;

/** A decision's values by whether they name a record. */
export const namedApart = (decision: JsonObject): Apart => {
  const values = Object.entries(decision);
  return {
    coded: whole(values.filter(([, value]) => !names(value))),
    named: whole(values.filter(([, value]) => names(value))),
  };
};
