import type { Request } from 'express';
import { ruleOf, ruleSays } from '../../../policies/core/rules.js';
import { ProtocolError } from '../api/problem.js';

/** Names of this machine: a browser that was given one of them may be shown another in `BASE_URL`. */
export const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/** The origins that a page of this service can have. */
export const ownOrigins = (baseUrl: URL): ReadonlySet<string> => {
  if (!loopback.includes(baseUrl.hostname)) return new Set([baseUrl.origin]);
  const port = baseUrl.port === '' ? '' : `:${baseUrl.port}`;
  return new Set(loopback.map((host) => `${baseUrl.protocol}//${host}${port}`));
};

/**
 * Refuses a change that a page of another origin makes with a person's cookie. Programs send neither header and pass;
 * browsers send both, and no page can make them lie.
 * @throws ProtocolError 403, rule `same_origin`.
 */
export const requireSameOrigin = (req: Request, origins: ReadonlySet<string>): void => {
  const { origin } = req.headers;
  const site = req.headers['sec-fetch-site'];
  if ((origin === undefined || origins.has(origin)) && (site === undefined || site === 'same-origin')) return;
  throw new ProtocolError('forbidden', ruleSays('same_origin'), { by: ruleOf('same_origin') });
};
