import { randomUUID } from 'node:crypto';
import type { Request } from 'express';

/** A UUID, or 32 hexadecimal digits, as proxies make them: nothing that could name a person or a thing. */
const plainId = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

type Trusts = (address: string | undefined, hop: number) => boolean;

/**
 * The number of a request: in its answer, in the log, and for people to quote when something went wrong. It is made
 * here, or taken from `X-Request-Id` if a trusted proxy (TRUST_PROXY) sent a plain one.
 */
export const requestId = (req: Request): string => {
  const given = req.get('x-request-id');
  if (given === undefined || !plainId.test(given)) return randomUUID();
  const trusts = req.app.get('trust proxy fn') as Trusts;
  return trusts(req.socket.remoteAddress, 0) ? given : randomUUID();
};
