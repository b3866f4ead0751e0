import type { Knex } from 'knex';
import { z } from 'zod';
import { standingOn } from '../../policies/register/register.js';
import type { Actor, Holding } from '../../policies/people/actor.js';
import { capacities, offices, type Office } from '../../policies/core/office.js';
import { standings } from '../../policies/register/member.js';
import { inForce } from '../core/in-force.js';
import { prepared } from '../core/plans/prepared.js';
import { bytes, idOnly, rowsOf } from '../core/rows/rows-of.js';
import { day, listed } from '../core/rows/stored.js';
import { hasPasskeySql } from '../passkey/passkeys.js';
import { sealedKeyOf } from '../proof/code-keys.js';
import { isKnownBrowser } from './known-browsers.js';

export interface Credentials {
  readonly id: string;
  readonly name: string;
  /** argon2id in PHC form; null for somebody who does not sign in with a password. */
  readonly passwordHash: string | null;
  readonly suspended: boolean;
  /** Whether they have signed in before in the browser that asks. */
  readonly known: boolean;
  /** The sealed key of the app that makes their codes; null where they have none. */
  readonly codeKey: Buffer | null;
  /** Whether they have a passkey. */
  readonly hasPasskey: boolean;
  /** Whether it is the account for emergencies, which has a password beside the council’s own sign-in. */
  readonly breakGlass: boolean;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly councillorId: string | null;
  /** Whether they hold the administrator's office, or are to: then they take no part in any request. */
  readonly administers: boolean;
}

const storedCredentials = z.strictObject({
  id: z.string(),
  name: z.string(),
  passwordHash: z.string().nullable(),
  suspended: z.boolean(),
  known: z.boolean(),
  codeKey: bytes.nullable(),
  hasPasskey: z.boolean(),
  breakGlass: z.boolean(),
});

/**
 * The facts that signing in needs, by e-mail address in any case; null if nobody has that address. The address is put in
 * lower case as for the limits: PostgreSQL folds more letters, and no two texts that are counted apart are one account.
 * @param browser the digest of the token that its cookie holds, where it sent one
 */
export const credentialsByEmail = async (
  db: Knex,
  email: string,
  browser: { readonly token: Buffer; readonly at: Date } | null = null,
): Promise<Credentials | null> => {
  const [found] = await rowsOf(
    storedCredentials,
    prepared(
      db.raw(
        `select p.id, p.name, p.password_hash as "passwordHash", p.suspended_at is not null as suspended,
             ${isKnownBrowser} as known, ${sealedKeyOf} as "codeKey",
             ${hasPasskeySql('p.id')} as "hasPasskey", p.break_glass as "breakGlass"
           from people p where lower(p.email) = :email`,
        { email: email.toLowerCase(), token: browser?.token ?? null, at: browser?.at ?? null },
      ),
    ),
  );
  return found ?? null;
};

const holding: z.ZodType<Holding> = z.strictObject({
  office: z.enum(offices),
  capacity: z.enum(capacities),
  head: z.boolean(),
  deputyFor: z.strictObject({ id: z.string(), name: z.string() }).exactOptional(),
  principalAbsent: z.boolean().exactOptional(),
  delegated: z.literal(true).exactOptional(),
});

/** The columns of {@link actorSql}, by their names. */
export const actorColumns = {
  id: z.string(),
  name: z.string(),
  email: z.string(),
  councillor_id: z.string().nullable(),
  standing: z.enum(standings).nullable(),
  term_from: day.nullable(),
  term_to: day.nullable(),
  holdings: z.array(holding),
  requirements: z.array(z.strictObject({ id: z.string(), references: z.array(z.string()) })),
};
const storedActor = z.strictObject(actorColumns);
export type ActorRow = z.infer<typeof storedActor>;

/** Whether the person `p` signs strategy discussions under a delegation of the Director, for a holding of that office. */
const delegatedSql = (office: string): string =>
  `case when ${office} = 'childrens_services' and coalesce((
      select g.to_date >= :today from strategy_delegations g
        where g.delegate_id = p.id and g.from_date <= :today order by g.seq desc limit 1), false)
    then '{"delegated": true}'::jsonb else '{}' end`;

/** The requirements of Internal Audit that open records to the person `p` today: confirmed, not ended, on one of their days. */
const requirementsSql = listed(
  `json_build_object('id', q.id, 'references', ${listed(
    'r.reference',
    'audit_requirement_records n join requests r on r.id = n.request_id where n.requirement_id = q.id',
    'r.id',
  )})`,
  `audit_requirements q where q.auditor_id = p.id and q.confirmed_at is not null and q.ended_at is null
    and q.from_on <= :today and q.until_on >= :today`,
  'q.seq',
);

/**
 * The person with their offices; for each office as deputy, whether its head is recorded as absent, or suspended. No row for a
 * person who does not exist or is suspended. Takes the binding `today`, `YYYY-MM-DD` in London.
 *
 * @param id SQL for the person's id
 * @param also SQL for what else must hold of the person `p`
 */
export const actorSql = (id: string, also = 'true'): string =>
  `select p.id, p.name, p.email, p.councillor_id, c.standing, c.term_from, c.term_to,
       coalesce((
         select jsonb_agg(holding order by holding->>'office', holding->>'capacity' desc) from (
           select jsonb_build_object('office', o.office, 'capacity', o.capacity, 'head', o.head)
               || ${delegatedSql('o.office')} as holding
             from offices_held o where o.person_id = p.id and ${inForce('o', ':today')}
           union all
           select distinct on (d.office) jsonb_build_object(
               'office', d.office, 'capacity', 'deputy', 'head', false,
               'deputyFor', jsonb_build_object('id', h.id, 'name', h.name),
               'principalAbsent', h.suspended_at is not null or coalesce((
                 select a.to_date >= :today from absences a
                   where a.office = d.office and a.principal_id = h.id and a.from_date <= :today
                   order by a.seq desc limit 1), false))
               || ${delegatedSql('d.office')}
             from deputies d
             join offices_held o on o.office = d.office and o.head and ${inForce('o', ':today')}
             join people h on h.id = o.person_id
             where d.deputy_id = p.id and d.to_date >= :today and d.seq = (
               select max(latest.seq) from deputies latest
               where latest.office = d.office and latest.deputy_id = p.id and latest.from_date <= :today)
         ) as held
       ), '[]') as holdings,
       ${requirementsSql} as requirements
     from people p left join councillors c on c.id = p.councillor_id
     where p.id = ${id} and p.suspended_at is null and ${also}`;

/** The person of that row as the rules see them on that day, `YYYY-MM-DD` in London. */
export const actorFrom = (row: ActorRow, today: string): Actor => {
  const standing =
    row.standing === null
      ? null
      : standingOn(
          { standing: row.standing, term: { from: row.term_from ?? today, to: row.term_to } },
          today,
        );
  return {
    kind: 'Actor',
    id: row.id,
    name: row.name,
    email: row.email,
    councillorId: row.councillor_id,
    standing,
    holdings: row.holdings,
    ...(row.requirements.length > 0 && { requirements: row.requirements }),
  };
};

/**
 * The person as the rules see them today: their offices and, for each office as deputy, whether its head is recorded
 * as absent. One query, run again for each call.
 *
 * @param today `YYYY-MM-DD` in London
 * @returns null if the person does not exist or is suspended
 */
export const loadActor = async (db: Knex, id: string, today: string): Promise<Actor | null> => {
  const [row] = await rowsOf(storedActor, prepared(db.raw(actorSql(':id'), { id, today })));
  return row ? actorFrom(row, today) : null;
};

/**
 * The same, if the password is still the one that was checked; it stays so until the transaction ends.
 * @returns null also where it was changed meanwhile
 */
export const enteringActor = async (
  trx: Knex.Transaction,
  { id, passwordHash }: Pick<Credentials, 'id' | 'passwordHash'>,
  today: string,
): Promise<Actor | null> => {
  const sql = `${actorSql(':id', 'p.password_hash = :passwordHash')} for share of p`;
  const [row] = await rowsOf(storedActor, prepared(trx.raw(sql, { id, passwordHash, today })));
  return row ? actorFrom(row, today) : null;
};

/** The same of somebody who enters by a passkey: they are not suspended until the transaction ends. */
export const enteringOwner = async (
  trx: Knex.Transaction,
  id: string,
  today: string,
): Promise<Actor | null> => {
  const [row] = await rowsOf(
    storedActor,
    prepared(trx.raw(`${actorSql(':id')} for share of p`, { id, today })),
  );
  return row ? actorFrom(row, today) : null;
};

/** The same by id or e-mail address, in any case. */
export const findActor = async (db: Knex, idOrEmail: string, today: string): Promise<Actor | null> => {
  if (!idOrEmail.includes('@')) return loadActor(db, idOrEmail, today);
  const sql = actorSql('(select found.id from people found where lower(found.email) = :email)');
  const email = idOrEmail.toLowerCase();
  const [row] = await rowsOf(storedActor, prepared(db.raw(sql, { email, today })));
  return row ? actorFrom(row, today) : null;
};

const storedPerson: z.ZodType<Person> = z.strictObject({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  councillorId: z.string().nullable(),
  administers: z.boolean(),
});

/** The people of that id or e-mail address who are not suspended: one, or none. */
export const peopleCalled = (db: Knex, idOrEmail: string) =>
  db('people as p')
    .whereNull('p.suspended_at')
    .whereRaw(idOrEmail.includes('@') ? 'lower(p.email) = ?' : 'p.id = ?::uuid', [idOrEmail.toLowerCase()]);

/** The person with that id or e-mail address, if not suspended; null if there is no such person. */
export const findPerson = async (db: Knex, idOrEmail: string): Promise<Person | null> => {
  const [found] = await rowsOf(
    storedPerson,
    peopleCalled(db, idOrEmail).select(
      'p.id',
      'p.name',
      'p.email',
      'p.councillor_id as councillorId',
      db.raw(`exists (select from offices_held o where o.person_id = p.id and o.office = 'administrator'
          and coalesce(o.to_date, 'infinity') >= (now() at time zone 'Europe/London')::date) as administers`),
    ),
  );
  return found ?? null;
};

/** Whether this person holds that office as principal. @param today `YYYY-MM-DD` in London */
export const isPrincipal = async (
  db: Knex,
  personId: string,
  office: Office,
  today: string,
): Promise<boolean> => {
  const found = await rowsOf(
    idOnly,
    db('offices_held as o')
      .where({ person_id: personId, office, capacity: 'principal' })
      .whereRaw(inForce('o', '?::date'), [today, today])
      .limit(1)
      .select('o.id'),
  );
  return found.length > 0;
};

/** Who is the head of an office on that day, `YYYY-MM-DD`; null where nobody is. */
export const headOf = async (db: Knex, office: Office, today: string): Promise<string | null> => {
  const [found] = await rowsOf(
    idOnly,
    db('offices_held as o')
      .where({ office, head: true })
      .whereRaw(inForce('o', '?::date'), [today, today])
      .limit(1)
      .select('o.person_id as id'),
  );
  return found?.id ?? null;
};

/** The id behind an e-mail address, of somebody who was suspended too: the trail outlasts an account. */
export const anyoneOf = async (db: Knex, email: string): Promise<string | null> => {
  const found = await db('people').whereRaw('lower(email) = ?', [email.toLowerCase()]).first('id');
  return found?.id ?? null;
};

const storedHolder = z.strictObject({ ...actorColumns, office: z.enum(offices) });

/**
 * The people who may have to act for each office today: who holds it and is not recorded as away, and who is
 * deputy for its head. Whether they act on a row is for the rules to say; nobody suspended is among them.
 *
 * @param today `YYYY-MM-DD` in London
 * @returns each office with its list, by id
 */
export const holdersOfEach = async (
  db: Knex,
  asked: readonly Office[],
  today: string,
): Promise<ReadonlyMap<Office, readonly Actor[]>> => {
  const rows = await rowsOf(
    storedHolder,
    prepared(
      db.raw(
        `select acting.office, who.*
         from (
           select o.office, o.person_id from offices_held o
             where o.office = any(:offices) and ${inForce('o', ':today')} and not coalesce((
               select a.to_date >= :today from absences a
                 where a.office = o.office and a.principal_id = o.person_id and a.from_date <= :today
                 order by a.seq desc limit 1), false)
           union
           select d.office, d.deputy_id from deputies d
             where d.office = any(:offices) and d.from_date <= :today and d.to_date >= :today
         ) as acting
         cross join lateral (${actorSql('acting.person_id')}) who
         order by who.id`,
        { offices: [...asked], today },
      ),
    ),
  );
  return new Map(
    asked.map((office) => [
      office,
      rows.filter((row) => row.office === office).map((row) => actorFrom(row, today)),
    ]),
  );
};
