import { pruneAsked } from '../../db/account/asked.js';
import { pruneChallenges } from '../../db/passkey/challenges.js';
import { pruneKnownBrowsers } from '../../db/people/known-browsers.js';
import { pruneSessions } from '../../db/people/sessions.js';
import { pruneTries } from '../../db/people/tries.js';
import { pruneUnsent } from '../../db/people/unsent-forms.js';
import { unsentSince } from '../../policies/people/session-limits.js';
import { mostKnownBrowsers } from '../../policies/people/sign-in-tries.js';
import { pruneUsedUp } from '../../db/provider/used-up.js';
import type { Work } from './job.js';

/** Deletes working states of the door that have run out. Nothing hangs on when: what has run out does not count. */
export const deleteLeftovers: Work = async ({ db, now }) => {
  const at = now();
  const deleted = [
    // A session ends by the clock of the machine, as its cookie does in the browser.
    await pruneSessions(db, new Date()),
    await pruneTries(db, at),
    await pruneAsked(db, at),
    await pruneKnownBrowsers(db, at, mostKnownBrowsers),
    await pruneUnsent(db, unsentSince(at)),
    // What the provider says ends by the clock of the machine.
    await pruneUsedUp(db, new Date()),
    await pruneChallenges(db, at),
  ];
  return deleted.reduce((sum, some) => sum + some, 0);
};
