/** That what somebody proves themselves by is to be removed, since they have lost it: asked for, and not confirmed yet. */
export interface CodesRemoval {
  readonly askedBy: { readonly id: string; readonly name: string };
  readonly at: Date;
  readonly reasons: string;
}

/** The codes of somebody, as those who keep the accounts see them. */
export interface Codes {
  /** Whether they have an app for codes or a passkey, or are bound to somebody in the council's own sign-in. */
  readonly inUse: boolean;
  readonly removal: CodesRemoval | null;
}

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
