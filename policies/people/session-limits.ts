/** How long a session lasts: without use, and in all. */
export interface SessionLimits {
  readonly idleMinutes: number;
  readonly hours: number;
}

/**
 * No session lasts longer; a council may have them end sooner.
 * Source: identity.md, "Sessions"; NIST SP 800-63B-4, section 2.2.3 (an hour without use, at AAL2).
 */
export const longestSession: SessionLimits = { idleMinutes: 60, hours: 12 };

/** The shortest that a council may choose. */
export const shortestSession: SessionLimits = { idleMinutes: 5, hours: 1 };

/** Sessions that began before that moment have ended, used or not. */
export const sessionsSince = (now: Date, { hours }: SessionLimits): Date =>
  new Date(now.getTime() - hours * 60 * 60 * 1000);

/** For how many hours what was typed and not sent is kept. */
const unsentHours = 1;

/** When a session that began then ends, however much it is used. */
export const sessionEnds = (began: Date, { hours }: SessionLimits): Date =>
  new Date(began.getTime() + hours * 60 * 60 * 1000);

/** The whole seconds until then; none where that is over. */
export const secondsLeft = (began: Date, now: Date, limits: SessionLimits): number =>
  Math.max(0, Math.floor((sessionEnds(began, limits).getTime() - now.getTime()) / 1000));

/** What was kept before that moment is gone. */
export const unsentSince = (now: Date): Date => new Date(now.getTime() - unsentHours * 60 * 60 * 1000);
