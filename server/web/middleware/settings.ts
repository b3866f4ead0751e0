import type { RequestHandler } from 'express';
import type { Settings } from '../../../policies/settings/settings.js';

declare global {
  // eslint-disable-next-line typescript/no-namespace
  namespace Express {
    interface Request {
      /** What the council has set, as it was when the request came in; not there for who is not signed in. */
      settings?: Settings;
    }
  }
}

/**
 * Every request of somebody who is signed in is answered by the settings of one moment, on whichever node they were
 * changed. What is open to all needs none, and is answered without a database too.
 */
export const settings = (): RequestHandler => (req, _res, next) => {
  if (req.user && req.asking) req.settings = req.asking.inForce.settings;
  next();
};
