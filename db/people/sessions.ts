import type { Knex } from 'knex';
import { z } from 'zod';
import type { Proof } from '../../policies/proof/proof.js';
import { prepared } from '../core/plans/prepared.js';
import { moment, rowsOf } from '../core/rows/rows-of.js';
import { whole } from '../core/rows/stored.js';

/** A session that is kept, and when it ends unless it is used. */
export interface KeptSession {
  readonly sid: string;
  readonly session: object;
  readonly expires: Date;
}

/** Stores a session, over its earlier state. */
export const saveSession = async (db: Knex, { sid, session, expires }: KeptSession): Promise<void> => {
  await prepared(
    db.raw(
      `insert into runtime.sessions (sid, sess, expire) values (?, ?::jsonb, ?)
         on conflict (sid) do update set sess = excluded.sess, expire = excluded.expire`,
      [sid, JSON.stringify(session), expires],
    ),
  );
};

/** Stores a session that was there before; does nothing where it has been ended meanwhile. */
export const updateSession = async (db: Knex, { sid, session, expires }: KeptSession): Promise<void> => {
  await prepared(
    db.raw('update runtime.sessions set sess = ?::jsonb, expire = ? where sid = ?', [
      JSON.stringify(session),
      expires,
      sid,
    ]),
  );
};

/** Extends a session; does nothing if there is no such session. */
export const extendSession = async (db: Knex, sid: string, expires: Date): Promise<void> => {
  await prepared(db.raw('update runtime.sessions set expire = ? where sid = ?', [expires, sid]));
};

/** Deletes a session, so that its cookie is worth nothing. */
export const endSession = async (db: Knex, sid: string): Promise<void> => {
  await db('runtime.sessions').where({ sid }).delete();
};

/** Deletes every session of a person, but one where that is to stay. */
export const endSessionsOf = async (db: Knex, personId: string, but: string | null = null): Promise<void> => {
  const sessions = db('runtime.sessions').where({ person_id: personId });
  if (but !== null) void sessions.whereNot('id', but);
  await sessions.delete();
};

/** Notes in a session that its owner has proved themselves once more. @returns false where it has ended */
export const proveSession = async (
  trx: Knex.Transaction,
  { session, person }: { readonly session: string; readonly person: string },
  { by, at }: Proof,
): Promise<boolean> => {
  const changed = await trx('runtime.sessions')
    .where({ id: session, person_id: person })
    .update({ proved_by: by, proved_at: at });
  return changed > 0;
};

/** A session of a person, as they may be told of it. */
export interface SessionOfPerson {
  readonly id: string;
  /** The browser by its name; null for a session from before it was noted. */
  readonly browser: string | null;
  readonly began: Date;
  /** To the minute. */
  readonly lastUsed: Date;
  /** When it ends unless it is used. */
  readonly idleUntil: Date;
}

const storedSession = z.strictObject({
  id: z.string(),
  browser: z.string().nullable(),
  since: whole,
  expire: moment,
  idle: whole,
});

/**
 * The sessions of a person that have not ended, the newest first.
 * @param at by the clock of the machine
 * @param since sessions that began before have ended
 */
export const sessionsOf = async (
  db: Knex,
  { person, at, since }: { readonly person: string; readonly at: Date; readonly since: Date },
): Promise<SessionOfPerson[]> => {
  const rows = await rowsOf(
    storedSession,
    db.raw(
      `select * from (
         select id, sess #>> '{passport,user,browser}' as browser, (sess #>> '{passport,user,since}')::bigint as since,
             expire, (sess #>> '{cookie,originalMaxAge}')::bigint as idle
           from runtime.sessions where person_id = :person and expire >= :at) as found
         where since >= :since order by since desc, id`,
      { person, at, since: since.getTime() },
    ),
  );
  return rows.map(({ id, browser, since: began, expire, idle }) => ({
    id,
    browser,
    began: new Date(began),
    lastUsed: new Date(expire.getTime() - idle),
    idleUntil: expire,
  }));
};

/** Ends one session of a person. @returns false where they have none of that number */
export const endSessionOf = async (db: Knex, person: string, id: string): Promise<boolean> => {
  const ended = await db('runtime.sessions').where({ id, person_id: person }).delete();
  return ended > 0;
};

/** Deletes the sessions that ended before that moment. @returns how many */
export const pruneSessions = async (db: Knex, before: Date): Promise<number> => {
  const deleted = await db('runtime.sessions').where('expire', '<', before).delete();
  return deleted;
};
