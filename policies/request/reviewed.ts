/** A review of a refusal, as it stands. */

/** A review of a refusal, as it stands. Its reasons are loaded where they are shown. */
export interface Review {
  /** The version that was refused. */
  readonly version: number;
  readonly askedAt: Date;
  readonly outcome: 'upheld' | 'remitted' | 'superseded' | null;
  readonly decidedAt: Date | null;
}
