import { types } from 'node:util';
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { NotRecorded } from '../../../db/audit/append.js';
import { inTransaction } from '../../../db/core/connection.js';
import { referenceOf } from '../../../db/request/reference-of.js';
import { NotFound, Refusal } from '../../../policies/core/refusals.js';
import type { RefusedCall } from '../api/mount.js';
import { fault, ProtocolError, sendProblem, unavailable } from '../api/problem.js';
import type { Ctx } from '../../case/ctx.js';
import { record } from '../../case/record.js';
import type { RefusalPage } from '../pages/refusal-page.js';
import { SigningRefused } from '../../signing/sign.js';
import { SessionUnread } from './session/session-unread.js';

/**
 * Puts a refusal on the trail, in a transaction of its own: the one that was refused is rolled back.
 * @throws ProtocolError 503 where it cannot be recorded: then it is not answered either.
 */
export const recordRefusal = async (
  ctx: Ctx,
  { refusal, method, route, subject }: RefusedCall,
): Promise<void> => {
  try {
    await inTransaction(ctx.db, async (trx) =>
      record(trx, ctx, null, {
        type: 'authority.refused',
        subject: (await referenceOf(trx, subject)) ?? subject,
        decision: { rule: refusal.rule ?? null, method, status: refusal.status, route },
      }),
    );
  } catch (error) {
    ctx.log.error(forLog(error), 'a refusal could not be recorded');
    throw unavailable();
  }
};

/** No route has answered. */
export const notFound: RequestHandler = () => {
  throw new NotFound();
};

/**
 * Turns any error into an answer: a refusal into its problem; an unreachable database, and a trail that takes no
 * entry, into 503; and anything else, which is a fault of ours, into a 500 that says nothing.
 */
export const refusals =
  (log: Logger, page: RefusalPage): ErrorRequestHandler =>
  (error: unknown, req, res, next) => {
    if (res.headersSent) {
      // Half an answer cannot be taken back: express ends the connection.
      (req.log ?? log).error(forLog(error), 'failed while answering');
      next(error);
      return;
    }
    const refusal = refusalOf(error, (message) => (req.log ?? log).error(forLog(error), message));
    // The API answers every refusal as a problem; a page answers a person with a page.
    if (isForPage(req)) page(req, res, refusal);
    else sendProblem(res, refusal);
  };

const isForPage = (req: Request): boolean =>
  !req.path.startsWith('/api') &&
  !req.path.startsWith('/problems') &&
  req.accepts(['json', 'html']) === 'html';

const refusalOf = (error: unknown, report: (message: string) => void): Refusal | ProtocolError => {
  if (error instanceof Refusal || error instanceof ProtocolError) return error;
  // Express decodes the path; a path with percent signs that are not UTF-8 names nothing.
  if (types.isNativeError(error) && error.name === 'URIError') return new NotFound();
  if (error instanceof NotRecorded) {
    report(
      `the trail did not take an entry (${codeIn(error.cause) ?? 'no code'}): nothing was shown or done`,
    );
    return unavailable();
  }
  if (error instanceof SigningRefused) {
    report('nothing is signed');
    return unavailable();
  }
  if (isUnavailability(error instanceof SessionUnread ? error.cause : error)) {
    report('the database is unavailable');
    return unavailable();
  }
  report('fault');
  return fault();
};

/** What may be said of an error that was behind another. */
interface Cause {
  readonly name: string;
  readonly code: string | undefined;
  /** The violated constraint of the database: our own name for it, which discloses nothing of the row. */
  readonly constraint: string | undefined;
}

interface LoggedError extends Cause {
  readonly cause: Cause | undefined;
  readonly message: string | undefined;
  readonly at: readonly string[];
}

/**
 * The part of an error that is safe to log. A database's message holds the statement and may hold values of rows, so
 * only its code is logged; frames hold neither.
 */
export const forLog = (error: unknown): LoggedError => {
  if (!types.isNativeError(error)) return { ...causeIn(error), cause: undefined, message: undefined, at: [] };
  const code = codeOf(error);
  return {
    ...causeIn(error),
    cause: error.cause === undefined ? undefined : causeIn(error.cause),
    message: code !== undefined && sqlState.test(code) ? undefined : error.message,
    at: (error.stack?.match(/^ {4}at .*$/gm) ?? []).slice(0, 8).map((frame) => frame.trim()),
  };
};

const causeIn = (error: unknown): Cause =>
  types.isNativeError(error)
    ? { name: error.name, code: codeOf(error), constraint: textOf(error, 'constraint') }
    : { name: typeof error, code: undefined, constraint: undefined };

const textOf = (error: Error, key: 'code' | 'constraint'): string | undefined => {
  const value: unknown = Reflect.get(error, key);
  return typeof value === 'string' ? value : undefined;
};

const codeOf = (error: Error): string | undefined => textOf(error, 'code');

const codeIn = (cause: unknown): string | undefined =>
  types.isNativeError(cause) ? codeOf(cause) : undefined;

const sqlState = /^[0-9A-Z]{5}$/;

/**
 * Connection exceptions, no room for more (connections, memory, disk), a server that takes no changes just now,
 * shut down; and Node's own words for no connection.
 */
const unavailableCodes =
  /^(?:08...|53...|25006|57P0.|58030|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ETIMEDOUT|EPIPE|ENOENT)$/;

/**
 * Whether the database could not be reached, or failed in the middle. A bad value that reached the database (22021,
 * 22P02, 22003) does not count: the code should have refused it before.
 */
const isUnavailability = (error: unknown): boolean => {
  if (!types.isNativeError(error)) return false;
  if (error.name === 'KnexTimeoutError' || error.name === 'TimeoutError') return true;
  const code = codeOf(error);
  if (code !== undefined) return unavailableCodes.test(code) && (code !== 'ENOENT' || isSocketError(error));
  return /^(?:Connection terminated|timeout expired|Client has encountered a connection error)/.test(
    error.message,
  );
};

/** A missing unix socket is the database's absence; a missing file is not. */
const isSocketError = (error: Error): boolean => (error as { syscall?: unknown }).syscall === 'connect';
