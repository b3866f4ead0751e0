/**
 * The forms that somebody may send without being signed in carry a token of their browser: signed, from a random cookie.
 * No session is made for it, so that visitors leave no rows.
 */
import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { CookieOptions, RequestHandler } from 'express';
import { cookieIn } from './cookies.js';

/** A browser whose user is not signed in. */
export interface Visitor {
  /** The token for its forms; the browser gets its cookie with the answer, where it has none. */
  token(): string;
  /** Whether a form was made for this browser. */
  sent(token: unknown): boolean;
}

declare global {
  // eslint-disable-next-line typescript/no-namespace
  namespace Express {
    interface Request {
      visitor: Visitor;
    }
  }
}

const shape = /^[\w-]{43}$/;

/** @param session the session's cookie, whose rules this one follows; it ends with the browser */
export const visitors = (
  sessionSecret: string,
  session: { readonly name: string; readonly options: CookieOptions },
): RequestHandler => {
  const secret = Buffer.from(hkdfSync('sha256', sessionSecret, '', 'forms of visitors', 32));
  const name = session.name.startsWith('__Host-') ? '__Host-visitor' : 'visitor';
  const signed = (cookie: string): Buffer => createHmac('sha256', secret).update(cookie).digest();
  return (req, res, next) => {
    const found = cookieIn(req, name);
    let cookie = found !== null && shape.test(found) ? found : null;
    req.visitor = {
      token() {
        if (cookie === null) {
          cookie = randomBytes(32).toString('base64url');
          res.cookie(name, cookie, session.options);
        }
        return signed(cookie).toString('base64url');
      },
      sent(token) {
        if (cookie === null || typeof token !== 'string' || !shape.test(token)) return false;
        return timingSafeEqual(Buffer.from(token, 'base64url'), signed(cookie));
      },
    };
    next();
  };
};
