import { Router } from 'express';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import { migrations } from '../../../db/migrations/index.js';
import { unavailable } from '../api/problem.js';
import { forLog } from './refusals.js';

/** `/healthz`: the process answers. `/readyz`: the first request would succeed. */
export const health = (db: Knex, log: Logger): Router => {
  const router = Router();
  router.get('/healthz', (_req, res) => {
    res.locals.route = '/healthz';
    res.json({ status: 'ok' });
  });
  router.get('/readyz', async (_req, res) => {
    res.locals.route = '/readyz';
    if (!(await isCurrent(db, log))) throw unavailable();
    res.json({ status: 'ready' });
  });
  return router;
};

/** Whether the database answers and knows every migration of this build. */
const isCurrent = async (db: Knex, log: Logger): Promise<boolean> => {
  try {
    const applied = new Set(await db<{ name: string }>('knex_migrations').pluck('name'));
    return migrations.every(({ name }) => applied.has(name));
  } catch (error) {
    log.warn(forLog(error), 'not ready');
    return false;
  }
};
