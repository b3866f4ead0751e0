import { recordLast } from '../../db/core/closing.js';
import { inTransaction } from '../../db/core/connection.js';
import { boundTo } from '../../db/provider/bindings.js';
import { endSessionsThere } from '../../db/provider/sessions.js';
import { useUp } from '../../db/provider/used-up.js';
import { settingsRevision } from '../../db/settings/settings.js';
import { longestSession } from '../../policies/people/session-limits.js';
import { clockSeconds } from '../../policies/provider/word.js';
import { ProviderRefused } from './connection.js';
import type { EnteringDeps } from './enter.js';
import { digestOf } from './flow.js';
import { leavingMinutes, type SignedOutThere } from './provider.js';

/** From now on, by the clock of the machine. */
const inMinutes = (minutes: number): Date => new Date(Date.now() + minutes * 60_000);

/**
 * The provider says that a session there is over, or all of somebody: theirs here end, on every node.
 * @returns how many
 * @throws ProviderRefused where it has said the same before
 */
export const endSessionsByProvider = async (
  { db, now }: EnteringDeps,
  { issuer, said }: { readonly issuer: string; readonly said: SignedOutThere },
): Promise<number> => {
  const session = said.session === null ? null : digestOf('session', said.session);
  // First, and by itself: somebody who is coming in with that session just now finds it when they are in.
  if (session !== null) await useUp(db, session, inMinutes(longestSession.hours * 60));
  return inTransaction(db, async (trx) => {
    const until = inMinutes(leavingMinutes + (2 * clockSeconds) / 60);
    if (!(await useUp(trx, digestOf('number', said.number), until))) throw new ProviderRefused('used');
    const person = said.subject === null ? null : await boundTo(trx, { issuer, subject: said.subject });
    const ended = await endSessionsThere(trx, { session: session?.toString('base64url') ?? null, person });
    const [at, settings] = [now(), await settingsRevision(trx)];
    for (const each of new Set(ended)) {
      recordLast(trx, {
        type: 'provider.signed_out',
        at,
        settings,
        actor: 'system',
        actorName: 'The council’s own sign-in',
        office: null,
        capacity: null,
        subject: each,
        decision: { sessions: ended.filter((other) => other === each).length },
      });
    }
    return ended.length;
  });
};
