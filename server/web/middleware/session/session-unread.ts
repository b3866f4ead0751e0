/**
 * Why the session of a request could not be read. express-session takes an error of the code ENOENT for a session that is
 * not there; a database whose socket is gone gives the same code, and nobody is signed out by that.
 */
export class SessionUnread extends Error {
  constructor(cause: unknown) {
    super('The session could not be read.', { cause });
    this.name = 'SessionUnread';
  }
}

/** What went wrong, as express-session may be told of it: never of the code that it takes for no session. */
export const told = (error: unknown): unknown =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT' ? new SessionUnread(error) : error;
