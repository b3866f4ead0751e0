/** Questions and challenges after a visit, and their answers. */
import { verdict } from '../../policies/permission/permit.js';
import { byId } from './api.js';
import { questionBody, responseBody } from './bodies.js';
import { paths } from '../web/paths.js';
import { answerVisitQuestion } from './answer-visit-question.js';
import { askQuestion } from './ask-question.js';
import { readQuestion, visitAskedAbout } from './read-question.js';
import { barOf } from '../web/pages/bar.js';
import { checked, told } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';
import { ask, respond } from '../../policies/question/commands.js';
import { briefly, visitFor } from '../visit/read-visit-for.js';

const askPage = page({
  path: paths.putQuestion(':id') as `/${string}`,
  params: byId,
  view: 'question/views/ask',
  load: async (ctx, { params }) => (await visitFor(ctx, params.id, ask)).head,
  form: {
    body: questionBody,
    read: (form) =>
      checked(questionBody, given({ kind: entered(form, 'kind'), text: entered(form, 'text') })),
    async act(ctx, { params, body }) {
      return paths.visit(await told(() => askQuestion(ctx, params.id, body)));
    },
  },
});

const respondPage = page({
  path: paths.respond(':id') as `/${string}`,
  params: byId,
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
    body: responseBody,
    read: (form) =>
      checked(
        responseBody,
        given({
          text: entered(form, 'text'),
          toCommittee: { yes: true, no: false }[entered(form, 'toCommittee') ?? ''],
        }),
      ),
    async act(ctx, { params, body }) {
      const visitId = await visitAskedAbout(ctx, params.id);
      await told(() => answerVisitQuestion(ctx, params.id, body));
      return paths.visit(visitId);
    },
  },
});

export const questionPages = [askPage, respondPage];
