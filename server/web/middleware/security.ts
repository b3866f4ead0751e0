import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { freshBytes } from '../../../db/core/fresh-bytes.js';

declare global {
  // eslint-disable-next-line typescript/no-namespace
  namespace Express {
    interface Locals {
      /** For the `nonce` of a page's own script and style elements. */
      nonce: string;
    }
  }
}

/**
 * Headers that allow a browser only what this service's own pages ask of it. All but the nonce are the same for every
 * answer, so helmet words them once.
 */
export const security = (baseUrl: URL): RequestHandler => {
  const headers = headersFor(baseUrl);
  return (_req, res, next) => {
    const nonce = freshBytes(16).toString('base64');
    res.locals.nonce = nonce;
    // The content is confidential or about to change, so neither browser nor proxy may store it.
    res.setHeader('Cache-Control', 'no-store');
    res.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=()');
    for (const [name, around] of headers) res.setHeader(name, around.join(`'nonce-${nonce}'`));
    next();
  };
};

const headersFor = (baseUrl: URL) =>
  wordedBy(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'", placeOfNonce],
          styleSrc: ["'self'", placeOfNonce],
          imgSrc: ["'self'"],
          fontSrc: ["'self'"],
          connectSrc: ["'self'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
        },
      },
      // With `no-referrer` browsers would send `Origin: null` with our own forms.
      referrerPolicy: { policy: 'same-origin' },
      strictTransportSecurity: baseUrl.protocol === 'https:',
    }),
  );

const placeOfNonce = "'nonce-'";

/** The headers that helmet sets, each cut at the places of the nonce. */
const wordedBy = (words: ReturnType<typeof helmet>): readonly (readonly [string, readonly string[]])[] => {
  const worded: (readonly [string, readonly string[]])[] = [];
  const request = new IncomingMessage(new Socket());
  const answer = new ServerResponse(request);
  answer.setHeader = (name, value) => {
    worded.push([name, String(value).split(placeOfNonce)]);
    return answer;
  };
  words(request, answer, (error?: unknown) => {
    if (error) throw error;
  });
  return worded;
};
