import type { RequestHandler } from 'express';
import type { Settings } from '../../../policies/settings/settings.js';

declare global {
  // eslint-disable-next-line typescript/no-namespace
  namespace Express {
    interface Request {
      /** The council's settings at the time of the request; missing if nobody is signed in. */
      settings?: Settings;
    }
  }
}

/**
 * Answers every request of a signed-in person by the settings of one moment, on whichever node they were changed.
 * Open routes need none, and work without a database too.
 */
export const settings = (): RequestHandler => (req, _res, next) => {
  if (req.user && req.asking) req.settings = req.asking.inForce.settings;
  next();
};
