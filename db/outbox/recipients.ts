import type { Knex } from 'knex';
import type { Recipient } from '../../policies/core/notices.js';
import { inForce } from '../core/in-force.js';
import { idOnly, rowsOf } from '../core/rows/rows-of.js';

/** The recipients of a notice by the kind of each, as `isRecipient` asks for them. */
export const addressed = (to: readonly Recipient[]) => ({
  people: to.flatMap((each) => ('personId' in each ? [each.personId] : [])),
  hosts: to.flatMap((each) => ('hostId' in each ? [each.hostId] : [])),
  councillors: to.flatMap((each) => ('councillorId' in each ? [each.councillorId] : [])),
  offices: to.flatMap((each) => ('office' in each ? [each.office] : [])),
  heads: to.flatMap((each) => ('headOf' in each ? [each.headOf] : [])),
});

/** SQL: the offices that the notice `n` goes to. Children's Services take the place of a host who is suspended. */
const officesMeant = `(n.offices || case when cardinality(n.hosts) > 0 and exists (select from people h
    where h.id = any(n.hosts) and h.suspended_at is not null) then array['childrens_services'] else array[]::text[] end)`;

/**
 * SQL: whether the notice `n` goes to the person `p`. It goes to the holders of an office, or only to its head, and
 * to the person who stands in today for a head who is absent or suspended; to the councillor; to a host; or to one person.
 * Never to a suspended person.
 */
export const isRecipient = `p.suspended_at is null and (
  p.id = any(n.people) or p.id = any(n.hosts) or p.councillor_id = any(n.councillors)
  or exists (select from offices_held o
    where o.person_id = p.id and o.office = any(${officesMeant}) and ${inForce('o', 'n.today')})
  or exists (select from offices_held o
    where o.person_id = p.id and o.head and o.office = any(n.heads) and ${inForce('o', 'n.today')})
  or exists (
    select from deputies d join offices_held o on o.office = d.office and o.head and ${inForce('o', 'n.today')}
      where d.deputy_id = p.id and d.office = any(${officesMeant} || n.heads) and d.to_date >= n.today
        and d.seq = (select max(latest.seq) from deputies latest
          where latest.office = d.office and latest.deputy_id = p.id and latest.from_date <= n.today)
        and (exists (select from people h where h.id = o.person_id and h.suspended_at is not null)
          or (select a.to_date >= n.today from absences a
            where a.office = d.office and a.principal_id = o.person_id and a.from_date <= n.today
            order by a.seq desc limit 1))))`;

/**
 * The people a notice goes to, each once.
 * @param today `YYYY-MM-DD` in London
 */
export const recipientsOf = async (db: Knex, to: readonly Recipient[], today: string): Promise<string[]> => {
  const rows = await rowsOf(
    idOnly,
    db.raw(
      `select p.id from people p, (select :people::uuid[] as people, :hosts::uuid[] as hosts, :councillors::uuid[] as councillors,
        :offices::text[] as offices, :heads::text[] as heads, :today::date as today) as n
      where ${isRecipient} order by p.id`,
      { ...addressed(to), today },
    ),
  );
  return rows.map(({ id }) => id);
};
