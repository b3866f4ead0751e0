/**
 * How long the next try to sign in waits after failed ones. The waits grow and end: they slow a guesser, and lock nobody
 * out of an account by its address alone.
 *
 * Source: identity.md, "Limits"; NCSC, "Password administration for system owners" (throttle rather than lock out);
 * NIST SP 800-63B-4, section 3.2.2 (waits that grow, and browsers that have signed in before).
 */

/** No wait is longer, in seconds. */
export const longestWait = 60;

/** For how many hours failed tries count, from the first of them. */
export const countedHours = { account: 24, source: 1 } as const;

/** For how many days a browser stays known to an account in which it has signed in. */
export const knownBrowserDays = 180;

/** How many browsers an account keeps as known; those that end first go. */
export const mostKnownBrowsers = 20;

const freeTries = 5;

/** Seconds to wait after so many failed tries in one account from one source, or from one known browser. */
export const waitAfter = (failures: number): number =>
  failures < freeTries ? 0 : Math.min(longestWait, 2 ** (failures - freeTries));

const freeTriesOfSource = 200;

/**
 * Seconds to wait after so many failed tries from one source in whichever accounts. A source may be a whole building, so it
 * is slowed to a try a second, and not shut.
 */
export const waitOfSourceAfter = (failures: number): number => (failures < freeTriesOfSource ? 0 : 1);

/** The waits after 1, 2, 3 … failed tries, until they grow no more: the last one holds from there on. */
const waits = (after: (failures: number) => number, last: number): readonly number[] => {
  const found: number[] = [];
  while (found.at(-1) !== last) found.push(after(found.length + 1));
  return found;
};

export const waitsOfAccount = waits(waitAfter, longestWait);
export const waitsOfSource = waits(waitOfSourceAfter, 1);
