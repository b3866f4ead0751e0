import type { Knex } from 'knex';

const kinds = `('clock', 'answer_returned', 'acknowledge', 'ask_for_review', 'check_connection', 'attendance_record',
  'answer_question', 'release_or_end')`;

const requestOfVisit = (visit: string): string => `(
  select g.request_id from public.visits v join public.grants g on g.id = v.grant_id where v.id = ${visit})`;

const isUnrecorded = (visit: string): string => `not exists (
  select from public.attendances a where a.visit_id = ${visit})`;

const isUnsent = (reference: string): string => `exists (
  select from public.messages m where m.reference = ${reference} and m.kind = 'request_received' and m.sent_at is null)`;

const isFrozen = (grant: string): string => `exists (
  select from public.grant_freezes f join public.grants frozen on frozen.id = f.grant_id
    where frozen.id = ${grant} and f.released_at is null and frozen.ended_at is null
      and frozen.events_used < frozen.events)`;

const isReviewed = (request: string, version: string): string => `exists (
  select from public.reviews v where v.request_id = ${request} and v.version = ${version})`;

/** `clock` is the request's own: the decision, the release of papers or the review. */
const clockOf = (row: string): string =>
  `case ${row}.status when 'returned' then 'answer_returned' else 'clock' end`;
const waiting = `('submitted', 'returned', 'refused')`;

/**
 * `runtime.due_days`: a row for each deadline that may run, with the day on which it is due and how many of its steps
 * (policies/due-days.ts) have been said. Jobs select by kind, steps said and day, and so read what is due and nothing
 * else.
 *
 * One table, and not a column beside each fact: eight kinds of deadline on six tables are then one index and one
 * select, and what jobs note of them leaves governed tables alone. Triggers keep it in the transaction of each change,
 * whoever writes: a row comes with its deadline and goes with it. The day of a request’s own clock and of a question
 * stands beside them already, and is copied. The others are counted in working days, by a calendar that the database
 * does not have: a change empties the day, jobs read a row without one as due, and the next round of the job that
 * settles the days writes it. So no day stands that was worked out from other facts.
 *
 * `reckoned` names the calendar and the periods by which the day was last worked out; `change` counts the changes, so
 * that nobody writes a day over a fact that they did not see.
 */
export const deadlinesThatRun = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table runtime.due_days (
      id bigint generated always as identity primary key,
      request_id bigint not null references public.requests (id) on delete cascade,
      kind text not null constraint due_days_kind_check check (kind in ${kinds}),
      subject uuid null,
      due_on date null,
      said int not null default 0 constraint due_days_said_check check (said between 0 and 4),
      reckoned text null,
      change int not null default 0,
      constraint due_days_unique unique nulls not distinct (request_id, kind, subject)
    )`);
  await fill(knex);
  await knex.raw('create index due_days_by_step on runtime.due_days (kind, said, due_on)');
  await knex.raw('create index due_days_by_calendar on runtime.due_days (reckoned)');
  await knex.raw('revoke all on runtime.due_days from public, ntk_service');
  await knex.raw('grant select, update (due_on, said, reckoned) on runtime.due_days to ntk_service');

  await knex.raw(`
    create function runtime.keep_due_day(request bigint, what text, about uuid, due date, is_open boolean) returns void
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if request is null then return; end if;
      if is_open then
        insert into runtime.due_days as d (request_id, kind, subject, due_on) values (request, what, about, due)
          on conflict on constraint due_days_unique
          do update set due_on = excluded.due_on, said = 0, reckoned = null, change = d.change + 1;
      else
        delete from runtime.due_days d
          where d.request_id = request and d.kind = what and d.subject is not distinct from about;
      end if;
    end $$`);
  await knex.raw(
    'revoke all on function runtime.keep_due_day(bigint, text, uuid, date, boolean) from public',
  );
  await ofRequests(knex);
  await ofReceipts(knex);
  await ofVisits(knex);
  await ofGrants(knex);
};

/** Everything that runs already. What has no day yet is counted by the first round of the jobs. */
const fill = async (knex: Knex): Promise<void> => {
  for (const rows of [
    `select r.id, ${clockOf('r')}, null::uuid, r.due_on from public.requests r
       where r.status in ${waiting} and r.due_on is not null`,
    `select r.id, 'ask_for_review', null, null from public.requests r
       where r.status = 'refused' and not ${isReviewed('r.id', 'r.version')}`,
    `select distinct r.id, 'acknowledge', null::uuid, null::date
       from public.messages m join public.requests r on r.reference = m.reference
       where m.kind = 'request_received' and m.sent_at is null`,
    `select g.request_id, what, v.id, null from public.visits v join public.grants g on g.id = v.grant_id
       cross join unnest(array['check_connection', 'attendance_record']) as what
       where v.ended_at is null and ${isUnrecorded('v.id')}`,
    `select g.request_id, 'answer_question', q.id, q.due_on from public.visit_questions q
       join public.visits v on v.id = q.visit_id join public.grants g on g.id = v.grant_id
       where q.answered_at is null`,
    `select g.request_id, 'release_or_end', g.id, null from public.grants g where ${isFrozen('g.id')}`,
  ]) {
    await knex.raw(`insert into runtime.due_days (request_id, kind, subject, due_on) ${rows}`);
  }
};

const trigger = async (
  knex: Knex,
  name: string,
  does: string,
  on: readonly (readonly [string, string, string])[],
): Promise<void> => {
  await knex.raw(`
    create function runtime.due_days_of_${name}() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    ${does} $$`);
  await knex.raw(`revoke all on function runtime.due_days_of_${name}() from public`);
  for (const [as, table, when] of on) {
    const called = `due_days_of_${as}`;
    await knex.raw(`create trigger ${called} after ${when} execute function runtime.due_days_of_${name}()`);
    await knex.raw('alter table public.?? enable always trigger ??', [table, called]);
  }
};

const ofRequests = async (knex: Knex): Promise<void> => {
  await trigger(
    knex,
    'request',
    `
    declare
      own text := case when new.status in ${waiting} and new.due_on is not null then ${clockOf('new')} end;
      is_askable boolean := new.status = 'refused' and not ${isReviewed('new.id', 'new.version')};
    begin
      perform runtime.keep_due_day(new.id, what, null, new.due_on, own is not distinct from what)
        from unnest(array['answer_returned', 'clock']) as what;
      if not is_askable or tg_op = 'INSERT' then
        perform runtime.keep_due_day(new.id, 'ask_for_review', null, null, is_askable);
      elsif (old.status, old.decided_at) is distinct from (new.status, new.decided_at) then
        perform runtime.keep_due_day(new.id, 'ask_for_review', null, null, true);
      end if;
      return null;
    end`,
    [
      [
        'request',
        'requests',
        'insert or update of status, due_on, decided_at, version on public.requests for each row',
      ],
    ],
  );
  await trigger(
    knex,
    'review',
    `
    begin
      perform runtime.keep_due_day(new.request_id, 'ask_for_review', null, null, false);
      return null;
    end`,
    [['review', 'reviews', 'insert on public.reviews for each row']],
  );
};

/** The receipt that is written to a councillor, until it has gone out. */
const ofReceipts = (knex: Knex): Promise<void> =>
  trigger(
    knex,
    'receipt',
    `
    declare
      request bigint := (select r.id from public.requests r
        where r.reference = case tg_op when 'DELETE' then old.reference else new.reference end);
      is_open boolean := ${isUnsent(`(select r.reference from public.requests r where r.id = request)`)};
    begin
      -- A second receipt moves nothing: its day is counted from when the request first came in.
      if not is_open or not exists (select from runtime.due_days d
          where d.request_id = request and d.kind = 'acknowledge') then
        perform runtime.keep_due_day(request, 'acknowledge', null, null, is_open);
      end if;
      return null;
    end`,
    [
      [
        'receipt',
        'messages',
        `insert on public.messages for each row when (new.kind = 'request_received' and new.sent_at is null)`,
      ],
      [
        'sending',
        'messages',
        `update of sent_at on public.messages for each row when (new.kind = 'request_received')`,
      ],
      [
        'receipt_gone',
        'messages',
        `delete on public.messages for each row when (old.kind = 'request_received' and old.sent_at is null)`,
      ],
    ],
  );

const ofVisits = async (knex: Knex): Promise<void> => {
  await trigger(
    knex,
    'visit',
    `
    declare
      request bigint := ${requestOfVisit('new.id')};
      is_open boolean := new.ended_at is null and ${isUnrecorded('new.id')};
    begin
      if is_open and tg_op = 'UPDATE' and (old.date, old.to_time) is not distinct from (new.date, new.to_time) then
        return null;
      end if;
      perform runtime.keep_due_day(request, what, new.id, null, is_open)
        from unnest(array['attendance_record', 'check_connection']) as what;
      return null;
    end`,
    [['visit', 'visits', 'insert or update of date, to_time, ended_at on public.visits for each row']],
  );
  await trigger(
    knex,
    'attendance',
    `
    begin
      perform runtime.keep_due_day(${requestOfVisit('new.visit_id')}, what, new.visit_id, null, false)
        from unnest(array['attendance_record', 'check_connection']) as what;
      return null;
    end`,
    [['attendance', 'attendances', 'insert on public.attendances for each row']],
  );
  await trigger(
    knex,
    'question',
    `
    begin
      perform runtime.keep_due_day(${requestOfVisit('new.visit_id')}, 'answer_question', new.id, new.due_on,
        new.answered_at is null);
      return null;
    end`,
    [
      [
        'question',
        'visit_questions',
        'insert or update of due_on, answered_at on public.visit_questions for each row',
      ],
    ],
  );
};

/** A grant that is frozen, until it is released, ended or used up: its day is counted from the first freeze that lasts. */
const ofGrants = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function runtime.keep_freeze_due(about uuid, is_fresh boolean) returns void
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      is_open boolean := ${isFrozen('about')};
    begin
      if is_fresh or not is_open then
        perform runtime.keep_due_day((select g.request_id from public.grants g where g.id = about), 'release_or_end',
          about, null, is_open);
      end if;
    end $$`);
  await knex.raw('revoke all on function runtime.keep_freeze_due(uuid, boolean) from public');
  await trigger(
    knex,
    'freeze',
    `
    begin
      perform runtime.keep_freeze_due(new.grant_id, true);
      return null;
    end`,
    [['freeze', 'grant_freezes', 'insert or update of released_at on public.grant_freezes for each row']],
  );
  await trigger(
    knex,
    'grant',
    `
    begin
      perform runtime.keep_freeze_due(new.id, false);
      return null;
    end`,
    [['grant', 'grants', 'update of ended_at, events_used on public.grants for each row']],
  );
};
