/**
 * The browser in which somebody has signed in before has an allowance of its own, so that nobody else's failures keep its
 * owner out. It holds a random token in a cookie for each account; the digest of the token alone is stored.
 */
import { createHmac, hkdfSync } from 'node:crypto';
import type { CookieOptions, Request, Response } from 'express';
import { knownBrowserDays } from '../../policies/people/sign-in-tries.js';
import { tokenPattern } from '../case/links.js';
import { cookieIn } from '../web/middleware/session/cookies.js';

export interface KnownBrowsers {
  /** The token that the browser holds for the account of that address; null where it holds none. */
  tokenIn(req: Request, email: string): string | null;
  /** Gives the browser a token for that account. */
  give(res: Response, email: string, token: string): void;
}

/** @param session the session's cookie, whose rules these cookies follow */
export const knownBrowsers = (
  sessionSecret: string,
  session: { readonly name: string; readonly options: CookieOptions },
): KnownBrowsers => {
  const secret = Buffer.from(hkdfSync('sha256', sessionSecret, '', 'known browsers', 32));
  const prefix = session.name.startsWith('__Host-') ? '__Host-known-' : 'known-';
  /** Several people may share a browser; the name does not tell whose it is. */
  const nameOf = (email: string): string =>
    prefix + createHmac('sha256', secret).update(email.toLowerCase()).digest('base64url').slice(0, 16);
  return {
    tokenIn(req, email) {
      const token = cookieIn(req, nameOf(email));
      return token !== null && tokenPattern.test(token) ? token : null;
    },
    give(res, email, token) {
      const maxAge = knownBrowserDays * 24 * 60 * 60 * 1000;
      res.cookie(nameOf(email), token, { ...session.options, sameSite: 'strict', maxAge });
    },
  };
};
