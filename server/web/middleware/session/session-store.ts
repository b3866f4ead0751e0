import expressSession, { type SessionData } from 'express-session';
import type { Knex } from 'knex';
import { z } from 'zod';
import { askingBySession, type Asking } from '../../../../db/people/asking.js';
import { endSession, extendSession, saveSession, updateSession } from '../../../../db/people/sessions.js';
import { nothingSet, type InForce } from '../../../../db/settings/settings.js';
import { londonDate } from '../../../../policies/core/time/london.js';
import { told } from './session-unread.js';

declare global {
  // eslint-disable-next-line typescript/no-namespace
  namespace Express {
    interface Request {
      /** Data read together with the request's session; never saved with it. */
      asking?: Asking;
    }
  }
}

export interface SessionStoreDeps {
  readonly db: Knex;
  readonly now: () => Date;
}

/** How much of an hour without use may go unnoticed: a session is not written for each page that is read. */
const unnoticed = 60 * 1000;

type Done = (error?: unknown) => void;

const hasCookie = z.object({ cookie: z.object({}) });
/** Beside the cookie, what is in a session belongs to the part that put it there. */
const savedSession = z.custom<SessionData>((value) => hasCookie.safeParse(value).success);

/** A session ends by the clock of the machine, as its cookie does in the browser. */
const endOf = ({ cookie }: SessionData): Date => cookie.expires ?? new Date();

/**
 * Sessions in the table `runtime.sessions`. Who asks is read together with the session in one statement, and the
 * request finds it as `asking`.
 */
export class SessionStore extends expressSession.Store {
  /** Data that came with a session from the database, until express-session has made a session from it. */
  readonly #read = new WeakMap<object, Asking>();
  /** Until when a session lasts by its row. */
  readonly #until = new WeakMap<object, Date>();
  #known: InForce = nothingSet;
  readonly #deps: SessionStoreDeps;

  constructor(deps: SessionStoreDeps) {
    super();
    this.#deps = deps;
  }

  override get(sid: string, done: (error: unknown, session?: SessionData | null) => void): void {
    this.asking(sid).then(
      (asking) => done(null, asking?.session ?? null),
      (error: unknown) => done(told(error)),
    );
  }

  /** Who asks by that session; null where it has ended. */
  async asking(sid: string): Promise<Asking<SessionData> | null> {
    const { db, now } = this.#deps;
    const today = londonDate(now());
    const asking = await askingBySession(db, {
      sid,
      session: savedSession,
      at: new Date(),
      today,
      known: this.#known,
    });
    if (asking === null) return null;
    this.#known = asking.inForce;
    this.#read.set(asking.session, asking);
    return asking;
  }

  override createSession(
    req: Parameters<expressSession.Store['createSession']>[0],
    data: SessionData,
  ): ReturnType<expressSession.Store['createSession']> {
    const asking = this.#read.get(data);
    const session = super.createSession(req, data);
    if (asking) {
      req.asking = asking;
      this.#until.set(session, asking.expires);
    }
    return session;
  }

  override set(sid: string, session: SessionData, done: Done = () => {}): void {
    // One that was read, and has been ended since, is not made anew.
    const save = this.#until.has(session) ? updateSession : saveSession;
    save(this.#deps.db, { sid, session, expires: endOf(session) }).then(() => done(), done);
  }

  override touch(sid: string, session: SessionData, done: Done = () => {}): void {
    this.keepInUse(sid, { expires: endOf(session), until: this.#until.get(session) }).then(
      () => done(),
      done,
    );
  }

  /**
   * Notes that a session is in use once a minute and not with each request.
   * @param use until when it is to last, and until when it lasts by its row
   */
  async keepInUse(
    sid: string,
    { expires, until }: { readonly expires: Date; readonly until: Date | undefined },
  ): Promise<void> {
    if (until && expires.getTime() - until.getTime() < unnoticed) return;
    await extendSession(this.#deps.db, sid, expires);
  }

  override destroy(sid: string, done: Done = () => {}): void {
    endSession(this.#deps.db, sid).then(() => done(), done);
  }
}
