/**
 * How often a link may be asked for by who is not signed in. Source: People, accounts and sign-in, “Ways in” and
 * “Limits”: nobody's mailbox is filled, and nobody finds out which addresses are known.
 */

/** Until when what is asked for now counts. */
export const countsUntil = (now: Date): Date => new Date(now.getTime() + 60 * 60 * 1000);

/** How many times in that time, for one address and from one source. A building full of people is one source. */
const most = { address: 3, source: 30 } as const;

/** Whether a link may be sent. @param times how often it was asked for by now, this time included */
export const mayAskAgain = (times: { readonly address: number; readonly source: number }): boolean =>
  times.address <= most.address && times.source <= most.source;
