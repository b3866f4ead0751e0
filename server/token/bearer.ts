/** The door of programs: a call with `Authorization: Bearer` is that of its token, and of no session. */
import type { Request, RequestHandler } from 'express';
import type { Knex } from 'knex';
import { append } from '../../db/audit/append.js';
import { callingByToken, noteUse, tokenOfHash, type Calling } from '../../db/token/calling.js';
import { nothingSet } from '../../db/settings/settings.js';
import { londonDate } from '../../policies/core/time/london.js';
import { isUseNoted } from '../../policies/token/token.js';
import type { Attempts } from '../case/proving/proving.js';
import type { Ctx } from '../case/ctx.js';
import { ProtocolError } from '../web/api/problem.js';
import { hashOfSecret } from './secret.js';

declare global {
  // eslint-disable-next-line typescript/no-namespace
  namespace Express {
    interface Request {
      /** The token with which a program calls; missing where a person does. */
      token?: Ctx['token'];
    }
  }
}

export interface BearerDeps {
  readonly db: Knex;
  readonly now: () => Date;
  readonly attempts: Attempts;
}

/** What was sent as a token of the API; null where nothing was. Pages take none. */
const sentIn = ({ path, headers: { authorization } }: Request): string | null => {
  if (authorization === undefined || !path.startsWith('/api/')) return null;
  const [, token = ''] = /^Bearer(?: +(.*))?$/is.exec(authorization) ?? [null, null];
  return token;
};

const refused = (): ProtocolError =>
  new ProtocolError('not-signed-in', 'This token is none of the service’s, or it has ended.', {
    headers: { 'WWW-Authenticate': 'Bearer' },
  });

/**
 * Lets a program in that sends a token. No cookie counts beside it, and no session is made. Who owns it is asked with each
 * call, so that a revoked token, a suspension and the end of an office count at once.
 *
 * A right token is never held back: nobody guesses one, and a program that goes on with an old one must not shut others of
 * its source out. Those that are wrong are recorded, and slowed.
 * @param cookies lets everybody else in
 */
export const bearer = ({ db, now, attempts }: BearerDeps, cookies: RequestHandler): RequestHandler => {
  let known = nothingSet;

  const calling = async (sent: string, ip: string): Promise<Calling> => {
    const [hash, at] = [hashOfSecret(sent), now()];
    const found = hash && (await callingByToken(db, { hash, at, today: londonDate(at), known }));
    if (!found) throw await failed(hash, ip);
    known = found.inForce;
    if (isUseNoted(found.lastUsedAt, at)) await noteUse(db, found.token.id, at);
    return found;
  };

  /** @throws ProtocolError 429 where too many have failed; then nothing is recorded */
  const failed = (hash: Buffer | null, ip: string): Promise<ProtocolError> =>
    attempts.limited({ email: 'a token', ip, knownBrowser: null }, async () => {
      const token = hash && (await tokenOfHash(db, hash));
      await append(db, {
        type: 'token.failed',
        at: now(),
        actor: 'system',
        actorName: 'system',
        office: null,
        capacity: null,
        subject: token === null ? 'unknown' : `token:${token}`,
      });
      return refused();
    });

  return (req, res, next) => {
    const sent = sentIn(req);
    if (sent === null) {
      void cookies(req, res, next);
      return;
    }
    calling(sent, req.ip ?? '').then(({ token, actor, inForce }) => {
      req.token = token;
      req.user = actor;
      req.settings = inForce.settings;
      next();
    }, next);
  };
};
