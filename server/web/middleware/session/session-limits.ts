/** For how many hours a session lasts: without use, and in all. */
export const sessionHours = { idle: 1, inAll: 12 } as const;
