import type { Knex } from 'knex';
import { prepared } from '../core/plans/prepared.js';

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

/** Extends a session; does nothing if there is no such session. */
export const extendSession = async (db: Knex, sid: string, expires: Date): Promise<void> => {
  await prepared(db.raw('update runtime.sessions set expire = ? where sid = ?', [expires, sid]));
};

/** Deletes a session, so that its cookie is worth nothing. */
export const endSession = async (db: Knex, sid: string): Promise<void> => {
  await db('runtime.sessions').where({ sid }).delete();
};

/** Deletes every session of a person. */
export const endSessionsOf = async (db: Knex, personId: string): Promise<void> => {
  await db('runtime.sessions').whereRaw("sess #>> '{passport,user,id}' = ?", [personId]).delete();
};

/** Deletes the sessions that ended before that moment. @returns how many */
export const pruneSessions = async (db: Knex, before: Date): Promise<number> => {
  const deleted = await db('runtime.sessions').where('expire', '<', before).delete();
  return deleted;
};
