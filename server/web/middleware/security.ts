import { randomBytes } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

declare global {
  // eslint-disable-next-line typescript/no-namespace
  namespace Express {
    interface Locals {
      /** For the `nonce` of a page's own script and style elements. */
      nonce: string;
    }
  }
}

/** Headers that allow a browser only what this service's own pages ask of it. */
export const security = (baseUrl: URL): RequestHandler[] => {
  const https = baseUrl.protocol === 'https:';
  return [
    (_req, res, next) => {
      res.locals.nonce = randomBytes(16).toString('base64');
      // The content is confidential or about to change, so neither browser nor proxy may store it.
      res.set('Cache-Control', 'no-store');
      res.set('Permissions-Policy', 'camera=(), geolocation=(), microphone=()');
      next();
    },
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'", nonce],
          styleSrc: ["'self'", nonce],
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
      strictTransportSecurity: https,
    }),
  ];
};

const nonce = (_req: unknown, res: unknown): string => `'nonce-${(res as Response).locals.nonce}'`;
