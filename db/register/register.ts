import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { AppAbility } from '../../policies/permission/ability.js';
import type { RegisterMember } from '../../policies/register/register-feed.js';
import type { Membership, TrainingKind } from '../../policies/register/register-keeping.js';
import { NotFound } from '../../policies/core/refusals.js';
import { standings, type AppointmentKind, type Councillor } from '../../policies/register/member.js';
import { lockReadable, readCouncillor } from './councillors.js';
import { firstOf } from '../core/rows/first-of.js';
import { rowsOf } from '../core/rows/rows-of.js';
import { day } from '../core/rows/stored.js';
import { together } from '../core/together.js';

/** The committee system's facts about a member, beside their membership. */
export interface FromFeed {
  /** Null takes it away. */
  readonly externalId?: string | null;
  readonly email?: string;
  readonly posts?: readonly string[];
}

/** The columns of a councillor's row. */
export type Entry = Partial<Membership> & { readonly name?: string } & FromFeed;

/** The facts without which nobody can be entered. */
type NewEntry = Entry & Required<Pick<Entry, 'name' | 'standing' | 'term'>>;

const columnsOf = ({ name, ward, standing, term, defeat, externalId, email, posts }: Entry) => ({
  ...(name === undefined ? {} : { name }),
  ...(ward === undefined ? {} : { ward }),
  ...(standing === undefined ? {} : { standing }),
  ...(term === undefined ? {} : { term_from: term.from, term_to: term.to }),
  ...(defeat === undefined
    ? {}
    : { defeat_poll: defeat?.poll ?? null, defeat_declared_at: defeat?.declaredAt ?? null }),
  ...(externalId === undefined ? {} : { external_id: externalId }),
  ...(email === undefined ? {} : { email }),
  ...(posts === undefined ? {} : { posts: [...posts] }),
});

/**
 * The entry of a councillor, locked: the second caller sees the change of the first.
 * @throws NotFound if it does not exist, or this person may not read it
 */
export const lockCouncillor = async (
  trx: Knex.Transaction,
  ability: AppAbility,
  id: string,
): Promise<Councillor> => {
  // Who may not read it locks nothing.
  await lockReadable(trx, ability, id);
  const councillor = await readCouncillor(trx, ability, id);
  if (!councillor) throw new NotFound();
  return councillor;
};

export const addingCouncillor = (
  trx: Knex.Transaction,
  id: string,
  entry: NewEntry,
  at: Date,
): Knex.QueryBuilder =>
  trx('councillors').insert({
    ...columnsOf(entry),
    id,
    name: entry.name,
    standing: entry.standing,
    term_from: entry.term.from,
    created_at: at,
  });

/** Nothing to write where nothing of the entry is given. */
export const changingCouncillor = (trx: Knex.Transaction, id: string, entry: Entry): Knex.QueryBuilder[] => {
  const columns = columnsOf(entry);
  return Object.keys(columns).length > 0 ? [trx('councillors').where({ id }).update(columns)] : [];
};

export const addingAppointment = (
  trx: Knex.Transaction,
  councillorId: string,
  given: {
    readonly title: string;
    readonly kind: AppointmentKind;
    readonly from: string;
    readonly to: string | null;
  },
): Knex.QueryBuilder =>
  trx('appointments').insert({
    councillor_id: councillorId,
    title: given.title,
    kind: given.kind,
    from_date: given.from,
    to_date: given.to,
  });

export const endingAppointment = (trx: Knex.Transaction, id: string, to: string): Knex.QueryBuilder =>
  trx('appointments').where({ id }).update({ to_date: to });

export const addingTraining = (
  trx: Knex.Transaction,
  councillorId: string,
  given: { readonly kind: TrainingKind; readonly completed: string; readonly expires: string },
): Knex.QueryBuilder => trx('training').insert({ councillor_id: councillorId, ...given });

/** Whose account has that e-mail address, in any case: a person's id and, of a councillor, theirs. */
export const accountWith = async (
  trx: Knex.Transaction,
  email: string,
): Promise<{ readonly id: string; readonly councillorId: string | null } | null> => {
  const found = await trx('people')
    .whereRaw('lower(email) = ?', [email.toLowerCase()])
    .first('id', 'councillor_id');
  return found ? { id: found.id, councillorId: found.councillor_id } : null;
};

/** Whose accounts have these addresses: a councillor's id, or null of somebody else, by the address in lower case. */
export const accountsWith = async (
  db: Knex,
  emails: readonly string[],
): Promise<Map<string, string | null>> => {
  const rows = await rowsOf(
    z.strictObject({ email: z.string(), councillor_id: z.string().nullable() }),
    db.raw(
      `select lower(email) as email, councillor_id from people
         where lower(email) in (select lower(each) from unnest(?::text[]) as each)`,
      [[...emails]],
    ),
  );
  return new Map(rows.map(({ email, councillor_id: councillorId }) => [email, councillorId]));
};

/** An account for a councillor, without a password: without one there is nowhere to send anything to. */
export const addingAccount = (
  trx: Knex.Transaction,
  councillorId: string,
  { name, email }: { readonly name: string; readonly email: string },
  at: Date,
): Knex.QueryBuilder[] => {
  const id = randomUUID();
  return [
    trx('people').insert({
      id,
      name,
      email,
      password_hash: null,
      councillor_id: councillorId,
      created_at: at,
    }),
    trx('offices_held').insert({ person_id: id, office: 'councillor', capacity: 'principal' }),
  ];
};

/**
 * Keeps the account of a councillor in step with the register; makes one, without a password, where there is an
 * address and none yet. Without an account there is nowhere to send anything to.
 */
export const keepAccount = async (
  trx: Knex.Transaction,
  councillorId: string,
  { name, email }: { readonly name?: string | undefined; readonly email?: string | undefined },
  at: Date,
): Promise<void> => {
  const changes = {
    ...(name === undefined ? {} : { name }),
    // Links to a password go to the address: that of an account in use, or with an office beside the councillor's, is not
    // the register's to change.
    ...(email === undefined
      ? {}
      : {
          email: trx.raw(
            `case when password_hash is null and not exists (select from provider_bindings b where b.person_id = people.id)
               and not exists (select from offices_held o
                 where o.person_id = people.id and o.office <> 'councillor') then ? else email end`,
            [email],
          ),
        }),
  };
  if (Object.keys(changes).length === 0) return;
  const kept = await trx('people').where({ councillor_id: councillorId }).update(changes);
  if (kept > 0 || email === undefined) return;
  const { name: called } = firstOf(await trx('councillors').where({ id: councillorId }).select('name'));
  await together(trx, addingAccount(trx, councillorId, { name: called, email }, at));
};

const storedMember = z.strictObject({
  id: z.string(),
  external_id: z.string().nullable(),
  name: z.string(),
  ward: z.string().nullable(),
  standing: z.enum(standings),
  email: z.string().nullable(),
  posts: z.array(z.string()),
  term_from: day,
  term_to: day.nullable(),
});

/**
 * Everybody in the register, with the fields that a feed can contain: without an entered address, their account's.
 */
export const registerMembers = async (db: Knex): Promise<RegisterMember[]> => {
  const rows = await rowsOf(
    storedMember,
    db('councillors as c')
      .leftJoin('people as p', 'p.councillor_id', 'c.id')
      .orderBy('c.id')
      .select(
        'c.id',
        'c.external_id',
        'c.name',
        'c.ward',
        'c.standing',
        db.raw('coalesce(c.email, p.email) as email'),
        'c.posts',
        'c.term_from',
        'c.term_to',
      ),
  );
  return rows.map(({ external_id: externalId, term_from: from, term_to: to, ...row }) => ({
    ...row,
    externalId,
    term: { from, to },
  }));
};

/**
 * One import at a time, and no other change to an entry meanwhile: the import takes over exactly what was compared.
 */
export const lockRegister = async (trx: Knex.Transaction): Promise<void> => {
  await trx.raw(`select pg_advisory_xact_lock(hashtext('register of members'))`);
  await trx.raw('select from councillors order by id for no key update');
};

/** The ids of the councillors in office on that day. */
export const councillorsInOffice = async (db: Knex, today: string): Promise<string[]> => {
  const rows = await db('councillors')
    .whereIn('standing', ['sitting', 'coopted'])
    .where('term_from', '<=', today)
    .where((term) => void term.whereNull('term_to').orWhere('term_to', '>=', today))
    .orderBy('id')
    .pluck('id');
  return rows;
};
