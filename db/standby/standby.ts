import type { Knex } from 'knex';
import { z } from 'zod';
import { offices, type Office } from '../../policies/core/office.js';
import { planned, type Ask } from '../core/ask.js';
import { inForce } from '../core/in-force.js';
import { firstOf } from '../core/rows/first-of.js';
import { rowsOf } from '../core/rows/rows-of.js';
import { asJsonList, day } from '../core/rows/stored.js';

/**
 * Deputies and absences. An entry never changes, and the latest entry that has begun counts: one that ended yesterday
 * ends it today.
 */

interface Recorded {
  readonly at: Date;
  /** The person who entered it. */
  readonly by: string;
}

export interface Deputy {
  readonly id: string;
  readonly office: Office;
  readonly deputy: string;
  readonly from: string;
  readonly to: string;
  readonly authority: string;
}

export const registerDeputy = async (
  trx: Knex.Transaction,
  deputy: Omit<Deputy, 'id'>,
  { at, by }: Recorded,
): Promise<string> => {
  const rows = await trx('deputies')
    .insert({
      office: deputy.office,
      deputy_id: deputy.deputy,
      from_date: deputy.from,
      to_date: deputy.to,
      authority: deputy.authority,
      recorded_at: at,
      recorded_by: by,
    })
    .returning('id');
  return firstOf(rows).id;
};

export const findDeputy = async (db: Knex, id: string): Promise<Deputy | null> => {
  const found = await db('deputies').where({ id }).first({
    id: 'id',
    office: 'office',
    deputy: 'deputy_id',
    from: 'from_date',
    to: 'to_date',
    authority: 'authority',
  });
  return found ?? null;
};

export interface Delegation {
  readonly id: string;
  readonly delegate: string;
  readonly delegatedBy: string;
  readonly from: string;
  readonly to: string;
  readonly authority: string;
}

export const delegateStrategy = async (
  trx: Knex.Transaction,
  given: Omit<Delegation, 'id'>,
  { at, by }: Recorded,
): Promise<string> => {
  const rows = await trx('strategy_delegations')
    .insert({
      delegate_id: given.delegate,
      delegated_by: given.delegatedBy,
      from_date: given.from,
      to_date: given.to,
      authority: given.authority,
      recorded_at: at,
      recorded_by: by,
    })
    .returning('id');
  return firstOf(rows).id;
};

export const findDelegation = async (db: Knex, id: string): Promise<Delegation | null> => {
  const found = await db('strategy_delegations').where({ id }).first({
    id: 'id',
    delegate: 'delegate_id',
    delegatedBy: 'delegated_by',
    from: 'from_date',
    to: 'to_date',
    authority: 'authority',
  });
  return found ?? null;
};

/** Whether somebody acts for the office that day, in whatever capacity. */
export const worksFor = async (
  db: Knex,
  personId: string,
  office: Office,
  today: string,
): Promise<boolean> => {
  const rows = await rowsOf(
    z.strictObject({ works: z.boolean() }),
    db.raw(
      `select exists (select from offices_held o where o.person_id = :person and o.office = :office
            and ${inForce('o', ':today')})
          or exists (select from deputies d where d.deputy_id = :person and d.office = :office
            and :today between d.from_date and d.to_date) as works`,
      { person: personId, office, today },
    ),
  );
  return firstOf(rows).works;
};

export interface Absence {
  readonly id: string;
  readonly office: Office;
  readonly principal: string;
  readonly from: string;
  readonly to: string;
}

export const recordAbsence = async (
  trx: Knex.Transaction,
  absence: Omit<Absence, 'id'>,
  { at, by }: Recorded,
): Promise<string> => {
  const rows = await trx('absences')
    .insert({
      office: absence.office,
      principal_id: absence.principal,
      from_date: absence.from,
      to_date: absence.to,
      recorded_at: at,
      recorded_by: by,
    })
    .returning('id');
  return firstOf(rows).id;
};

export const findAbsence = async (db: Knex, id: string): Promise<Absence | null> => {
  const found = await db('absences')
    .where({ id })
    .first({ id: 'id', office: 'office', principal: 'principal_id', from: 'from_date', to: 'to_date' });
  return found ?? null;
};

/** The deputies of an office who stand in for that person on some day of the span, the head alone having any. */
export const deputiesDuring = async (
  db: Knex,
  { office, principal, from, to }: Omit<Absence, 'id'>,
): Promise<string[]> => {
  const rows = await rowsOf(
    z.strictObject({ deputy: z.string() }),
    db('deputies as d')
      .join('offices_held as o', (on) => on.on('o.office', 'd.office').andOnVal('o.person_id', principal))
      .where({ 'd.office': office, 'o.head': true, 'o.confirmed': true })
      .where('d.from_date', '<=', to)
      .where('d.to_date', '>=', from)
      .distinct('d.deputy_id as deputy'),
  );
  return rows.map(({ deputy }) => deputy);
};

/** Somebody's time for an office, with their name. */
export interface NamedSpan {
  readonly office: Office;
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

const mostShown = 100;

const spansOf = (
  db: Knex,
  {
    table,
    person,
  }: { readonly table: 'deputies' | 'absences' | 'strategy_delegations'; readonly person: string },
  whose: string | null,
  today: string,
): Knex.QueryBuilder => {
  const query = db(`${table} as s`)
    .join('people as p', 'p.id', `s.${person}`)
    .where('s.to_date', '>=', today)
    .orderBy([{ column: 's.from_date' }, { column: 's.seq' }])
    .limit(mostShown);
  if (whose !== null) void query.where(`s.${person}`, whose);
  const office = table === 'strategy_delegations' ? db.raw(`'childrens_services' as office`) : 's.office';
  return query.select(office, 'p.name', 's.from_date as from', 's.to_date as to');
};

const storedSpan: z.ZodType<NamedSpan> = z.strictObject({
  office: z.enum(offices),
  name: z.string(),
  from: day,
  to: day,
});
const storedSpans = z.array(storedSpan);
const storedStandby = z.strictObject({
  deputies: storedSpans,
  delegations: storedSpans,
  absences: storedSpans,
});

/** The deputies and the absences. */
export interface Standby {
  readonly deputies: readonly NamedSpan[];
  /** To whom the Director delegates strategy discussions. */
  readonly delegations: readonly NamedSpan[];
  readonly absences: readonly NamedSpan[];
}

/**
 * The deputies and absences of today and later, or one person's, in one statement.
 * @param ask is given both as jsonb lists, under these names
 */
export const findStandby = async (
  db: Knex,
  whose: string | null,
  today: string,
  ask: Ask = planned,
): Promise<Standby> => {
  const deputies = spansOf(db, { table: 'deputies', person: 'deputy_id' }, whose, today);
  const delegations = spansOf(db, { table: 'strategy_delegations', person: 'delegate_id' }, whose, today);
  const absences = spansOf(db, { table: 'absences', person: 'principal_id' }, whose, today);
  const rows = await ask(
    storedStandby,
    db.select(
      db.raw('? as deputies', [asJsonList(db, deputies)]),
      db.raw('? as delegations', [asJsonList(db, delegations)]),
      db.raw('? as absences', [asJsonList(db, absences)]),
    ),
  );
  return firstOf(rows);
};
