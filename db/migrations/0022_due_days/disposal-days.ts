import type { Knex } from 'knex';

/** The terms of the councillors of alias `c`, as `public.kept_until` reads them. */
const terms = `
  select h.seq, (h.facts->'term'->>'from')::date as began, (h.facts->'term'->>'to')::date as until
    from public.register_history h where h.councillor_id = c.id
  union all
  select 0, c.term_from, c.term_to
    where not exists (select from public.register_history h where h.councillor_id = c.id)`;

/** When the earliest of the terms ended in which something was made on those days; null where no end is on record. */
const earliestEnd = (days: string): string => `(
  select min(greatest(term.until, r.made)) from (${days}) r (made),
    lateral (select until from (${terms}) known
      order by (known.began <= r.made) is true desc, known.seq desc limit 1) term
    where term.until is not null)`;

const madeOn = (moment: string): string => `(${moment} at time zone 'Europe/London')::date`;
const requestsEnd = earliestEnd(
  `select distinct ${madeOn('created_at')} from public.requests where councillor_id = c.id`,
);

/** When their last term ended. */
const ownEnd = `(
  select case when until is not null then greatest(until, began) end from (${terms}) known
    order by known.seq desc limit 1)`;

const months = (kind: string): string =>
  `(select make_interval(months => s.months) from public.retention_schedule s where s.kind = '${kind}')`;

/** The day after the first of the two that is over; null while neither has an end. */
const dueFrom = `least(requests_end + ${months('requests')}, own_end + ${months('councillors')})::date + 1`;

/**
 * `runtime.disposal_days`: of each councillor the day from which something is kept too long, as
 * policies/retention.ts has it: a hold or an open incident then keeps it longer, and does not move the day. A change of
 * the schedule moves the days of all from the two ends that are stored, and reads no request.
 *
 * Whoever changes what a day rests on takes the schedule's row and then the day's, before reading: two changes at once
 * are worked out one after the other.
 */
export const disposalDays = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table runtime.disposal_days (
      councillor_id uuid primary key references public.councillors (id) on delete cascade,
      requests_end date null,
      own_end date null,
      due_from date null
    )`);
  await knex.raw(`
    insert into runtime.disposal_days (councillor_id, requests_end, own_end)
      select c.id, ${requestsEnd}, ${ownEnd} from public.councillors c`);
  await knex.raw(`update runtime.disposal_days set due_from = ${dueFrom}`);
  await knex.raw(
    'create index disposal_days_by_day on runtime.disposal_days (due_from, councillor_id) where due_from is not null',
  );
  await knex.raw('revoke all on runtime.disposal_days from public, ntk_service');
  await knex.raw('grant select on runtime.disposal_days to ntk_service');

  await functions(knex);
  for (const [name, table, when, calls] of [
    ['entry', 'councillors', 'after insert on public.councillors for each row', 'entry'],
    [
      'term',
      'councillors',
      `after update of term_from, term_to on public.councillors for each row
        when ((old.term_from, old.term_to) is distinct from (new.term_from, new.term_to))`,
      'entry',
    ],
    ['history', 'register_history', 'after insert on public.register_history for each row', 'history'],
    ['request', 'requests', 'after insert on public.requests for each row', 'request'],
    [
      'correction',
      'requests',
      'after update of created_at, councillor_id on public.requests for each row',
      'history',
    ],
    [
      'requests_gone',
      'requests',
      'after delete on public.requests referencing old table as gone for each statement',
      'gone',
    ],
    [
      'schedule',
      'retention_schedule',
      'after insert or update on public.retention_schedule for each statement',
      'schedule',
    ],
  ] as const) {
    await knex.raw(
      `create trigger disposal_days_of_${name} ${when} execute function runtime.disposal_days_of_${calls}()`,
    );
    await knex.raw('alter table public.?? enable always trigger ??', [table, `disposal_days_of_${name}`]);
  }
};

const functions = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function runtime.keep_disposal_day(councillor uuid, made_on date) returns void
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      perform from public.retention_schedule for share;
      -- Of a councillor who is being disposed of nothing is left to keep.
      insert into runtime.disposal_days (councillor_id)
        select c.id from public.councillors c where c.id = councillor
        on conflict (councillor_id) do nothing;
      perform from runtime.disposal_days d where d.councillor_id = councillor for update;
      if made_on is not null then
        -- One more request, under the terms that the others were weighed by.
        update runtime.disposal_days d
          set requests_end = least(d.requests_end, ${earliestEnd('values (made_on)')})
          from public.councillors c where c.id = councillor and d.councillor_id = councillor;
      else
        update runtime.disposal_days d set requests_end = ${requestsEnd}, own_end = ${ownEnd}
          from public.councillors c where c.id = councillor and d.councillor_id = councillor;
      end if;
      update runtime.disposal_days set due_from = ${dueFrom} where councillor_id = councillor;
    end $$`);
  await knex.raw('revoke all on function runtime.keep_disposal_day(uuid, date) from public');
  await trigger(knex, 'entry', `perform runtime.keep_disposal_day(new.id, null);`);
  await trigger(knex, 'history', `perform runtime.keep_disposal_day(new.councillor_id, null);`);
  await trigger(
    knex,
    'request',
    `perform runtime.keep_disposal_day(new.councillor_id, ${madeOn('new.created_at')});`,
  );
  await trigger(
    knex,
    'gone',
    `perform runtime.keep_disposal_day(councillor_id, null)
        from (select distinct councillor_id from gone order by councillor_id) as whose;`,
  );
  await trigger(knex, 'schedule', `update runtime.disposal_days set due_from = ${dueFrom};`);
};

const trigger = async (knex: Knex, name: string, does: string): Promise<void> => {
  await knex.raw(`
    create function runtime.disposal_days_of_${name}() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      ${does}
      return null;
    end $$`);
  await knex.raw(`revoke all on function runtime.disposal_days_of_${name}() from public`);
};
