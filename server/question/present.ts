import type { VisitQuestion } from '../../db/question/visit-questions.js';
import type { Counted } from '../../policies/correction/correction.js';
import { deadline } from '../../policies/core/time/deadlines.js';
import { viewOf } from '../../policies/permission/offices/view.js';
import { available } from '../../policies/permission/permit.js';
import { respond } from '../../policies/question/commands.js';
import type { Settings } from '../../policies/settings/settings.js';
import type { Visit } from '../../policies/visit/visit.js';
import { presentCorrections } from '../correction/present/beside.js';
import type { Ctx } from '../case/ctx.js';

type Reader = Pick<Ctx, 'actor' | 'ability' | 'settings'>;

/** By when it is to be answered, and how that was counted. */
const answerDue = (settings: Settings, askedAt: Date) =>
  deadline(settings, 'answer_question', askedAt, settings.periods.answerQuestion, []);

/** A question with its answer; an auditor reads when it was put and answered, and no text. */
export const presentQuestion = (
  reader: Reader,
  visit: Visit,
  { question, corrections }: { readonly question: VisitQuestion; readonly corrections: readonly Counted[] },
  now: Date,
) => ({
  id: question.id,
  kind: question.kind,
  askedAt: question.askedAt,
  dueOn: question.dueOn,
  due: question.answeredAt === null ? answerDue(reader.settings, question.askedAt) : null,
  answeredAt: question.answeredAt,
  toCommittee: question.toCommittee,
  ...(viewOf(reader, visit) === 'auditor'
    ? {}
    : { text: question.text, response: question.response, owner: question.owner }),
  corrections: presentCorrections(
    viewOf(reader, visit),
    corrections.filter(({ kind, of }) => kind === 'question' && of === question.id),
  ),
  can: available([respond], reader, visit, { now, question }),
});
