import type { RequestHandler } from 'express';
import type { Knex } from 'knex';
import { createSettingsReader } from '../../db/settings.js';
import type { Settings } from '../../policies/settings.js';

declare global {
  // eslint-disable-next-line typescript/no-namespace
  namespace Express {
    interface Request {
      /** What the council has set, as it was when the request came in. */
      settings: Settings;
    }
  }
}

/** Every request is answered by the settings of one moment, on whichever node they were changed. */
export const settings = (db: Knex): RequestHandler => {
  const inForce = createSettingsReader();
  return (req, _res, next) => {
    inForce(db).then((found) => {
      req.settings = found;
      next();
    }, next);
  };
};
