/** How far the council is set up, as numbers: one statement, and no name. */
import type { Knex } from 'knex';
import { z } from 'zod';
import { offices } from '../../policies/core/office.js';
import type { SetUpCounts } from '../../policies/operations/set-up.js';
import { hasLink } from '../account/links.js';
import { asJson, storedAs, whole } from '../core/rows/stored.js';
import { hasWayIn } from '../core/enters.js';
import { firstOf } from '../core/rows/first-of.js';
import { inForce } from '../core/in-force.js';
import { rowsOf } from '../core/rows/rows-of.js';

const office = z.strictObject({ held: whole, signIn: whole, heads: whole, waiting: whole, deputies: whole });
const counts: z.ZodType<SetUpCounts> = z.strictObject({
  offices: z.partialRecord(z.enum(offices), office),
  members: z.strictObject({ inRegister: whole, invited: whole, signIn: whole }),
  protocols: whole,
  mail: z.strictObject({ sent: whole, waiting: whole, givenUp: whole }),
});

const held = (today: string): string => `${inForce('o', today)} and p.suspended_at is null`;

/** By office: who holds it, who of them can sign in, who waits, and how many deputies there are on that day. */
const officesHeld = (
  today: string,
): string => `(select coalesce(jsonb_object_agg(each.office, jsonb_build_object(
    'held', each.held, 'signIn', each.enter, 'heads', each.heads, 'waiting', each.waiting,
    'deputies', (select count(*)::int from deputies d where d.office = each.office
      and d.from_date <= ${today} and d.to_date >= ${today}))), '{}')
  from (select o.office, count(*) filter (where ${held(today)})::int as held,
      count(*) filter (where ${held(today)} and ${hasWayIn})::int as enter,
      count(*) filter (where ${held(today)} and ${hasWayIn} and o.head)::int as heads,
      count(*) filter (where not o.confirmed and p.suspended_at is null)::int as waiting
    from offices_held o join people p on p.id = o.person_id group by o.office) as each)`;

const members = `(select jsonb_build_object('inRegister', count(*),
    'invited', count(p.id) filter (where not ${hasWayIn} and ${hasLink('asked.at')}),
    'signIn', count(p.id) filter (where ${hasWayIn} and p.suspended_at is null))
  from councillors c left join people p on p.councillor_id = c.id where c.standing in ('sitting', 'coopted'))`;

const mail = `(select jsonb_build_object('sent', count(*) filter (where sent_at is not null),
    'waiting', count(*) filter (where sent_at is null and failed_at is null),
    'givenUp', count(*) filter (where sent_at is null and failed_at is not null)) from messages)`;

/** @param at the moment, and the day in London that it falls on */
export const countSetUp = async (
  db: Knex,
  at: { readonly now: Date; readonly today: string },
): Promise<SetUpCounts> => {
  const columns = `${officesHeld('asked.today')} as offices, ${members} as members, ${mail} as mail,
    (select count(*)::int from protocol_versions where in_force_from <= asked.at) as protocols`;
  const query = db
    .select(db.raw(asJson(columns)))
    .from(db.raw('(select ?::timestamptz as at, ?::date as today) as asked', [at.now, at.today]));
  return firstOf(await rowsOf(storedAs(counts), query)).stored;
};
