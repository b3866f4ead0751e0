import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { requestId } from './request-id.js';

declare global {
  // eslint-disable-next-line typescript/no-namespace
  namespace Express {
    interface Request {
      /** The number of the request, as the answer's `X-Request-Id` has it. */
      id: string;
      /** Writes lines that carry the number. */
      log: Logger;
    }
  }
}

/**
 * One line for each request: its number, which the answer carries as well, the method, the template of its route, the
 * status and how long it took. Never the URL itself, its query, headers, address or body: each may name a child's case
 * or a person.
 */
export const requestLog =
  (log: Logger): RequestHandler =>
  (req, res, next) => {
    const began = Date.now();
    req.id = requestId(req);
    req.log = log.child({ reqId: req.id });
    res.setHeader('X-Request-Id', req.id);
    res.once('close', () => {
      const line = {
        method: req.method,
        route: res.locals.route ?? 'unmatched',
        status: res.statusCode,
        ms: Date.now() - began,
      };
      if (res.statusCode >= 500) req.log.error(line, 'failed');
      else req.log.info(line, 'answered');
    });
    next();
  };
