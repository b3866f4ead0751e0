/** The key that an app on somebody’s phone makes codes from, as the rules see it. */
export interface CodeKey {
  readonly kind: 'CodeKey';
  /** Whose it is. */
  readonly personId: string;
  /** Whether one is in use. */
  readonly inUse: boolean;
  /** Whether one is being set up, and may still be confirmed. */
  readonly begun: boolean;
}
