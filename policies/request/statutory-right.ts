/** A statutory right to papers, as Legal recorded it. */

export const statutoryRights = ['none', 's100F', 'reg16', 'reg17'] as const;

export interface StatutoryRight {
  readonly right: (typeof statutoryRights)[number];
  /** The day by which the papers are due; null if there is no right. */
  readonly due: string | null;
  /** Whether every paper asked for was released under it, so that nothing is due any more. */
  readonly allReleased?: boolean;
}
