import express, { type Express, type Request } from 'express';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import { createProvider, type ProviderSettings } from './provider/provider.js';
import { flows } from './provider/flow.js';
import { providerDoor } from './provider/door.js';
import { leavingProvider, wordSeal } from './provider/follows/leave.js';
import { abilityOf } from './case/ability-of.js';
import { longestSession, type SessionLimits } from '../policies/people/session-limits.js';
import { needsCodes } from '../policies/proof/needed.js';
import { defaultSettings } from '../policies/settings/settings.js';
import { mount, type Surroundings } from './web/api/mount.js';
import { routes } from './routes.js';
import type { Ctx } from './case/ctx.js';
import { linksOf } from './case/links.js';
import { calendarDoor } from './calendar/open.js';
import type { Proving } from './case/proving/proving.js';
import { relyingPartyOf } from './case/proving/relying-party.js';
import { keysOfCodes, sealOf } from './case/proving/seal.js';
import { accountPages } from './account/pages/passwords.js';
import { afterChange } from './web/middleware/after-change.js';
import { beganOf, cameFromProvider, freshProofOf } from './people/actor.js';
import { attempts } from './people/attempts.js';
import { authentication } from './people/authentication.js';
import { knownCaller } from './people/known-caller.js';
import { bearer } from './token/bearer.js';
import { warnOfProxy } from './web/middleware/forwarded.js';
import { health } from './web/middleware/health.js';
import { problemPages } from './web/middleware/problem-pages.js';
import { notFound, recordRefusal, refusals } from './web/middleware/refusals.js';
import { requestLog } from './web/middleware/request-log.js';
import { security } from './web/middleware/security.js';
import { session, sessionCookie } from './web/middleware/session/session.js';
import { visitors } from './web/middleware/session/visitor.js';
import { settings } from './web/middleware/settings.js';
import { assets, assetVersion } from './web/pages/assets.js';
import { mailboxPages } from './operations/mailbox.js';
import { readMailbox } from './operations/read-mailbox.js';
import { mountPages } from './web/pages/mount.js';
import { pages } from './pages.js';
import { homeOf } from './web/pages/navigation.js';
import { refusalPage } from './web/pages/refusal-page.js';
import { rulesDoor } from './rules/open.js';
import { renderer } from './web/pages/render.js';
import { signInPages } from './people/pages.js';
import { noticesOf, serviceName } from './web/notices.js';
import { paths } from './web/paths.js';
import type { SignerState } from './signing/state.js';

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
  /** Who signs the checkpoints of the trail. */
  readonly signer: SignerState;
  /** How long sessions last; as long as they may unless said. */
  readonly sessions?: SessionLimits;
  /** The council's own sign-in; people sign in here alone unless it is given. */
  readonly provider?: ProviderSettings;
  /** Told of each change after its commit: there may be mail to send. */
  readonly onChange?: () => void;
}

/** The service as one express app. Takes nothing global and listens to nothing, so there may be many. */
export const createApp = (deps: AppDeps): Express => {
  const { db, now, log, sessionSecret, baseUrl, sessions: limits = longestSession } = deps;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', deps.trustProxy);
  const render = renderer({
    councilName: deps.councilName,
    serviceName,
    assetVersion,
    serviceOrigin: baseUrl.origin,
  });

  app.use(requestLog(log));
  if (deps.trustProxy === false) app.use(warnOfProxy(log));
  // The demonstration keeps its accounts and their password beside it.
  const provider = deps.provider && createProvider({ ...deps.provider, besidePasswords: deps.demo });
  app.use(security(baseUrl));
  if (deps.onChange) app.use(afterChange(deps.onChange));
  const open = express.Router().use(health(db, log), assets(), problemPages());
  // None of them is an address of the API, which has the most calls.
  app.use((req, res, next) => (req.path.startsWith('/api/') ? next() : open(req, res, next)));
  const sessions = session({ db, now, sessionSecret, baseUrl, limits });
  const visiting = visitors(sessionSecret, sessionCookie(baseUrl));
  const proving: Proving = {
    attempts: attempts({ db, now, sessionSecret }),
    keys: sealOf(sessionSecret, keysOfCodes),
    relyingParty: relyingPartyOf(baseUrl),
    councilName: deps.councilName,
    provider,
  };
  const authenticated = authentication({
    db,
    now,
    proving,
    cookie: sessionCookie(baseUrl),
    sessionSecret,
    limits,
  });
  const cookies = knownCaller(
    { store: sessions.store, now, limits, secure: baseUrl.protocol === 'https:' },
    express.Router().use(sessions.handler, visiting, authenticated),
  );
  app.use(bearer({ db, now, attempts: proving.attempts }, cookies));
  app.use(settings());
  app.get(paths.home, (req, res) => res.redirect(303, homeOf(req.user)));
  const around = surroundings(deps, proving);
  mount(app, routes, around);
  const here = provider && { db, now, provider, words: wordSeal(sessionSecret), baseUrl };
  if (here)
    app.use(
      providerDoor({
        ...here,
        flows: flows(sessionSecret, sessionCookie(baseUrl)),
        render,
        contextFor: (req) => around.contextFor(req),
      }),
    );
  app.use(
    signInPages(render, {
      passkeys: proving.relyingParty !== null,
      provider,
      leaving: here && leavingProvider(here),
    }),
  );
  app.use(rulesDoor({ render, openContextFor: (req) => around.openContextFor(req) }));
  app.use(calendarDoor((req) => around.openContextFor(req), baseUrl));
  app.use(accountPages({ render, openContextFor: (req) => around.openContextFor(req) }));
  if (deps.demo)
    app.use(
      mailboxPages({
        read: readMailbox(db),
        render,
        notices: noticesOf(deps),
        contextFor: (req) => around.contextFor(req),
      }),
    );
  mountPages(app, pages, { ...around, render });
  app.use(notFound);
  app.use(
    refusals(
      log,
      refusalPage(render, (req) => around.contextFor(req)),
    ),
  );
  return app;
};

const surroundings = (deps: AppDeps, proving: Proving): Surroundings => {
  const {
    db,
    now,
    log,
    baseUrl,
    sessionSecret,
    councilName,
    signer,
    sessions: limits = longestSession,
  } = deps;
  const links = linksOf(sessionSecret);
  return {
    baseUrl,
    sessionSecret,
    contextFor: (req) =>
      req.user
        ? contextOf(req, req.user, { db, now, signer, links, proving, limits, demo: deps.demo })
        : null,
    openContextFor: (req) => ({
      db,
      now,
      log: req.log ?? log,
      links,
      councilName,
      provider: proving.provider,
    }),
    recordRefusal,
  };
};

/** Who comes from there has proved what the council asks for there. */
const isFromProvider = ({ asking }: Request): boolean => asking !== undefined && cameFromProvider(asking);

const contextOf = (
  req: Request,
  actor: Express.User,
  {
    db,
    now,
    signer,
    links,
    proving,
    limits,
    demo,
  }: Pick<Ctx, 'db' | 'now' | 'signer' | 'links' | 'proving'> & {
    readonly limits: SessionLimits;
    readonly demo: boolean;
  },
): Ctx => ({
  db,
  actor,
  token: req.token,
  session: req.asking && {
    id: req.asking.sessionId,
    ip: req.ip ?? '',
    limits,
    began: beganOf(req.asking),
  },
  proof: req.asking ? freshProofOf(req.asking, now()) : null,
  proving,
  // The accounts of the demonstration are everybody’s: nobody could go on once one of them had set an app up.
  codesFirst:
    !demo &&
    !req.token &&
    !(req.asking?.hasCodes || req.asking?.hasPasskey) &&
    !isFromProvider(req) &&
    needsCodes(actor.holdings),
  ability: abilityOf(actor),
  now,
  log: req.log,
  signer,
  links,
  // Who signs in with this very request reads nothing by it.
  settings: req.settings ?? defaultSettings,
});
