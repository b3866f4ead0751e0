import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { Recorded } from '../../policies/visit/attendance.js';
import type { Answer } from '../../policies/need-to-know/answers.js';
import type { Acting } from '../../policies/people/actor.js';
import type { VisitCheck, VisitEnd } from '../../policies/visit/visit.js';
import type { Plan } from '../../policies/visit/visiting.js';
import { day, whole } from '../core/rows/stored.js';
import { allowed } from '../core/rows/tables.js';
import { together } from '../core/together.js';
import { within } from '../core/rows/within.js';

/** Who did it, for which office, and when. */
export interface Done {
  readonly at: Date;
  readonly by: string;
  readonly acting: Acting;
}

const planColumns = (plan: Plan) => ({
  date: plan.date,
  from_time: plan.from,
  to_time: plan.to,
  case_reference: plan.caseReference,
  chaperone: plan.chaperone,
  conference_on: plan.conferenceOn,
});

const doneBy = ({ at, by, acting }: Done) => ({ at, person_id: by, capacity: acting.capacity });

const doneColumns = (done: Done) => ({
  ...doneBy(done),
  office: within(allowed['visit_plans.office'], done.acting.office),
});

const keepingPlan = (trx: Knex.Transaction, visitId: string, plan: Plan, done: Done): Knex.QueryBuilder =>
  trx('visit_plans').insert({ visit_id: visitId, ...planColumns(plan), ...doneColumns(done) });

/** Plans a visit, and returns its id. @param oneObserver whether nobody else may observe the same */
export const insertVisit = async (
  trx: Knex.Transaction,
  grantId: string,
  plan: Plan,
  { oneObserver, ...done }: Done & { readonly oneObserver: boolean },
): Promise<string> => {
  const id = randomUUID();
  const row = { id, grant_id: grantId, one_observer: oneObserver, planned_at: done.at };
  await together(trx, [
    trx('visits').insert({ ...row, ...planColumns(plan) }),
    keepingPlan(trx, id, plan, done),
  ]);
  return id;
};

/** Changes a visit's plan; how it was before stays on record. */
export const changePlan = async (
  trx: Knex.Transaction,
  visitId: string,
  plan: Plan,
  done: Done,
): Promise<void> => {
  await together(trx, [
    trx('visits').where({ id: visitId }).update(planColumns(plan)),
    keepingPlan(trx, visitId, plan, done),
  ]);
};

interface Ending {
  readonly at: Date;
  readonly because: VisitEnd;
  readonly endsJourney?: boolean;
}

const endingVisit = (
  trx: Knex.Transaction,
  visitId: string,
  { at, because, endsJourney }: Ending,
): Knex.QueryBuilder =>
  trx('visits')
    .where({ id: visitId })
    .update({ ended_at: at, ended_because: because, ...(endsJourney ? { journey_ended_at: at } : {}) });

/** Ends a visit before anybody attended. */
export const endVisit = async (trx: Knex.Transaction, visitId: string, given: Ending): Promise<void> => {
  await endingVisit(trx, visitId, given);
};

/**
 * Adds the answer to a check; the ones before stay on record.
 * @param reported whether it is what an office sees of the bars, for which Legal answer
 */
export const addCheck = async (
  trx: Knex.Transaction,
  visitId: string,
  question: VisitCheck,
  { answer, reason, reported }: Answer & { readonly reported: boolean },
  done: Done,
): Promise<void> => {
  await trx('visit_checks').insert({
    visit_id: visitId,
    // Of the case that the visit is about now and of the day it is planned for: of others it will say nothing.
    date: trx('visits').where({ id: visitId }).select('date'),
    case_key: trx('visits').where({ id: visitId }).select('case_key'),
    question,
    answer: JSON.stringify(answer),
    reported,
    reason: reason === undefined ? null : JSON.stringify(reason),
    ...doneBy(done),
    office: within(allowed['visit_checks.office'], done.acting.office),
  });
};

/** Writes what happened at a visit, and uses an event where somebody attended. */
export const insertAttendance = (
  trx: Knex.Transaction,
  visit: { readonly id: string; readonly grantId: string; readonly endedAt: Date | null },
  given: Recorded,
  judged: { readonly authorised: boolean | null; readonly outside: readonly string[] },
  { at, by, acting }: Done,
): Promise<void> => {
  const happened = trx('attendances').insert({
    visit_id: visit.id,
    grant_id: visit.grantId,
    outcome: given.outcome,
    arrived_at: given.arrived,
    left_at: given.left,
    chaperone: given.chaperone ?? null,
    categories: given.categories,
    closed_parts_left: given.closedPartsLeft,
    departures: JSON.stringify(given.departures),
    authorised: judged.authorised,
    outside: judged.outside,
    recorded_at: at,
    person_id: by,
    office: within(allowed['attendances.office'], acting.office),
    capacity: acting.capacity,
  });
  if (given.outcome === 'attended') {
    const used = { events_used: trx.raw('least(events, events_used + 1)') };
    return together(trx, [happened, trx('grants').where({ id: visit.grantId }).update(used)]);
  }
  const ends = visit.endedAt === null;
  return together(trx, [
    happened,
    ...(ends ? [endingVisit(trx, visit.id, { at, because: 'not_attended' })] : []),
  ]);
};

/** Writes the councillor's comment on the record. */
export const insertConfirmation = async (
  trx: Knex.Transaction,
  visitId: string,
  given: {
    readonly agrees: boolean;
    readonly comment: string | null;
    readonly at: Date;
    readonly by: string;
  },
): Promise<void> => {
  await trx('attendance_confirmations').insert({
    visit_id: visitId,
    agrees: given.agrees,
    comment: given.comment,
    person_id: given.by,
    at: given.at,
  });
};

/** Where a list of visits goes on: after this visit of that day. */
export interface AfterVisit {
  readonly date: string;
  readonly seq: number;
}

/** One line of a list, to be shown from its grant's record. */
export interface ListedVisit extends AfterVisit {
  readonly id: string;
  readonly grantId: string;
}

/** The columns of `visitsListed`, by their names. */
export const listedColumns = { id: z.string(), seq: whole, grantId: z.string(), date: day };

/** Visits with their places in the list, of alias `v`, with their grants `g` and requests `r`. */
export const visitsListed = (db: Knex): Knex.QueryBuilder =>
  db('visits as v')
    .join('grants as g', 'g.id', 'v.grant_id')
    .join('requests as r', 'r.id', 'g.request_id')
    .select('v.id', 'v.seq', 'v.grant_id as grantId', 'v.date');
