import type { Knex } from 'knex';
import { findVisit } from '../../db/grant/grants.js';
import { questionsOf, type VisitQuestion } from '../../db/visit/visit-questions.js';
import { grantAt, type GrantRecord, type VisitRecord } from '../../policies/grant/grant-record.js';
import type { Grant, Visit } from '../../policies/core/subjects.js';
import type { Ctx } from '../case/ctx.js';
import { standing } from './visit-standing.js';

/** Everything on record about one visit; a presenter chooses what a reader may see of it. */
export interface VisitFile {
  readonly visit: Visit;
  readonly grant: Grant;
  readonly questions: readonly VisitQuestion[];
}

/** Makes the file of a visit from its grant's record. */
export const fileOf = (
  record: GrantRecord,
  visit: VisitRecord,
  questions: readonly VisitQuestion[],
  now: Date,
): VisitFile => ({
  visit: standing(visit, now),
  grant: grantAt(record, now),
  questions: questions.filter(({ visitId }) => visitId === visit.id),
});

/** The file of a visit that this person may read. @throws NotFound */
export const visitFile = async (
  db: Knex,
  { ability, now }: Pick<Ctx, 'ability' | 'now'>,
  id: string,
): Promise<VisitFile> => {
  const { record, visit } = await findVisit(db, ability, id);
  return fileOf(record, visit, await questionsOf(db, [id]), now());
};
