import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { z } from 'zod';
import { nations } from '../../policies/settings/bank-holidays.js';
import {
  dueKinds,
  dueOnOf,
  type DueFacts,
  type DueKind,
  type kindsOfVisits,
  type StepsDue,
  type StepsSaid,
} from '../../policies/deadline/due-days.js';
import { incidentsReference } from '../../policies/core/notices.js';
import { addDays, londonDate } from '../../policies/core/time/london.js';
import type { Settings } from '../../policies/settings/settings.js';
import { moment, rowsOf } from '../core/rows/rows-of.js';
import { awareAtSelected } from '../incident/assessments.js';
import { day, whole } from '../core/rows/stored.js';

/** A deadline as it is stored: whether it runs, the rules say (open-deadlines.ts). */
export interface DueDay {
  readonly id: number;
  readonly kind: DueKind;
  /** Null of an incident that has no request, as its reference is then the list of incidents. */
  readonly requestId: number | null;
  readonly reference: string;
  /** The visit, the question, the grant or the incident, by id; null where it is the request's own. */
  readonly subject: string | null;
  /** Null where it is not counted yet. */
  readonly dueOn: string | null;
  /** How often its facts have changed: a day is stored over those alone that were read. */
  readonly change: number;
}

/** The columns below, by their names. */
const storedDay: z.ZodType<DueDay> = z.strictObject({
  id: whole,
  kind: z.enum(dueKinds),
  requestId: whole.nullable(),
  reference: z.string(),
  subject: z.string().nullable(),
  dueOn: day.nullable(),
  change: whole,
});

const columns = `d.id, d.kind, d.request_id as "requestId", coalesce(r.reference, '${incidentsReference}') as reference,
  d.subject, d.due_on as "dueOn", d.change`;

/**
 * The deadlines with a step that has come and is not done yet, and those without a day. One index gives them by kind,
 * steps done and day: it reads nothing that is due later or done already.
 */
export const dueForStep = (db: Knex, { kinds, ranges }: StepsDue): Promise<DueDay[]> => {
  const each = ranges.map(
    ({ said, from }) => `select ${columns} from runtime.due_days d left join requests r on r.id = d.request_id
      where d.kind = any(?) and d.said = ${said} and d.due_on <= ?${from === null ? '' : ' and d.due_on >= ?'}
        and (d.kind <> 'acknowledge' or r.status = 'submitted')`,
  );
  const uncounted = `select ${columns} from runtime.due_days d left join requests r on r.id = d.request_id
    where d.kind = any(?) and d.said = 0 and d.due_on is null`;
  return rowsOf(
    storedDay,
    db.raw(`select * from (${[...each, uncounted].join(' union all ')}) as due order by id`, [
      ...ranges.flatMap(({ to, from }) => [[...kinds], to, ...(from === null ? [] : [from])]),
      [...kinds],
    ]),
  );
};

/** How many steps of a deadline have been said, or are past. */
export interface StepsTaken extends Pick<DueDay, 'id' | 'change'> {
  readonly said: StepsSaid;
}

/**
 * Stores how far each has come. Skips rows that another transaction changes right now, or has changed since the read.
 */
export const noteSaid = async (db: Knex, taken: readonly StepsTaken[]): Promise<void> => {
  if (taken.length === 0) return;
  await db.raw(
    `with given as (
       select * from unnest(?::bigint[], ?::int[], ?::int[]) as given (id, change, said)), free as (
       select d.id, given.said from runtime.due_days d join given on given.id = d.id and given.change = d.change
         where d.said < given.said for no key update of d skip locked)
     update runtime.due_days d set said = free.said from free where d.id = free.id`,
    [taken.map(({ id }) => id), taken.map(({ change }) => change), taken.map(({ said }) => said)],
  );
};

/** The requests that are with the councillor past their day, by reference. */
export const unansweredPast = async (db: Knex, today: string): Promise<string[]> => {
  const rows = await rowsOf(
    z.strictObject({ reference: z.string() }),
    db.raw(
      `select r.reference from runtime.due_days d join requests r on r.id = d.request_id
       where d.kind = 'answer_returned' and d.said in (0, 1, 2, 3, 4) and d.due_on < ?::date order by d.id`,
      [today],
    ),
  );
  return rows.map(({ reference }) => reference);
};

/**
 * A name for the calendar and the periods that days are counted by: it changes with each change of the settings or of
 * the known bank holidays, and each new year.
 */
export const calendarName = (settings: Settings, now: Date): string => {
  const year = Number(londonDate(now).slice(0, 4));
  const holidays: string[] = [];
  for (let date = `${year - 1}-01-01`; date < `${year + 3}-01-01`; date = addDays(date, 1))
    if (settings.holiday(date) !== null) holidays.push(date);
  return createHash('sha256')
    .update(JSON.stringify([nations, settings.periods, holidays]))
    .digest('base64url');
};

/** Those that were not counted by this calendar: what changed since the last look, and all after a change of it. */
export const uncountedBy = (db: Knex, calendar: string): Promise<DueDay[]> => {
  return rowsOf(
    storedDay,
    db.raw(
      `select ${columns} from (
         select * from runtime.due_days where reckoned is null
         union all select * from runtime.due_days where reckoned < :calendar
         union all select * from runtime.due_days where reckoned > :calendar) d
       left join requests r on r.id = d.request_id order by d.id`,
      { calendar },
    ),
  );
};

/** Notes by which calendar a day was counted, with the day itself where it is stored here alone. */
const noteCounted = async (
  db: Knex,
  counted: readonly (Pick<DueDay, 'id' | 'change'> & { readonly dueOn?: string | undefined })[],
  calendar: string,
): Promise<void> => {
  if (counted.length === 0) return;
  await db.raw(
    `with given as (
       select id, change, nullif(due_on, '')::date as due_on
         from unnest(?::bigint[], ?::int[], ?::text[]) as given (id, change, due_on)),
     free as (
       select given.* from runtime.due_days d join given on given.id = d.id and given.change = d.change
         for no key update of d skip locked)
     update runtime.due_days d set reckoned = ?,
         due_on = coalesce(free.due_on, d.due_on),
         said = case when d.due_on is distinct from coalesce(free.due_on, d.due_on) then 0 else d.said end
       from free where d.id = free.id`,
    [
      counted.map(({ id }) => id),
      counted.map(({ change }) => change),
      counted.map(({ dueOn }) => dueOn ?? ''),
      calendar,
    ],
  );
};

/** How many are noted in one go. */
const batch = 500;

/** Notes that the day beside a fact was found to be the one that this calendar counts. */
export const noteSettled = async (db: Knex, rows: readonly DueDay[], calendar: string): Promise<void> => {
  for (let from = 0; from < rows.length; from += batch) {
    const some = rows.slice(from, from + batch).map(({ id, change }) => ({ id, change }));
    await noteCounted(db, some, calendar);
  }
};

const storedFacts = z.strictObject({
  id: whole,
  kind: z.enum(dueKinds),
  submittedAt: moment.nullable(),
  decidedAt: moment.nullable(),
  date: day.nullable(),
  to: z.string().nullable(),
  frozenAt: moment.nullable(),
  awareAt: moment.nullable(),
});

const factsOf = (row: z.infer<typeof storedFacts>): DueFacts | null => {
  const { kind, submittedAt, decidedAt, date, to, frozenAt, awareAt } = row;
  if (kind === 'acknowledge') return submittedAt && { kind, submittedAt };
  if (kind === 'ask_for_review') return decidedAt && { kind, decidedAt };
  if (kind === 'release_or_end') return frozenAt && { kind, frozenAt };
  if (kind === 'report_breach') return awareAt && { kind, awareAt };
  if (!isOfVisit(kind) || date === null || to === null) return null;
  return kind === 'check_connection' ? { kind, date } : { kind, date, to };
};

const isOfVisit = (kind: DueKind): kind is (typeof kindsOfVisits)[number] =>
  kind === 'check_connection' || kind === 'attendance_record';

/** Whether the day of that kind stands beside no fact, and is stored here alone. */
const isCountedHere = ({ kind }: Pick<DueDay, 'kind'>): boolean =>
  kind !== 'clock' && kind !== 'answer_returned' && kind !== 'answer_question';

/**
 * Counts the days that stand beside no fact, of these rows, and stores them. A row that is being changed is left to the
 * next look.
 * @returns the others, whose days stand on record and move with a trace
 */
export const countDueDays = async (
  db: Knex,
  settings: Settings,
  { rows, calendar }: { readonly rows: readonly DueDay[]; readonly calendar: string },
): Promise<DueDay[]> => {
  const here = rows.filter(isCountedHere);
  for (let from = 0; from < here.length; from += batch) {
    const some = here.slice(from, from + batch);
    const found = await rowsOf(
      storedFacts,
      db.raw(
        `select d.id, d.kind, r.submitted_at as "submittedAt", r.decided_at as "decidedAt", v.date, v.to_time as "to",
          (select min(f.frozen_at) from grant_freezes f
            where d.kind = 'release_or_end' and f.grant_id = d.subject and f.released_at is null and f.confirmed_at is null) as "frozenAt",
          (select ${awareAtSelected} from incidents i
            where d.kind = 'report_breach' and i.id = d.subject) as "awareAt"
         from runtime.due_days d left join requests r on r.id = d.request_id
         left join visits v on v.id = d.subject and d.kind in ('check_connection', 'attendance_record')
         where d.id = any(?)`,
        [some.map(({ id }) => id)],
      ),
    );
    const facts = new Map(found.map((row) => [row.id, factsOf(row)]));
    await noteCounted(
      db,
      some.map(({ id, change }) => {
        const known = facts.get(id);
        return { id, change, dueOn: known ? (dueOnOf(settings, known) ?? undefined) : undefined };
      }),
      calendar,
    );
  }
  return rows.filter((row) => !isCountedHere(row));
};
