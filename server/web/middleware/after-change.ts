import type { RequestHandler } from 'express';

/**
 * Calls back after each change with a successful answer: its transaction is over by then, so others find what it
 * committed. It is only a hint: the next look finds anything it missed.
 */
export const afterChange =
  (onChange: () => void): RequestHandler =>
  (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      res.once('finish', () => {
        if (res.statusCode < 400) onChange();
      });
    }
    next();
  };
