import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { requestId } from './request-id.js';

/**
 * One line for each request: its number, which the answer carries as well, the method, the template of its route, the status and how long it took.
 * Never the URL itself, its query, headers, address or body: each may name a child's case or a person.
 */
export const requestLog = (log: Logger): RequestHandler => {
  const line = (_req: Request, res: Response, { responseTime }: { responseTime: number }) => ({
    method: res.req.method,
    route: res.locals.route ?? 'unmatched',
    status: res.statusCode,
    ms: responseTime,
  });
  return pinoHttp<Request, Response>({
    logger: log,
    genReqId: (req, res) => {
      const id = requestId(req);
      res.setHeader('X-Request-Id', id);
      return id;
    },
    // Without these two the whole request is bound to every line.
    quietReqLogger: true,
    quietResLogger: true,
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'error' : 'info'),
    customSuccessMessage: () => 'answered',
    customErrorMessage: () => 'failed',
    customSuccessObject: line,
    customErrorObject: (req, res, _error, value: { responseTime: number }) => line(req, res, value),
  });
};
