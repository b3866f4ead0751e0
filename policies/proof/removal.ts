/** The removal of an app for codes. Source: People, accounts and sign-in, “Step-up”: it takes two people. */
import type { Codes, CodesRemoval } from './code-key.js';
import { isStillOpen, removalHours } from './proof.js';

const time = removalHours * 3_600_000;

/** Until when it may be confirmed. */
export const removalEnds = ({ at }: CodesRemoval): Date => new Date(at.getTime() + time);

/** Since when a removal was asked for that waits now. */
export const removalsWaitSince = (now: Date): Date => new Date(now.getTime() - time);

/** The removal that waits for a second person; null where none does: nobody asked, or the time to confirm it is over. */
export const waitingRemoval = ({ removal }: Codes, now: Date): CodesRemoval | null =>
  removal !== null && isStillOpen(removal.at, removalHours * 60, now) ? removal : null;
