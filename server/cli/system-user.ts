import { userInfo } from 'node:os';

/** Who runs the command: their name where the system knows one. */
export const systemUser = (): string => {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a number that has no name.
    return `number ${process.getuid?.() ?? 'unknown'}`;
  }
};
