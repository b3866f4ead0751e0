/**
 * Passkeys: keys on somebody’s phone, computer or security key, which sign in for this service alone. Source: People,
 * accounts and sign-in, “Ways in”; Web Authentication Level 3, section 7.
 */

/** The passkeys of somebody, as the rules see them. */
export interface Passkeys {
  readonly kind: 'Passkeys';
  /** Whose they are. */
  readonly personId: string;
  /** How many are in use. */
  readonly inUse: number;
  /** Whether the address of this service takes any: a passkey belongs to a name, and to no bare address of a network. */
  readonly offered: boolean;
}

/** How many one person may have. */
export const mostPasskeys = 10;

/** For how many minutes a challenge may be answered. */
export const challengeMinutes = 5;

/**
 * Whether the counter of a passkey goes on from where it was. One that goes back, or stays, tells of a copy; many passkeys
 * count nothing, and stay at 0. Source: Web Authentication Level 3, section 6.1.1.
 */
export const counterGoesOn = (before: number, now: number): boolean =>
  now > before || (before === 0 && now === 0);
