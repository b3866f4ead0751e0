import { findQuestion, type VisitQuestion } from '../../db/question/visit-questions.js';
import type { Ctx } from '../case/ctx.js';
import { readVisit } from '../visit/read-visit.js';

/** A question put after a visit, with the file of the visit. */
export type QuestionFile = Awaited<ReturnType<typeof readVisit>> & { readonly question: VisitQuestion };

/**
 * One question. Its visit is read with it and recorded: a person who may not read the visit may not read its questions.
 * @throws NotFound
 */
export const readQuestion = async (ctx: Ctx, id: string): Promise<QuestionFile> => {
  const question = await findQuestion(ctx.db, id);
  return { ...(await readVisit(ctx, question.visitId)), question };
};

/** The id of the visit that a question is about, and nothing else of the question. @throws NotFound */
export const visitAskedAbout = async ({ db }: Pick<Ctx, 'db'>, id: string): Promise<string> =>
  (await findQuestion(db, id)).visitId;
