import type { CookieOptions, RequestHandler } from 'express';
import expressSession from 'express-session';
import type { SessionLimits } from '../../../../policies/people/session-limits.js';
import { sessionCookieFirst } from './cookies.js';
import { SessionStore, type SessionStoreDeps } from './session-store.js';

/**
 * The session's cookie: `__Host-session` if it goes only over https, so that no other host of the domain can set it;
 * `session` on the http of a demonstration.
 */
export const sessionCookie = (baseUrl: URL): { readonly name: string; readonly options: CookieOptions } => {
  const secure = baseUrl.protocol === 'https:';
  return {
    name: secure ? '__Host-session' : 'session',
    options: { path: '/', httpOnly: true, sameSite: 'lax', secure },
  };
};

export interface SessionDeps extends SessionStoreDeps {
  readonly sessionSecret: string;
  readonly baseUrl: URL;
  readonly limits: SessionLimits;
}

/** Sessions in the table `runtime.sessions`. A caller who is not signed in has none. */
export const session = ({
  sessionSecret,
  baseUrl,
  limits,
  ...deps
}: SessionDeps): { readonly store: SessionStore; readonly handler: RequestHandler[] } => {
  const cookie = sessionCookie(baseUrl);
  const store = new SessionStore(deps);
  const sessions = expressSession({
    name: cookie.name,
    secret: sessionSecret,
    store,
    cookie: { ...cookie.options, maxAge: limits.idleMinutes * 60 * 1000 } as expressSession.CookieOptions,
    rolling: true,
    resave: false,
    saveUninitialized: false,
  });
  return { store, handler: [sessionCookieFirst(cookie.name), sessions] };
};
