import type { Knex } from 'knex';
import { z } from 'zod';
import type { FirstOffice, KnownAccount } from '../../policies/account/first-account.js';
import { offices } from '../../policies/core/office.js';
import { inForce } from '../core/in-force.js';
import { hasWayIn } from '../core/enters.js';
import { firstOf } from '../core/rows/first-of.js';
import { rowsOf } from '../core/rows/rows-of.js';

/** A number that none of our other locks has. */
const LOCK = 20_260_017;

/** Anyone who makes an account at the machine waits here for anyone who does so at the same time. */
export const lockFirstAccounts = async (trx: Knex.Transaction): Promise<void> => {
  await trx.raw('select pg_advisory_xact_lock(?)', [LOCK]);
};

/** Whether somebody who holds one of these offices can sign in. @param today `YYYY-MM-DD` in London */
export const isSomebodyKeeping = async (
  db: Knex,
  keeping: readonly FirstOffice[],
  today: string,
): Promise<boolean> => {
  const [found] = await rowsOf(
    z.strictObject({ found: z.boolean() }),
    db.raw(
      `select exists (select from people p join offices_held o on o.person_id = p.id
         where o.office = any(?) and ${inForce('o', '?::date')} and p.suspended_at is null and ${hasWayIn}) as found`,
      [[...keeping], today, today],
    ),
  );
  return found?.found === true;
};

const account = z.strictObject({
  id: z.string(),
  councillorId: z.string().nullable(),
  suspended: z.boolean(),
  offices: z.array(z.enum(offices)),
  bound: z.boolean(),
});

/** The account with that address, in any case; null where no account has it. */
export const findAccount = async (
  trx: Knex.Transaction,
  email: string,
  today: string,
): Promise<(KnownAccount & { readonly id: string }) | null> => {
  const [found] = await rowsOf(
    account,
    trx.raw(
      `select p.id, p.councillor_id as "councillorId", p.suspended_at is not null as suspended,
         array(select o.office from offices_held o where o.person_id = p.id and coalesce(o.to_date, 'infinity') >= ?::date
           order by 1) as offices,
         exists (select from provider_bindings b where b.person_id = p.id) as bound
         from people p where lower(p.email) = ? for update of p`,
      [today, email.toLowerCase()],
    ),
  );
  return found ?? null;
};

/** Adds a person. @returns their id */
export const addPerson = async (
  trx: Knex.Transaction,
  { name, email, at }: { readonly name: string; readonly email: string; readonly at: Date },
): Promise<string> => {
  const rows = await trx('people').insert({ name, email, created_at: at }).returning('id');
  return firstOf(rows).id;
};

/** Gives a person one of the first offices for good, unless they hold it so. It takes the place of one that waits. */
export const giveFirstOffice = async (
  trx: Knex.Transaction,
  personId: string,
  office: FirstOffice,
  today: string,
): Promise<void> => {
  await trx('offices_held').where({ person_id: personId, office, confirmed: false }).delete();
  await trx.raw(
    `insert into offices_held (person_id, office, capacity)
       select :personId::uuid, :office::text, 'principal'
         where not exists (select from offices_held o
           where o.person_id = :personId::uuid and o.office = :office and o.to_date is null
             and ${inForce('o', ':today::date')})`,
    { personId, office, today },
  );
};

/** Makes that account the one for emergencies, in place of any other. */
export const markBreakGlass = async (trx: Knex.Transaction, personId: string): Promise<void> => {
  await trx('people').where({ break_glass: true }).whereNot({ id: personId }).update({ break_glass: false });
  await trx('people').where({ id: personId }).update({ break_glass: true });
};
