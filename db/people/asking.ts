import type { Knex } from 'knex';
import { z } from 'zod';
import type { Actor } from '../../policies/people/actor.js';
import { proofKinds, type Proof } from '../../policies/proof/proof.js';
import { compile, perform, type Compiled } from '../core/plans/compiled.js';
import { moment } from '../core/rows/rows-of.js';
import { inForceFrom, settingsColumns, settingsSql, type InForce } from '../settings/settings.js';
import { hasPasskeySql } from '../passkey/passkeys.js';
import { hasCodesSql } from '../proof/code-keys.js';
import { actorColumns, actorFrom, actorSql } from './people.js';

/** Who sends a request, as of one moment. */
export interface Asking<Session extends object = object> {
  /** The number of the session, which its owner may be told. */
  readonly sessionId: string;
  /** As it was saved. */
  readonly session: Session;
  /** When the session ends unless it is used. */
  readonly expires: Date;
  /** The person of the session, with their offices of today; null if nobody is signed in, or they are suspended. */
  readonly actor: Actor | null;
  /** The council's settings. */
  readonly inForce: InForce;
  /** When and how the person last proved themselves in this session, after signing in; null where they did not. */
  readonly proved: Proof | null;
  /** Whether the person has an app that makes codes. */
  readonly hasCodes: boolean;
  /** Whether they have a passkey. */
  readonly hasPasskey: boolean;
}

const kept = z.object({
  session_id: z.string(),
  sess: z.unknown(),
  expire: moment,
  proved_by: z.enum(proofKinds).nullable(),
  proved_at: moment.nullable(),
  has_codes: z.boolean(),
  has_passkey: z.boolean(),
});
/** Who is signed in: a row of `actorSql`, or nulls in its place. */
const someone = z.union([z.object(actorColumns), z.object({ id: z.null() })]);
/** What is set: a row of `settingsSql`, or nulls in its place. */
const chosen = z.union([z.object(settingsColumns), z.object({ revision: z.null() })]);

/** SQL: whether a session counts. One that began before the person was signed out everywhere does not, also where an
 * answer that was on its way then stored it once more; the one in which they changed their own password does. */
const stillCounts = `(p.sessions_from is null or s.id = p.session_kept
  or (s.sess #>> '{passport,user,since}')::bigint >= floor(extract(epoch from p.sessions_from) * 1000))`;

const names = ['sid', 'at', 'today', 'known'] as const;
type Name = (typeof names)[number];

let made: { readonly compiled: Compiled; readonly order: readonly Name[] } | null = null;

/** The statement, and which value each of its bindings is: worked out once. */
const statement = (db: Knex) => {
  if (made) return made;
  const { sql, bindings } = db
    .raw(
      `select s.id as session_id, s.sess, s.expire, s.proved_by, s.proved_at,
           ${hasCodesSql('s.person_id')} as has_codes, ${hasPasskeySql('s.person_id')} as has_passkey,
           who.*, chosen.*
         from runtime.sessions s
         left join lateral (${actorSql("(s.sess #>> '{passport,user,id}')::uuid", stillCounts)}) who on true
         left join lateral (${settingsSql}) chosen on true
         where s.sid = :sid and s.expire >= :at`,
      Object.fromEntries(names.map((name) => [name, name])),
    )
    .toSQL();
  made = { compiled: compile(sql), order: z.array(z.enum(names)).parse(bindings) };
  return made;
};

/**
 * Session, person, offices and settings in one statement, so that a request that reads waits for the database once
 * before it begins. Passport keeps the person's id in the session under `passport.user.id`.
 *
 * @param session what a session is that was saved
 * @param at sessions that ended before are not found
 * @param today `YYYY-MM-DD` in London
 * @param known the settings that the caller has already; the choices are sent only where others are in force
 * @returns null where there is no such session
 */
export const askingBySession = async <Session extends object>(
  db: Knex,
  {
    sid,
    session,
    at,
    today,
    known,
  }: {
    readonly sid: string;
    readonly session: z.ZodType<Session>;
    readonly at: Date;
    readonly today: string;
    readonly known: InForce;
  },
): Promise<Asking<Session> | null> => {
  const { compiled, order } = statement(db);
  const given = { sid, at, today, known: known.mark };
  const [row] = await perform(
    db,
    compiled,
    order.map((name) => given[name]),
  );
  if (row === undefined) return null;
  const {
    session_id: sessionId,
    sess,
    expire,
    proved_by: by,
    proved_at: provedAt,
    has_codes: hasCodes,
    has_passkey: hasPasskey,
  } = kept.parse(row);
  const [who, settings] = [someone.parse(row), chosen.parse(row)];
  return {
    sessionId,
    session: session.parse(sess),
    expires: expire,
    actor: who.id === null ? null : actorFrom(who, today),
    inForce: inForceFrom(settings.revision === null ? undefined : settings, known),
    proved: by && provedAt && { by, at: provedAt },
    hasCodes,
    hasPasskey,
  };
};
