/** A recorded conflict of one person. */

export const conflictKinds = ['relation', 'complaint', 'line_management', 'other'] as const;

export type ConflictKind = (typeof conflictKinds)[number];

/** A recorded conflict of one person, as it touches a row. */
export interface Conflicted {
  readonly personId: string;
  readonly kind: ConflictKind;
}
