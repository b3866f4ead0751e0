import type { RequestHandler } from 'express';

/**
 * Tells of each change that was answered as done: its transaction is over then, so whoever is told finds
 * what it committed. A hint and no more: what is missed is found by the next look.
 */
export const afterChange =
  (tell: () => void): RequestHandler =>
  (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      res.once('finish', () => {
        if (res.statusCode < 400) tell();
      });
    }
    next();
  };
