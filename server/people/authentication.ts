import type { CookieOptions, Request, RequestHandler, Response } from 'express';
import { Passport } from 'passport';
import { Strategy as LocalStrategy } from 'passport-local';
import type { Actor } from '../../policies/people/actor.js';
import { ProtocolError } from '../web/api/problem.js';
import { browserOf } from '../session/present.js';
import type { SessionLimits } from '../../policies/people/session-limits.js';
import { knownBrowsers } from './known-browser.js';
import { nobodysHash, signIn, type SignInDeps } from './sign-in.js';
import { signOut } from './sign-out.js';
import { actorOf, type SignedIn } from './actor.js';

declare global {
  // eslint-disable-next-line typescript/no-namespace
  namespace Express {
    /** The signed-in person: passport sets it from the session, again for each request. */
    interface User extends Actor {}

    interface Request {
      /**
       * Signs in with the `email` and `password` of the body, into a new session.
       * @throws ProtocolError 401 or 429
       */
      signIn(): Promise<Actor>;
      /** Signs the person out and ends the session. */
      signOut(): Promise<void>;
    }
  }
}

export interface AuthenticationDeps extends SignInDeps {
  readonly cookie: { readonly name: string; readonly options: CookieOptions };
  readonly sessionSecret: string;
  readonly limits: SessionLimits;
}

const signInFailed = (): ProtocolError =>
  new ProtocolError('sign-in-failed', 'The e-mail address or the password is not right.');

/** Passport, one for each app: the session's person becomes `req.user`, and requests can sign in and out. */
export const authentication = (deps: AuthenticationDeps): RequestHandler[] => {
  const passport = new Passport();
  const { now } = deps;
  const browsers = knownBrowsers(deps.sessionSecret, deps.cookie);
  /** From when the session of somebody counts who has just signed in. */
  const entered = new WeakMap<object, Date>();
  // Made before the first attempt, which would otherwise take longer for an unknown address.
  void nobodysHash();

  passport.serializeUser<SignedIn>((req: Request, user: Actor, done: (error: null, kept: SignedIn) => void) =>
    done(null, {
      id: user.id,
      since: (entered.get(user) ?? now()).getTime(),
      browser: browserOf(req.get('User-Agent')),
    }),
  );
  passport.deserializeUser(
    (req: Request, kept: unknown, done: (error: null, user: Actor | false) => void) => {
      done(null, actorOf(now(), kept, req.asking?.actor ?? null, deps.limits) ?? false);
    },
  );
  passport.use(
    new LocalStrategy({ usernameField: 'email', passReqToCallback: true }, (req, email, password, done) => {
      const credentials = {
        email,
        password,
        ip: req.ip ?? '',
        browser: { token: browsers.tokenIn(req, email) },
      };
      signIn(deps, credentials).then((found) => {
        if (found?.newToken && req.res) browsers.give(req.res, email, found.newToken);
        if (found) entered.set(found.actor, found.since);
        done(null, found?.actor ?? false);
      }, done);
    }),
  );

  return [
    passport.session() as RequestHandler,
    (req, res, next) => {
      req.signIn = async () => {
        const actor = await authenticated(passport, req, res);
        if (actor === null) throw signInFailed();
        await settled((done) => req.logIn(actor, done));
        return actor;
      };
      req.signOut = async () => {
        if (req.user) await signOut({ ...deps, settings: req.settings?.revision }, req.user);
        await settled((done) => req.logOut(done));
        res.clearCookie(deps.cookie.name, deps.cookie.options);
      };
      next();
    },
  ];
};

/** The person found by the local strategy; null if it found nobody. */
const authenticated = (
  passport: InstanceType<typeof Passport>,
  req: Request,
  res: Response,
): Promise<Actor | null> =>
  new Promise((resolve, reject) => {
    const answered = (error: unknown, user?: Express.User | false | null) => {
      if (error) reject(error);
      else resolve(user || null);
    };
    (passport.authenticate('local', answered) as RequestHandler)(req, res, reject);
  });

const settled = (act: (done: (error: unknown) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => act((error) => (error ? reject(error) : resolve())));
