/**
 * How somebody proves that they are the person of the account, and for how long it counts. Source: People, accounts and
 * sign-in, “Step-up”.
 */

/**
 * The password; a code from an app on the phone (RFC 6238); a recovery code in its place; a passkey; the council’s own
 * sign-in. As the trail has them.
 */
export const proofKinds = ['passphrase', 'totp', 'recovery', 'passkey', 'provider'] as const;
export type ProofKind = (typeof proofKinds)[number];

export interface Proof {
  readonly by: ProofKind;
  readonly at: Date;
}

/** For how many minutes a proof counts as fresh. */
export const provedMinutes = 15;

/** What somebody has registered to prove themselves by, beside their password. */
export interface Registered {
  /** An app for codes. */
  readonly hasCodes: boolean;
  readonly hasPasskey: boolean;
}

/**
 * The kinds that count of those that are given here: the strongest that the person has. A recovery code stands for the phone
 * or the key that was lost. What the council’s own sign-in vouches for counts beside them: it asks for what the council set
 * there.
 */
export const kindsThatCount = ({ hasCodes, hasPasskey }: Registered): readonly ProofKind[] => {
  if (hasPasskey) return ['passkey', 'recovery'];
  return hasCodes ? ['totp', 'recovery'] : ['passphrase'];
};

/**
 * The newest proof of a session that is fresh and of a kind that counts; null where there is none. One from the future,
 * by a clock that was put back since, counts for nothing.
 */
export const freshProof = (
  given: readonly (Proof | null)[],
  { now, ...registered }: Registered & { readonly now: Date },
): Proof | null => {
  const from = now.getTime() - provedMinutes * 60_000;
  const [newest] = given
    .filter((proof) => proof !== null)
    .filter(({ by }) => by === 'provider' || kindsThatCount(registered).includes(by))
    .filter(({ at }) => at.getTime() > from && at <= now)
    .toSorted((a, b) => b.at.getTime() - a.at.getTime());
  return newest ?? null;
};

/** For how many minutes the second step of signing in, and the setting up of an app, may take. */
export const secondStepMinutes = 10;
export const setUpMinutes = 60;

/** Whether something that began then may still be finished. */
export const isStillOpen = (began: Date, minutes: number, now: Date): boolean =>
  began <= now && now.getTime() - began.getTime() < minutes * 60_000;

/** For how many hours the removal of an app for codes may be confirmed. */
export const removalHours = 24;

/** How many recovery codes are made at once. */
export const recoveryCodes = 10;
