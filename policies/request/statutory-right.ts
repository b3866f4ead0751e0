/** A statutory right to papers, as Legal recorded it. */

export const statutoryRights = ['none', 's100F', 'reg16', 'reg17'] as const;

export interface StatutoryRight {
  readonly right: (typeof statutoryRights)[number];
  /** By when the papers are to be released; null where there is no right. */
  readonly due: string | null;
  /** Whether every paper asked for was released under it, so that nothing is due any more. */
  readonly allReleased?: boolean;
}
