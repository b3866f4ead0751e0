/** Questions and challenges after a visit, and their answers. */
import { verdict } from '../../policies/permission/permit.js';
import { paths } from '../web/paths.js';
import { answerVisitQuestion } from './answer-visit-question.js';
import { askQuestion } from './ask-question.js';
import { readQuestion, visitAskedAbout } from './read-question.js';
import { barOf } from '../web/pages/bar.js';
import { validate, asFormErrors } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';
import { ask, respond } from '../../policies/question/commands.js';
import { briefly, visitFor } from '../visit/read-visit-for.js';
import { askHere, respondHere } from './commands.js';

const askPage = page({
  ...askHere.page,
  view: 'question/views/ask',
  load: async (ctx, { params }) => (await visitFor(ctx, params.id, ask)).head,
  form: {
    body: askHere.body,
    read: (form) =>
      validate(askHere.body, given({ kind: entered(form, 'kind'), text: entered(form, 'text') })),
    async act(ctx, { params, body }) {
      return paths.visit(await asFormErrors(() => askQuestion(ctx, params.id, body)));
    },
  },
});

const respondPage = page({
  ...respondHere.page,
  view: 'question/views/respond',
  async load(ctx, { params }) {
    const { question, visit } = await readQuestion(ctx, params.id);
    return {
      visit: briefly(visit),
      question,
      bar: barOf(verdict(respond, ctx, visit, { now: ctx.now(), question })),
    };
  },
  form: {
    body: respondHere.body,
    read: (form) =>
      validate(
        respondHere.body,
        given({
          text: entered(form, 'text'),
          toCommittee: { yes: true, no: false }[entered(form, 'toCommittee') ?? ''],
        }),
      ),
    async act(ctx, { params, body }) {
      const visitId = await visitAskedAbout(ctx, params.id);
      await asFormErrors(() => answerVisitQuestion(ctx, params.id, body));
      return paths.visit(visitId);
    },
  },
});

export const questionPages = [askPage, respondPage];
