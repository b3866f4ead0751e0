import type { CookieOptions, Request, RequestHandler, Response } from 'express';
import { Passport } from 'passport';
import { Strategy as LocalStrategy } from 'passport-local';
import { z } from 'zod';
import type { Actor } from '../../policies/people/actor.js';
import type { Proving } from '../case/proving/proving.js';
import type { LetIn } from '../case/proving/let-in.js';
import { ProtocolError } from '../web/api/problem.js';
import { browserOf } from '../session/present.js';
import type { SessionLimits } from '../../policies/people/session-limits.js';
import { knownBrowsers } from './known-browser.js';
import {
  nobodysHash,
  signIn,
  signInWithCode,
  type HalfIn,
  type SignedInHere,
  type SignInDeps,
} from './sign-in.js';
import { firstStepOf } from '../proof/follows/second-step.js';
import type { SentAssertion } from '../passkey/bodies.js';
import { beginSignIn } from '../passkey/follows/begin-sign-in.js';
import { signInWithPasskey } from './follows/sign-in-with-passkey.js';
import { signOut } from './sign-out.js';
import { actorOf, type SignedIn } from './actor.js';

declare global {
  // eslint-disable-next-line typescript/no-namespace
  namespace Express {
    /** The signed-in person: passport sets it from the session, again for each request. */
    interface User extends Actor {}

    interface Request {
      /**
       * Signs in with the `email`, `password` and `code` of the body, into a new session.
       * @throws ProtocolError 401 or 429; CodeNeeded
       */
      signIn(): Promise<Actor>;
      /**
       * The second step: with a code, and the note of the first step.
       * @throws ProtocolError 401 or 429
       */
      signInWithCode(note: string, code: string): Promise<Actor>;
      /** Begins a session for somebody who has proved who they are. */
      letIn(found: LetIn): Promise<void>;
      /** What a browser is asked for a passkey to sign in with. @throws ProtocolError 409 */
      passkeyAsked(): ReturnType<typeof beginSignIn>;
      /** Signs in whose passkey answers. @throws ProtocolError 401 or 429 */
      signInWithPasskey(sent: SentAssertion): Promise<Actor>;
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

/** The same for an account that is known and one that is not, and for a password that is right and does not work. */
const signInFailed = ({ provider }: Proving, withCode = false): ProtocolError =>
  new ProtocolError(
    'sign-in-failed',
    (withCode
      ? 'The e-mail address, the password or the code is not right. A code works once.'
      : 'The e-mail address or the password is not right.') +
      (provider && !provider.besidePasswords
        ? ` Sign in with ${provider.name}: only the account for emergencies has a password.`
        : ''),
  );

/** The password was right, and this account needs a code or a passkey as well. */
export class CodeNeeded extends ProtocolError {
  /** What a second step sends in place of the password. */
  readonly note: string;
  readonly hasPasskey: boolean;

  constructor({ note, hasPasskey }: HalfIn) {
    super(
      'code-needed',
      hasPasskey
        ? 'Sign in with your passkey, or enter the code that your app shows, or a recovery code, as well.'
        : 'Enter the code that your app shows, or a recovery code, as well.',
    );
    this.note = note;
    this.hasPasskey = hasPasskey;
  }
}

const startAgain = (): ProtocolError =>
  new ProtocolError('sign-in-failed', 'This took too long. Enter your e-mail address and password again.');

const codeNotRight = (): ProtocolError =>
  new ProtocolError('sign-in-failed', 'This code is not right. A code works once: wait for the next one.');

const passkeyNotRight = (): ProtocolError =>
  new ProtocolError('sign-in-failed', 'You could not be signed in with this passkey. Try again.');

const codeIn = z.object({ code: z.string().optional() });

/** Passport, one for each app: the session's person becomes `req.user`, and requests can sign in and out. */
export const authentication = (deps: AuthenticationDeps): RequestHandler[] => {
  const passport = new Passport();
  const { now } = deps;
  const browsers = knownBrowsers(deps.sessionSecret, deps.cookie);
  /** From when the session of somebody counts who has just signed in, and how they have proved themselves. */
  const entered = new WeakMap<object, Omit<LetIn, 'actor'>>();
  const letIn = (req: Request, email: string, found: SignedInHere): Actor => {
    if (found.newToken && req.res) browsers.give(req.res, email, found.newToken);
    entered.set(found.actor, found);
    return found.actor;
  };
  // Made before the first attempt, which would otherwise take longer for an unknown address.
  void nobodysHash();

  passport.serializeUser<SignedIn>((req: Request, user: Actor, done: (error: null, kept: SignedIn) => void) =>
    done(null, {
      id: user.id,
      since: (entered.get(user)?.since ?? now()).getTime(),
      by: entered.get(user)?.by,
      provedAt: entered.get(user)?.provedAt?.getTime(),
      there: entered.get(user)?.there ?? undefined,
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
      const { code } = codeIn.parse(req.body);
      const credentials = {
        email,
        password,
        code,
        ip: req.ip ?? '',
        browser: { token: browsers.tokenIn(req, email) },
      };
      signIn(deps, credentials).then((found) => {
        if (found && 'note' in found) done(new CodeNeeded(found));
        else done(null, found ? letIn(req, email, found) : false);
      }, done);
    }),
  );

  return [
    passport.session() as RequestHandler,
    (req, res, next) => {
      req.signIn = async () => {
        const actor = await authenticated(passport, req, res);
        if (actor === null) throw signInFailed(deps.proving, codeIn.parse(req.body).code !== undefined);
        await settled((done) => req.logIn(actor, done));
        return actor;
      };
      req.signInWithCode = async (note, code) => {
        const first = firstStepOf(deps.proving.keys, note, now());
        if (first === null) throw startAgain();
        const browser = { token: browsers.tokenIn(req, first.email) };
        const found = await signInWithCode(deps, { first, code, ip: req.ip ?? '', browser });
        if (found === null) throw codeNotRight();
        await settled((done) => req.logIn(letIn(req, first.email, found), done));
        return found.actor;
      };
      req.letIn = async (found) => {
        entered.set(found.actor, found);
        await settled((done) => req.logIn(found.actor, done));
      };
      req.passkeyAsked = () => beginSignIn(deps.proving, req.visitor.token(), now());
      req.signInWithPasskey = async (sent) => {
        const found = await signInWithPasskey(deps, {
          sent,
          visitor: req.visitor.token(),
          ip: req.ip ?? '',
          tokenFor: (email) => browsers.tokenIn(req, email),
        });
        if (found === null) throw passkeyNotRight();
        await settled((done) => req.logIn(letIn(req, found.email, found), done));
        return found.actor;
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
