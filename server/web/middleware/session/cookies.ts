import type { Request, RequestHandler } from 'express';
import onHeaders from 'on-headers';

/** The value of a cookie as it was sent, decoded; null where there is none, or it cannot be decoded. */
export const cookieIn = (req: Request, name: string): string | null => {
  const found = req.headers.cookie
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`));
  if (found === undefined) return null;
  try {
    return decodeURIComponent(found.slice(name.length + 1));
  } catch {
    return null;
  }
};

/** Sends the session's cookie before all others: programs are written that take the first for the session's. */
export const sessionCookieFirst =
  (name: string): RequestHandler =>
  (_req, res, next) => {
    onHeaders(res, () => {
      const cookies = res.getHeader('Set-Cookie');
      if (!Array.isArray(cookies)) return;
      const isSession = (cookie: string): boolean => cookie.startsWith(`${name}=`);
      res.setHeader('Set-Cookie', [
        ...cookies.filter(isSession),
        ...cookies.filter((each) => !isSession(each)),
      ]);
    });
    next();
  };
