/** For how many hours a session lasts: without use, and in all. */
export const sessionHours = { idle: 1, inAll: 12 } as const;

/** For how many hours what was typed and not sent is kept. */
const unsentHours = 1;

/** What was kept before that moment is gone. */
export const unsentSince = (now: Date): Date => new Date(now.getTime() - unsentHours * 60 * 60 * 1000);
