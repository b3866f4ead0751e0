/** The need-to-know test of a request, and one question of it. */
import { z } from 'zod';
import { startOfLondonDay } from '../../../policies/core/time/london.js';
import { verdict } from '../../../policies/permission/permit.js';
import { answer as answerCommand } from '../../../policies/need-to-know/commands.js';
import type { AnswerValue } from '../../../policies/need-to-know/answers.js';
import { isNear } from '../../../policies/need-to-know/test.js';
import { question, questionKeys, type Circumstances } from '../../../policies/need-to-know/questions.js';
import { NotFound } from '../../../policies/core/refusals.js';
import type { Settings } from '../../../policies/settings/settings.js';
import type { ObservationRequest } from '../../../policies/request/request.js';
import { reference } from '../../web/schema/schemas.js';
import type { Ctx } from '../../case/ctx.js';
import { paths } from '../../web/paths.js';
import { presentAssessment } from '../present.js';
import { answerQuestion } from '../answer-question.js';
import { readLiftedCounts } from '../read-lifted-counts.js';
import { readAssessment } from '../read-assessment.js';
import { answerBody, bodyOf, filled, offered, fieldNamesOf } from '../present/answer-form.js';
import { answerInWords, statedOn } from '../present/answer-words.js';
import { outcomeInWords, placeOf, rowsOf } from './assessing/rows.js';
import { liftPage } from './lifting.js';
import { barOf } from '../../web/pages/bar.js';
import { asFormErrors } from '../../web/pages/faults.js';
import { page } from '../../web/pages/page.js';

const load = async (ctx: Ctx, ref: string) => {
  const file = await readAssessment(ctx, ref);
  const presented = presentAssessment(ctx, file.row, file.assessment);
  if (!presented) throw new NotFound();
  return { file, row: file.row, assessment: presented };
};

const headed = ({ reference: ref, version }: ObservationRequest) => ({ reference: ref, version });

const testPage = page({
  path: '/requests/:reference/test',
  params: z.strictObject({ reference }),
  view: 'need-to-know/views/test',
  async load(ctx, { params, query }) {
    const { file, row, assessment } = await load(ctx, params.reference);
    const rows = rowsOf(ctx, file, assessment);
    const counts = rows.some(({ lift }) => lift !== null) ? await readLiftedCounts(ctx) : null;
    return {
      request: headed(row),
      rows,
      summary: outcomeInWords(assessment, rows),
      counts: counts && Object.fromEntries(counts.map(({ block, times }) => [block, times])),
      saved: query['done'] === 'answer',
      said: query['done'] === 'lift',
      next: rows.find(({ open, action }) => open && action !== null) ?? null,
    };
  },
});

const circumstancesOf = (
  settings: Settings,
  row: ObservationRequest,
  standing: AnswerValue | undefined,
  now: Date,
): Circumstances => {
  if (row.observationType === null) throw new NotFound();
  const { window, events = 1 } = row.content;
  return {
    type: settings.type(row.observationType),
    events,
    eventIsNear: isNear(settings, now, window && startOfLondonDay(window.to)),
    neverObserved: settings.choices.neverObserved,
    isCoopted: standing === 'coopted',
  };
};

const questionPage = page({
  path: '/requests/:reference/test/:question',
  params: z.strictObject({ reference, question: z.enum(questionKeys) }),
  view: 'need-to-know/views/question',
  async load(ctx, { params: { reference: ref, question: key } }) {
    const { file, row, assessment } = await load(ctx, ref);
    const { asks, office, authority } = question(key);
    const bar = barOf(verdict(answerCommand, ctx, file, { office }));
    const before = assessment.answers[key];
    const proposed = assessment.proposed[key];
    const { values, ticked } = filled(before ?? proposed ?? {});
    return {
      request: headed(row),
      question: { key, number: placeOf(key), asks, office, authority },
      offered: offered(
        key,
        circumstancesOf(ctx.settings, row, assessment.answers.standing?.answer, ctx.now()),
      ),
      before: before && { by: before.by, at: before.at, confirmed: before.confirmed },
      proposed: proposed && { ...answerInWords(key, proposed), from: proposed.from },
      prefilled: before === undefined && proposed !== undefined && bar === null,
      stated: statedOn(key, row.content),
      finding: key === 'proportionality' ? assessment.finding : undefined,
      window: key === 'scope' || key === 'standing' ? row.content.window : undefined,
      seatsStand: row.seats.length > 0,
      bar,
      values,
      ticked,
    };
  },
  form: {
    body: answerBody,
    read: (form, { params }) => bodyOf(params.question, form),
    async act(ctx, { params, body: { version, question: _named, ...answer }, form }) {
      const { reference: ref, question: key } = params;
      await asFormErrors(() => answerQuestion(ctx, ref, key, version, answer), fieldNamesOf(form));
      return `${paths.test(ref)}?done=answer`;
    },
  },
});

export const assessingPages = [testPage, questionPage, liftPage];
