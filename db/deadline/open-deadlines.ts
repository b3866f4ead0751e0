import type { Knex } from 'knex';
import { z } from 'zod';
import { grantAt, visitAt } from '../../policies/grant/grant-record.js';
import { incidentsReference } from '../../policies/core/notices.js';
import { addDays, londonDate } from '../../policies/core/time/london.js';
import {
  ofBreach,
  ofFreeze,
  ofQuestion,
  ofRequest,
  ofVisit,
  type OpenDeadline,
  type Unanswered,
  type Unreleased,
  type Unreported,
} from '../../policies/deadline/open-deadlines.js';
import { dueKindOf } from '../../policies/deadline/due-days.js';
import type { Settings } from '../../policies/settings/settings.js';
import { moment, rowsOf } from '../core/rows/rows-of.js';
import { awareAtSelected } from '../incident/assessments.js';
import type { DueDay } from './due-days.js';
import { recordsById } from '../grant/grants.js';
import { waitingRequests, type WaitingRequest } from '../request/requests.js';

/** How many requests are read in one go. */
const batch = 500;

/** How many days ahead to look for visits: more than two working days can ever span. */
const visitsAhead = 14;

/** Read only these subjects, by id; undefined reads all that are open. */
type Only = readonly string[] | undefined;

/** What was read, to be worked out under settings: one reading does for those before a change and those after it. */
type Under = (settings: Settings) => OpenDeadline[];

/** Requests whose clock runs, or has run out since without an answer. @param askForReview the longest time to ask */
const ofRequests = async (
  db: Knex,
  {
    now,
    askForReview,
    only,
  }: { readonly now: Date; readonly askForReview: number; readonly only?: readonly number[] },
): Promise<Under> => {
  const found: WaitingRequest[] = [];
  // A refusal can be asked about for so many working days; twice as many days are never fewer.
  const refusedSince = new Date(now.getTime() - (askForReview * 2 + 30) * 86_400_000);
  for (let after = 0; ;) {
    const rows = await waitingRequests(db, { refusedSince, after, limit: batch, only });
    found.push(...rows);
    const last = rows.at(-1);
    if (last === undefined || rows.length < batch) break;
    after = last.row.id;
  }
  return (settings) =>
    found.flatMap(({ row, unacknowledged }) => ofRequest(settings, row, { now, unacknowledged }));
};

const among = (column: string, only: Only): string =>
  only === undefined ? '' : `and ${column} = any(cast(? as uuid[]))`;
const given = (only: Only): string[][] => (only === undefined ? [] : [[...only]]);

/** Visits that nobody has recorded, from those to come soon back to the first of them. */
const ofVisits = async (db: Knex, now: Date, only?: Only): Promise<Under> => {
  const rows = await rowsOf(
    z.strictObject({ id: z.string(), grant: z.string() }),
    db.raw(
      `select v.id, v.grant_id as grant from visits v
       where v.ended_at is null and v.date <= cast(? as date)
         and not exists (select from attendances a where a.visit_id = v.id) ${among('v.id', only)}
       order by v.seq`,
      [addDays(londonDate(now), visitsAhead), ...given(only)],
    ),
  );
  const records = await recordsById(db, [...new Set(rows.map(({ grant }) => grant))]);
  return (settings) =>
    rows.flatMap(({ id, grant }) => {
      const record = records.get(grant);
      const visit = record?.visits.find((each) => each.id === id);
      const planned = visit && visitAt(visit, now);
      return record && planned ? ofVisit(settings, grantAt(record, now), planned, now) : [];
    });
};

const storedUnanswered: z.ZodType<Unanswered> = z.strictObject({
  id: z.string(),
  reference: z.string(),
  askedAt: moment,
  ownerId: z.string(),
});

const ofQuestions = async (db: Knex, only?: Only): Promise<Under> => {
  const rows = await rowsOf(
    storedUnanswered,
    db.raw(
      `select q.id, r.reference, q.asked_at as "askedAt", q.owner_id as "ownerId"
       from visit_questions q
       join visits v on v.id = q.visit_id join grants g on g.id = v.grant_id
       join requests r on r.id = g.request_id
       where q.answered_at is null ${among('q.id', only)} order by q.seq`,
      given(only),
    ),
  );
  return (settings) => rows.flatMap((question) => ofQuestion(settings, question));
};

const storedUnreleased: z.ZodType<Unreleased> = z.strictObject({
  grantId: z.string(),
  reference: z.string(),
  frozenAt: moment,
});

const ofFreezes = async (db: Knex, only?: Only): Promise<Under> => {
  const rows = await rowsOf(
    storedUnreleased,
    db.raw(
      `select g.id as "grantId", r.reference, min(f.frozen_at) as "frozenAt"
       from grant_freezes f join grants g on g.id = f.grant_id join requests r on r.id = g.request_id
       where f.released_at is null and f.confirmed_at is null and g.ended_at is null and g.events_used < g.events ${among('g.id', only)}
       group by g.id, r.reference, r.id order by r.id`,
      given(only),
    ),
  );
  return (settings) => rows.flatMap((frozen) => ofFreeze(settings, frozen));
};

const storedUnreported: z.ZodType<Unreported> = z.strictObject({
  incidentId: z.string(),
  reference: z.string(),
  awareAt: moment,
  reportedAt: moment,
});

/** Of the incidents whose time to report runs, which a trigger of the database keeps. */
const ofBreaches = async (db: Knex, only?: Only): Promise<Under> => {
  const rows = await rowsOf(
    storedUnreported,
    db.raw(
      `select i.id as "incidentId", coalesce(r.reference, '${incidentsReference}') as reference,
         ${awareAtSelected} as "awareAt", i.reported_at as "reportedAt"
       from runtime.due_days d join incidents i on i.id = d.subject left join requests r on r.id = i.request_id
       where d.kind = 'report_breach' ${among('i.id', only)} order by i.seq`,
      given(only),
    ),
  );
  return () => rows.flatMap((breach) => ofBreach(breach));
};

/**
 * Every deadline that runs now, or was missed and is missed still, under each of these settings, worked out from what is
 * on record. As many rows are read as there is work under way, and once for all of the settings: for a change of the
 * calendar or of the periods, which looks at all of it.
 */
export const openDeadlinesUnder = async (
  db: Knex,
  settings: readonly Settings[],
  now: Date,
): Promise<OpenDeadline[][]> => {
  const askForReview = Math.max(...settings.map(({ periods }) => periods.askForReview));
  const found = [
    await ofRequests(db, { now, askForReview }),
    await ofVisits(db, now),
    await ofQuestions(db),
    await ofFreezes(db),
    await ofBreaches(db),
  ];
  return settings.map((each) => found.flatMap((under) => under(each)));
};

/** A deadline that runs, with how it is stored. */
export interface StoredDeadline {
  readonly row: DueDay;
  readonly open: OpenDeadline;
}

const keyOf = (kind: string, reference: string, subject: string | null): string =>
  `${kind}:${reference}:${subject ?? ''}`;

/** The ones among these stored deadlines that run now, worked out in the same way: it reads no others. */
export const deadlinesOf = async (
  db: Knex,
  settings: Settings,
  { rows, now }: { readonly rows: readonly DueDay[]; readonly now: Date },
): Promise<StoredDeadline[]> => {
  const found: StoredDeadline[] = [];
  for (let from = 0; from < rows.length; from += batch) {
    const some = rows.slice(from, from + batch);
    const subjects = (...kinds: readonly DueDay['kind'][]): string[] => [
      ...new Set(
        some.flatMap(({ kind, subject }) => (subject !== null && kinds.includes(kind) ? [subject] : [])),
      ),
    ];
    const requests = [...new Set(some.flatMap((row) => (row.subject === null ? (row.requestId ?? []) : [])))];
    const visits = subjects('check_connection', 'attendance_record');
    const questions = subjects('answer_question');
    const grants = subjects('release_or_end');
    const incidents = subjects('report_breach');
    const { askForReview } = settings.periods;
    const read = [
      ...(requests.length > 0 ? [await ofRequests(db, { now, askForReview, only: requests })] : []),
      ...(visits.length > 0 ? [await ofVisits(db, now, visits)] : []),
      ...(questions.length > 0 ? [await ofQuestions(db, questions)] : []),
      ...(grants.length > 0 ? [await ofFreezes(db, grants)] : []),
      ...(incidents.length > 0 ? [await ofBreaches(db, incidents)] : []),
    ];
    const open = read.flatMap((under) => under(settings));
    const byKey = new Map(
      open.map((each) => [keyOf(dueKindOf(each.what), each.reference, each.subject), each]),
    );
    for (const row of some) {
      const running = byKey.get(keyOf(row.kind, row.reference, row.subject));
      if (running) found.push({ row, open: running });
    }
  }
  return found;
};
