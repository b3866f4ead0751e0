import type { Request, RequestHandler, Response } from 'express';
import { type SessionStore } from '../web/middleware/session/session-store.js';
import { told } from '../web/middleware/session/session-unread.js';
import type { SessionLimits } from '../../policies/people/session-limits.js';
import { actorOf } from './actor.js';

declare module 'express-session' {
  interface SessionData {
    /** Passport keeps there who has signed in. */
    passport?: { readonly user?: unknown };
  }
}

/** A session by the cookie that names it, once express-session has checked the cookie's signature. */
interface Known {
  readonly sid: string;
  /** The session's `Set-Cookie`, before and after the time at which it expires. */
  readonly before: string;
  readonly after: string;
}

export interface KnownCallerDeps {
  readonly store: SessionStore;
  readonly now: () => Date;
  readonly limits: SessionLimits;
  /** Whether the cookie goes only over https. */
  readonly secure: boolean;
}

/** More sessions than call one node within an hour. */
const most = 1_000;
/** A cookie of ours has a tenth of this; others of the same host may come with it. */
const longest = 1_024;

/**
 * Recognises who calls the API by a cookie that this node has checked before, in place of express-session and Passport:
 * a call keeps nothing in its session, and they take a tenth of the time of a reading to find that out. The session and
 * the person are read from the database each time all the same, so that signing out and a suspension count at once.
 *
 * @param thorough does all of it: for pages, for signing in and out, and for people who are not recognised
 */
export const knownCaller = (
  { store, now, limits, secure }: KnownCallerDeps,
  thorough: RequestHandler,
): RequestHandler => {
  const known = new Map<string, Known>();

  const remember = (cookie: string, sid: string, res: Response): void => {
    const set = res.getHeader('Set-Cookie');
    const text = Array.isArray(set) && set.length === 1 ? set[0] : set;
    const [, before, after] = typeof text === 'string' ? (/^(.*; Expires=)[^;]+(.*)$/.exec(text) ?? []) : [];
    if (before === undefined || after === undefined) return;
    if (known.size >= most) known.clear();
    known.set(cookie, { sid, before, after });
  };

  const inFull: RequestHandler = (req, res, next) => {
    thorough(req, res, (error?: unknown) => {
      const { cookie } = req.headers;
      // Before the route, which may sign in anew: this is the session that the cookie names.
      const { sessionID: sid, user, asking } = req;
      if (cookie !== undefined && cookie.length <= longest && user && asking && isCall(req)) {
        res.once('finish', () => remember(cookie, sid, res));
      }
      next(error);
    });
  };

  return (req, res, next) => {
    const session = isCall(req) ? known.get(req.headers.cookie ?? '') : undefined;
    if (session === undefined) {
      void inFull(req, res, next);
      return;
    }
    recognised(session).then(
      (found) => {
        // Who has been signed out, or suspended, loses the session for good: express-session and Passport see to it.
        if (found === null) return void inFull(req, res, next);
        req.asking = found.asking;
        req.user = found.actor;
        if (!secure || req.secure) res.append('Set-Cookie', found.cookie);
        next();
      },
      (error: unknown) => next(told(error)),
    );
  };

  async function recognised({ sid, before, after }: Known) {
    const asking = await store.asking(sid);
    const actor = asking && actorOf(now(), asking.session.passport?.user, asking.actor, limits);
    if (!asking || !actor) return null;
    const expires = new Date(Date.now() + limits.idleMinutes * 60 * 1000);
    await store.keepInUse(sid, { expires, until: asking.expires });
    return { asking, actor, cookie: `${before}${expires.toUTCString()}${after}` };
  }
};

/** Signing in and out changes the session. */
const isCall = ({ path }: Request): boolean => path.startsWith('/api/') && !path.startsWith('/api/session');
