/** The people with an account and their offices, as those who keep the accounts read them. */
import type { Knex } from 'knex';
import { z } from 'zod';
import type { AppAbility } from '../../policies/permission/ability.js';
import { NotFound } from '../../policies/core/refusals.js';
import { offices } from '../../policies/core/office.js';
import { givenCapacities, type OfficeHeld } from '../../policies/office/office-held.js';
import type { Person } from '../../policies/people/person.js';
import type { Codes } from '../../policies/proof/code-key.js';
import { hasWayIn } from '../core/enters.js';
import { plainly, type Ask } from '../core/ask.js';
import { firstOf } from '../core/rows/first-of.js';
import { moment, rowsOf } from '../core/rows/rows-of.js';
import { day, instant } from '../core/rows/stored.js';
import { isBoundSql } from '../provider/bindings.js';
import { hasPasskeySql } from '../passkey/passkeys.js';
import { visible, type Columns } from '../core/visible.js';

/** A person with their place in the list. */
export type ListedPerson = Person & { readonly place: string };

const columns: Columns = { councillor: 'p.councillor' };

/** The table, with what the rules and the list ask of it as columns of its own. */
const people = `(select people.*, councillor_id is not null as councillor, lower(people.name) collate "C" as place,
    k.sealed is not null or ${hasPasskeySql('people.id')} or ${isBoundSql('people.id')} as "hasCodes", k.removal_asked_by, k.removal_asked_at, k.removal_reasons,
    c.email as new_email, c.asked_by as address_asked_by, c.asked_at as address_asked_at, c.reasons as address_reasons
  from people left join code_keys k on k.person_id = people.id
    left join address_changes c on c.person_id = people.id and c.asked_by is not null and c.confirmed_by is null) as p`;

const nameOf = (id: string): string => `(select w.name from people w where w.id = ${id})`;

const by = (who: string): string =>
  `case when o.${who} is not null then jsonb_build_object('id', o.${who},
    'name', ${nameOf(`o.${who}`)}) end`;

const held = `coalesce((
  select jsonb_agg(jsonb_build_object('id', o.id, 'personId', o.person_id, 'office', o.office, 'capacity', o.capacity,
      'head', o.head, 'authority', o.delegation, 'from', o.from_date, 'to', o.to_date, 'confirmed', o.confirmed,
      'givenBy', ${by('given_by')}, 'confirmedBy', ${by('confirmed_by')})
      order by o.to_date desc nulls first, o.office, o.from_date nulls first, o.id)
    from offices_held o where o.person_id = p.id), '[]')`;

const selected = `p.id, p.name, p.email, p.councillor, p.suspended_at as "suspendedAt",
  ${hasWayIn} as "signsIn", takes_part(p.id) as "takesPart", p.place, p."hasCodes",
  p.removal_asked_by as "removalBy", ${nameOf('p.removal_asked_by')} as "removalByName",
  p.removal_asked_at as "removalAt", p.removal_reasons as "removalReasons",
  case when p.address_asked_by is not null then jsonb_build_object('email', p.new_email, 'at', p.address_asked_at,
    'reasons', p.address_reasons, 'askedBy', jsonb_build_object('id', p.address_asked_by,
      'name', ${nameOf('p.address_asked_by')})) end as "addressChange", ${held} as offices`;

const somebody = z.strictObject({ id: z.string(), name: z.string() }).nullable();
const storedOffice: z.ZodType<Omit<OfficeHeld, 'kind'>> = z.strictObject({
  id: z.string(),
  personId: z.string(),
  office: z.enum(offices),
  capacity: z.enum(givenCapacities),
  head: z.boolean(),
  authority: z.string().nullable(),
  from: day.nullable(),
  to: day.nullable(),
  confirmed: z.boolean(),
  givenBy: somebody,
  confirmedBy: somebody,
});
const stored = z.strictObject({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  councillor: z.boolean(),
  suspendedAt: moment.nullable(),
  signsIn: z.boolean(),
  takesPart: z.boolean(),
  place: z.string(),
  hasCodes: z.boolean(),
  removalBy: z.string().nullable(),
  removalByName: z.string().nullable(),
  removalAt: moment.nullable(),
  removalReasons: z.string().nullable(),
  addressChange: z
    .strictObject({
      email: z.string(),
      at: instant,
      reasons: z.string(),
      askedBy: z.strictObject({ id: z.string(), name: z.string() }),
    })
    .nullable(),
  offices: z.array(storedOffice),
});

/** The codes of a row; what is asked about their removal is whole, or not there at all. */
const codesOf = ({
  hasCodes,
  removalBy: id,
  removalByName: name,
  removalAt: at,
  removalReasons: reasons,
}: Pick<
  z.output<typeof stored>,
  'hasCodes' | 'removalBy' | 'removalByName' | 'removalAt' | 'removalReasons'
>): Codes => ({
  inUse: hasCodes,
  removal:
    id !== null && name !== null && at !== null && reasons !== null
      ? { askedBy: { id, name }, at, reasons }
      : null,
});

const load = async (
  db: Knex,
  ability: AppAbility,
  narrow: (query: Knex.QueryBuilder) => void,
  ask: Ask,
): Promise<ListedPerson[]> => {
  const query = db.select(db.raw(selected)).from(db.raw(people));
  narrow(query);
  const rows = await ask(stored, visible(query, ability, 'read', 'Person', columns));
  return rows.map(({ hasCodes, removalBy, removalByName, removalAt, removalReasons, ...row }) => ({
    ...row,
    kind: 'Person',
    codes: codesOf({ hasCodes, removalBy, removalByName, removalAt, removalReasons }),
    offices: row.offices.map((each) => ({ ...each, kind: 'OfficeHeld' })),
  }));
};

/** The people this person may read, by name; constant cost at any depth. */
export const listPeople = (
  db: Knex,
  ability: AppAbility,
  {
    limit,
    after,
    waiting,
  }: {
    readonly limit: number;
    readonly after?: { readonly place: string; readonly id: string } | undefined;
    /**
     * Only those with an office that waits for a second person, or the removal of an app for codes or the change of an address,
     * which waits no more if it was asked for by then.
     */
    readonly waiting?: { readonly removalsAfter: Date; readonly changesAfter: Date } | null;
  },
  ask: Ask = plainly,
): Promise<ListedPerson[]> =>
  load(
    db,
    ability,
    (query) => {
      void query.orderBy('p.place').orderBy('p.id').limit(limit);
      if (after) void query.whereRaw('(p.place, p.id) > (?, ?::uuid)', [after.place, after.id]);
      if (waiting)
        void query.whereRaw(
          `(p.removal_asked_at > ? or p.address_asked_at > ?
            or exists (select from offices_held o where o.person_id = p.id and not o.confirmed))`,
          [waiting.removalsAfter, waiting.changesAfter],
        );
    },
    ask,
  );

/** One person with their offices, if this person may read them. @throws NotFound */
export const findPersonOnRecord = async (
  db: Knex,
  ability: AppAbility,
  id: string,
  ask: Ask = plainly,
): Promise<Person> => {
  const [found] = await load(db, ability, (query) => void query.where('p.id', id), ask);
  if (!found) throw new NotFound();
  const { place: _place, ...person } = found;
  return person;
};

/** The same, which nobody else changes until the transaction ends. @throws NotFound */
export const lockPerson = async (trx: Knex.Transaction, ability: AppAbility, id: string): Promise<Person> => {
  await trx('people').where({ id }).forNoKeyUpdate().select('id');
  return findPersonOnRecord(trx, ability, id);
};

/** @returns the id of the new person */
export const insertPerson = async (
  trx: Knex.Transaction,
  { name, email, at }: { readonly name: string; readonly email: string; readonly at: Date },
): Promise<string> => {
  const rows = await trx('people').insert({ name, email, created_at: at }).returning('id');
  return firstOf(rows).id;
};

export const updatePerson = async (
  trx: Knex.Transaction,
  id: string,
  changes: { readonly name?: string; readonly email?: string },
): Promise<void> => {
  await trx('people').where({ id }).update(changes);
};

/** The offices of one person, without a check of who asks: for themselves. */
export const officesOfPerson = async (db: Knex, id: string): Promise<OfficeHeld[]> => {
  const [found] = await rowsOf(
    z.strictObject({ offices: z.array(storedOffice) }),
    db
      .select(db.raw(`${held} as offices`))
      .from('people as p')
      .where('p.id', id),
  );
  return (found?.offices ?? []).map((each) => ({ ...each, kind: 'OfficeHeld' }));
};
