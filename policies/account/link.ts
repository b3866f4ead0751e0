/**
 * A link with which somebody sets their password: it works once and for a time, and opening it uses nothing up.
 * Source: People, accounts and sign-in, “Ways in”.
 */

/** For how many hours a link works. */
export const linkHours = 24;

/** When a link ends that is made at that moment. */
export const linkEnds = (madeAt: Date): Date => new Date(madeAt.getTime() + linkHours * 60 * 60 * 1000);

export interface PasswordLink {
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
  /** Whether the account of the person is suspended. */
  readonly suspended: boolean;
}

/** Whether the link still sets a password. */
export const isOpenLink = ({ expiresAt, usedAt, suspended }: PasswordLink, now: Date): boolean =>
  usedAt === null && !suspended && now < expiresAt;
