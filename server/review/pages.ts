/** Review of a refusal: asking for it, deciding it, the people named by the Chief Executive, and directions. */
import { verdict } from '../../policies/permission/permit.js';
import {
  acceptLate as acceptCommand,
  answerGist as answerCommand,
  tellGist as tellCommand,
  askReview as askCommand,
  decideReview as decideCommand,
  direct,
  nameReviewer as nameCommand,
  remitUnasked as remitCommand,
} from '../../policies/review/commands.js';
import { timeToAsk } from '../../policies/review/review.js';
import { endCauseSays } from '../../policies/grant/end-causes.js';
import { viewOf } from '../../policies/permission/offices/view.js';
import { reviewableSince, reviewedSays } from '../../policies/request/reviewed.js';
import { presentEnd } from '../grant/present/grant.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { paths } from '../web/paths.js';
import { presentRequest } from '../request/present/request.js';
import { acceptLate } from './accept-late.js';
import { askReview } from './ask-review.js';
import { directionForm } from './bodies.js';
import { decideReview } from './decide-review.js';
import { nameReviewer } from './name-reviewer.js';
import { readNaming } from './read-naming.js';
import { readRequest } from '../request/read-request.js';
import { recordDirection } from './record-direction.js';
import { remitUnasked } from './remit-unasked.js';
import { barOf } from '../web/pages/bar.js';
import { validate, asFormErrors } from '../web/pages/faults.js';
import { entered, given, number } from '../web/pages/form.js';
import { dateOf } from '../web/pages/typed/day.js';
import { page } from '../web/pages/page.js';
import { reviewDecisionIn } from '../web/pages/checking/review-decision.js';
import { timeToAnswer } from '../../policies/decision/hearing.js';
import { answerGist } from './answer-gist.js';
import { tellGist } from './tell-gist.js';
import {
  acceptLateHere,
  answerGistHere,
  tellGistHere,
  askReviewHere,
  decideReviewHere,
  directHere,
  isLate,
  nameReviewerHere,
  remitUnaskedHere,
} from './commands.js';

/** The decision with its reasons: the page is about it. */
const presented = (ctx: Ctx, file: CaseFile) => {
  const request = presentRequest(ctx, file);
  return { request, decision: 'decision' in request ? request.decision : null };
};

/** The end that a review is about, as the reader may know it; null where it is about a refusal. */
const presentedEnd = (ctx: Ctx, { row, grant }: CaseFile) => {
  if (row.status !== 'approved' || grant === null) return null;
  return { ...presentEnd(viewOf(ctx, row), grant, ctx.now()), says: endCauseSays };
};

const gistPage = page({
  ...tellGistHere.page,
  view: 'review/views/gist',
  async load(ctx, { params }) {
    const file = await readRequest(ctx, params.reference);
    const due = timeToAnswer(ctx.settings, ctx.now()).at;
    return { ...presented(ctx, file), due, bar: barOf(verdict(tellCommand, ctx, file, {})) };
  },
  form: {
    body: tellGistHere.body,
    read: (form) =>
      validate(tellGistHere.body, given({ version: number(form, 'version'), gist: entered(form, 'gist') })),
    async act(ctx, { params: { reference }, body }) {
      await asFormErrors(() => tellGist(ctx, reference, body));
      return paths.request(reference);
    },
  },
});

const gistAnswerPage = page({
  ...answerGistHere.page,
  view: 'review/views/answer-gist',
  async load(ctx, { params }) {
    const file = await readRequest(ctx, params.reference);
    const { request, decision } = presented(ctx, file);
    return {
      request,
      decision,
      hearing: 'hearing' in request ? request.hearing : null,
      bar: barOf(verdict(answerCommand, ctx, file, {})),
    };
  },
  form: {
    body: answerGistHere.body,
    read: (form) =>
      validate(answerGistHere.body, given({ version: number(form, 'version'), text: entered(form, 'text') })),
    async act(ctx, { params: { reference }, body }) {
      await asFormErrors(() => answerGist(ctx, reference, body));
      return paths.request(reference);
    },
  },
});

const askReviewPage = page({
  ...askReviewHere.page,
  view: 'review/views/ask',
  async load(ctx, { params }) {
    const file = await readRequest(ctx, params.reference);
    const since = reviewableSince(file.row);
    const due = since && timeToAsk(ctx.settings, since);
    return {
      ...presented(ctx, file),
      end: presentedEnd(ctx, file),
      what: reviewedSays(file.row),
      due,
      late: isLate(file),
      bar: barOf(verdict(askCommand, ctx, file, { late: isLate(file) })),
    };
  },
  form: {
    body: askReviewHere.body,
    read: (form) =>
      validate(
        askReviewHere.body,
        given({
          version: number(form, 'version'),
          reasons: entered(form, 'reasons'),
          late: entered(form, 'late'),
        }),
      ),
    async act(ctx, { params: { reference }, body }) {
      await asFormErrors(() => askReview(ctx, reference, body));
      return paths.request(reference);
    },
  },
});

const lateReviewPage = page({
  ...acceptLateHere.page,
  view: 'review/views/late',
  async load(ctx, { params }) {
    const file = await readRequest(ctx, params.reference);
    return {
      ...presented(ctx, file),
      end: presentedEnd(ctx, file),
      what: reviewedSays(file.row),
      bar: barOf(verdict(acceptCommand, ctx, file, {})),
    };
  },
  form: {
    body: acceptLateHere.body,
    read: (form) => validate(acceptLateHere.body, reviewDecisionIn(form)),
    async act(ctx, { params: { reference }, body: { noConflict: _declared, ...sent } }) {
      await asFormErrors(() => acceptLate(ctx, reference, sent));
      return paths.request(reference);
    },
  },
});

const remitPage = page({
  ...remitUnaskedHere.page,
  view: 'review/views/remit',
  async load(ctx, { params }) {
    const file = await readRequest(ctx, params.reference);
    const signed = file.row.signers.includes(ctx.actor.id);
    return {
      ...presented(ctx, file),
      signed,
      bar: barOf(verdict(remitCommand, ctx, file, { own: signed, by: ctx.actor.id })),
    };
  },
  form: {
    body: remitUnaskedHere.body,
    read: (form) =>
      validate(
        remitUnaskedHere.body,
        given({
          version: number(form, 'version'),
          reasons: entered(form, 'reasons'),
          ownBecause: entered(form, 'ownBecause'),
          noConflict: entered(form, 'noConflict') === 'true' ? true : undefined,
        }),
      ),
    async act(ctx, { params: { reference }, body: { noConflict: _declared, ...sent } }) {
      await asFormErrors(() => remitUnasked(ctx, reference, sent));
      return paths.request(reference);
    },
  },
});

const decideReviewPage = page({
  ...decideReviewHere.page,
  view: 'review/views/decide',
  async load(ctx, { params }) {
    const file = await readRequest(ctx, params.reference);
    return {
      ...presented(ctx, file),
      end: presentedEnd(ctx, file),
      what: reviewedSays(file.row),
      bar: barOf(verdict(decideCommand, ctx, file, {})),
    };
  },
  form: {
    body: decideReviewHere.body,
    read: (form) => validate(decideReviewHere.body, reviewDecisionIn(form)),
    check: {
      before: () => 'decide the review',
      button: () => 'Decide the review',
      lines: ({ body }) => [
        { says: 'Outcome', codes: [body.outcome] },
        { says: 'Reasons', typed: body.reasons },
        {
          says: 'Declaration',
          text: 'You have no conflict of interest in this review, and your reasons rest on need to know and never on party or politics',
        },
      ],
      done: () => 'You have decided the review',
    },
    async act(ctx, { params: { reference }, body: { noConflict: _declared, ...sent } }) {
      await asFormErrors(() => decideReview(ctx, reference, sent));
      return paths.request(reference);
    },
  },
});

const nameReviewerPage = page({
  ...nameReviewerHere.page,
  view: 'review/views/name',
  async load(ctx, { params }) {
    const { file, offices } = await readNaming(ctx, params.reference);
    return {
      ...presented(ctx, file),
      offices,
      bar: barOf(verdict(nameCommand, ctx, file, { namable: offices })),
    };
  },
  form: {
    body: nameReviewerHere.body,
    read: (form) =>
      validate(
        nameReviewerHere.body,
        given({
          version: number(form, 'version'),
          office: entered(form, 'office'),
          person: entered(form, 'person')?.trim(),
          namedBy: entered(form, 'namedBy'),
          authority: entered(form, 'authority'),
        }),
      ),
    async act(ctx, { params: { reference }, body }) {
      await asFormErrors(() => nameReviewer(ctx, reference, body));
      return paths.request(reference);
    },
  },
});

const directionPage = page({
  ...directHere.page,
  view: 'review/views/direction',
  async load(ctx, { params }) {
    const file = await readRequest(ctx, params.reference);
    return {
      ...presented(ctx, file),
      end: presentedEnd(ctx, file),
      bar: barOf(verdict(direct, ctx, file, {})),
    };
  },
  form: {
    body: directHere.body,
    anchor: (field) => (field === 'date' ? 'date-day' : field),
    read: (form) =>
      validate(
        directionForm,
        given({
          version: number(form, 'version'),
          body: entered(form, 'body'),
          date: dateOf(form, 'date'),
          minute: entered(form, 'minute'),
          effect: entered(form, 'effect'),
          givenBy: entered(form, 'givenBy'),
        }),
      ),
    async act(ctx, { params: { reference }, body: sent }) {
      await asFormErrors(() => recordDirection(ctx, reference, sent));
      return paths.request(reference);
    },
  },
});

export const reviewingPages = [
  gistPage,
  gistAnswerPage,
  askReviewPage,
  lateReviewPage,
  remitPage,
  decideReviewPage,
  nameReviewerPage,
  directionPage,
];
