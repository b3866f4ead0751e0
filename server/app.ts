import express, { type Express, type Request } from 'express';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import { abilityFor } from '../policies/ability.js';
import { mount, type Surroundings } from './api/mount.js';
import { routes } from './api/routes.js';
import type { Ctx } from './context.js';
import { attempts } from './middleware/attempts.js';
import { authentication } from './middleware/authentication.js';
import { health } from './middleware/health.js';
import { problemPages } from './middleware/problem-pages.js';
import { notFound, recordRefusal, refusals } from './middleware/refusals.js';
import { requestLog } from './middleware/request-log.js';
import { security } from './middleware/security.js';
import { session, sessionCookie } from './middleware/session.js';

export interface AppDeps {
  readonly db: Knex;
  readonly now: () => Date;
  readonly log: Logger;
  readonly sessionSecret: string;
  /** Where browsers find the service; its origin is the only one that changes may come from. */
  readonly baseUrl: URL;
  /** Express's `trust proxy`. */
  readonly trustProxy: boolean | number | string;
  readonly councilName: string;
  readonly demo: boolean;
  /** Whether this app deletes sessions and counts that have run out; true unless said. */
  readonly pruneSessions?: boolean;
}

/** The service as one express app. Takes nothing global and listens to nothing, so there may be many. */
export const createApp = (deps: AppDeps): Express => {
  const { db, now, log, sessionSecret, baseUrl, pruneSessions: prune = true } = deps;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', deps.trustProxy);

  app.use(requestLog(log));
  app.use(security(baseUrl));
  app.use(health(db, log));
  app.get('/', (_req, res) => res.redirect('/api/docs'));
  app.use(problemPages());
  app.use(session({ db, log, sessionSecret, baseUrl, prune }));
  app.use(
    authentication({
      db,
      now,
      attempts: attempts({ db, sessionSecret, prune }),
      cookie: sessionCookie(baseUrl),
    }),
  );
  mount(app, routes, surroundings(deps));
  app.use(notFound);
  app.use(refusals(log));
  return app;
};

const surroundings = ({ db, now, log, baseUrl, sessionSecret }: AppDeps): Surroundings => ({
  baseUrl,
  sessionSecret,
  contextFor: (req) => (req.user ? contextOf(req, req.user, { db, now }) : null),
  openContextFor: (req) => ({ db, now, log: req.log ?? log }),
  recordRefusal,
});

const contextOf = (req: Request, actor: Express.User, { db, now }: Pick<Ctx, 'db' | 'now'>): Ctx => ({
  db,
  actor,
  ability: abilityFor(actor),
  now,
  log: req.log,
});
