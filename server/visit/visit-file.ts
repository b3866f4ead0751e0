import { findVisitAskedAbout, findVisitOnRecord, type VisitOnRecord } from '../../db/visit/visit-records.js';
import { grantAt } from '../../policies/grant/grant-record.js';
import type { Grant } from '../../policies/grant/grant.js';
import type { Visit } from '../../policies/visit/visit.js';
import type { Ctx } from '../case/ctx.js';
import { standing } from '../../policies/visit/visit-standing.js';

/** Everything on record about one visit; a presenter chooses what a reader may see of it. */
export interface VisitFile extends Omit<VisitOnRecord, 'record' | 'visit'> {
  readonly visit: Visit;
  readonly grant: Grant;
}

/** Makes the file of a visit from its record. */
export const fileOf = ({ record, visit, ...rest }: VisitOnRecord, now: Date): VisitFile => ({
  visit: standing(visit, now),
  grant: grantAt(record, now),
  questions: rest.questions,
  corrections: rest.corrections,
  saidBefore: rest.saidBefore,
});

/** The file of a visit that the person has just changed: the change is the entry on the trail. @throws NotFound */
export const visitFileAfter = async ({ db, ability, now }: Ctx, id: string): Promise<VisitFile> =>
  fileOf(await findVisitOnRecord(db, ability, { id }), now());

/** The same of the visit that a question is about. @throws NotFound */
export const fileAskedAbout = async ({ db, ability, now }: Ctx, questionId: string): Promise<VisitFile> =>
  fileOf(await findVisitAskedAbout(db, ability, questionId), now());
