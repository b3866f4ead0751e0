import type { Knex } from 'knex';
import { z } from 'zod';
import type { GivenAnswer } from '../../policies/need-to-know/given.js';
import { lawfulBasisSchema } from '../../policies/need-to-know/lawful-basis.js';
import { questionKeys } from '../../policies/need-to-know/questions.js';
import { capacities, seats } from '../../policies/core/office.js';
import type { ObservationRequest } from '../../policies/request/request.js';
import { moment, rowsOf } from '../core/rows/rows-of.js';
import { storedAnswerValue, storedReason } from './stored-answer.js';

const storedGiven = z.strictObject({
  question: z.enum(questionKeys),
  answer: storedAnswerValue,
  reason: storedReason.nullable(),
  basis: lawfulBasisSchema.nullable(),
  confirmed: z.boolean(),
  by: z.string(),
  office: z.enum(seats),
  capacity: z.enum(capacities),
  at: moment,
});

/** The answers of the current version, carried-over ones included. */
export const answersOf = async (
  db: Knex,
  row: Pick<ObservationRequest, 'id' | 'version'>,
): Promise<GivenAnswer[]> => {
  const rows = await rowsOf(
    storedGiven,
    db('answers as a')
      .join('people as p', 'p.id', 'a.person_id')
      .where({ 'a.request_id': row.id, 'a.version': row.version })
      .select(
        'a.question',
        'a.answer',
        'a.reason',
        'a.basis',
        'a.confirmed',
        'p.name as by',
        'a.office',
        'a.capacity',
        'a.at',
      ),
  );
  return rows.map(({ reason, basis, ...rest }) => ({
    ...rest,
    ...(reason === null ? {} : { reason }),
    ...(basis === null ? {} : { basis }),
  }));
};

/** Writes an office's answer on the current version, in the place of the one before. */
export const puttingAnswer = (
  trx: Knex.Transaction,
  row: Pick<ObservationRequest, 'id' | 'version'>,
  given: GivenAnswer,
  personId: string,
): Knex.QueryBuilder =>
  trx('answers')
    .insert({
      request_id: row.id,
      version: row.version,
      question: given.question,
      answer: JSON.stringify(given.answer),
      reason: given.reason === undefined ? null : JSON.stringify(given.reason),
      basis: given.basis === undefined ? null : JSON.stringify(given.basis),
      confirmed: given.confirmed,
      person_id: personId,
      office: given.office,
      capacity: given.capacity,
      at: given.at,
    })
    .onConflict(['request_id', 'version', 'question'])
    .merge(['answer', 'reason', 'basis', 'confirmed', 'person_id', 'office', 'capacity', 'at']);

/** Carries the answers of the earlier version over to the new one, for each office to confirm. */
export const carryOver = async (
  trx: Knex.Transaction,
  id: number,
  from: number,
  to: number,
): Promise<void> => {
  await trx.raw(
    `insert into answers (request_id, version, question, answer, reason, basis, confirmed, person_id, office, capacity, at)
       select request_id, ?, question, answer, reason, basis, false, person_id, office, capacity, at
       from answers where request_id = ? and version = ?`,
    [to, id, from],
  );
};
