import { sessionsOf, type SessionOfPerson } from '../../db/people/sessions.js';
import { longestSession, sessionsSince } from '../../policies/people/session-limits.js';
import type { Ctx } from '../case/ctx.js';

/** The sessions of the person who asks, the newest first. */
export const listSessions = ({ db, actor, now, session }: Ctx): Promise<SessionOfPerson[]> =>
  // The end without use is by the clock of the machine, as the browser's cookie is.
  sessionsOf(db, {
    person: actor.id,
    at: new Date(),
    since: sessionsSince(now(), session?.limits ?? longestSession),
  });
