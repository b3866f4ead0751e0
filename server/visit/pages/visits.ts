/** The list of visits, a grant, one visit, and calling one off. */
import { z } from 'zod';
import { isOverdue } from '../../../policies/core/time/deadlines.js';
import { londonDate } from '../../../policies/core/time/london.js';
import { endCauseSays } from '../../../policies/grant/end-causes.js';
import { viewOf } from '../../../policies/permission/offices/view.js';
import type { Settings } from '../../../policies/settings/settings.js';
import { visitTurn } from '../../../policies/visit/visit-turn.js';
import { decodeCursor, encodeCursor } from '../../web/api/cursor.js';
import { date } from '../../web/schema/schemas.js';
import { byId } from '../bodies.js';
import type { VisitFile } from '../visit-file.js';
import type { Ctx } from '../../case/ctx.js';
import { paths } from '../../web/paths.js';
import { presentGrantActions } from '../../grant/present/grant-actions.js';
import { presentGrant } from '../../grant/present/grant.js';
import { presentPlanning, presentVisitActions } from '../present/visit-actions.js';
import type { VisitCheck } from '../../../policies/visit/visit.js';
import { answersFor } from '../present/answers-for.js';
import { presentVisit } from '../present/visit.js';
import { cancelVisit } from '../cancel-visit.js';
import { listVisits } from '../list-visits.js';
import { readGrant } from '../../grant/read-grant.js';
import { readVisit } from '../read-visit.js';
import { answerInWords, barsInWords } from '../../need-to-know/present/answer-words.js';
import { asFormErrors } from '../../web/pages/faults.js';
import { page } from '../../web/pages/page.js';
import { attendancePages } from './attendance.js';
import { checkPage } from './check.js';
import { cancel } from '../../../policies/visit/commands.js';
import { visitFor } from '../read-visit-for.js';
import { planPages } from './plan.js';
import { cancelHere } from '../commands.js';

const perPage = 25;
const cursors = z.tuple([date, z.int().min(0)]);

/** What a visit waits for, and whether that is late. */
const turnOf = (settings: Settings, { visit, questions }: VisitFile, now: Date) => {
  const turn = visitTurn(visit, questions, now, settings);
  if (turn === null) return null;
  const at = turn.what === 'take_place' ? null : turn.due;
  return {
    ...turn,
    overdue: isOverdue({ at }, now),
  };
};

/** What waits for this reader to do it; the visit's own page also shows what is merely possible. */
const toDo = (
  { id, date: day, status, can, checks = [], questions }: ReturnType<typeof presentVisit>,
  today: string,
  answers: (question: VisitCheck) => boolean,
): { readonly text: string; readonly href: string }[] => {
  const open = can.includes('check')
    ? checks.filter(({ question, result }) => result !== 'satisfied' && answers(question)).length
    : 0;
  return [
    ...(open > 0
      ? [{ text: open === 1 ? 'One check is open' : `${open} checks are open`, href: paths.visit(id) }]
      : []),
    ...(can.includes('record_attendance') && status === 'planned' && day <= today
      ? [{ text: 'Record what happened', href: paths.attendance(id) }]
      : []),
    ...(can.includes('confirm') ? [{ text: 'Say whether you agree', href: paths.confirm(id) }] : []),
    ...questions
      .filter((question) => question.can.includes('respond'))
      .map((question) => ({ text: `Answer the ${question.kind}`, href: paths.respond(question.id) })),
  ];
};

const listPage = page({
  path: paths.visits,
  params: z.strictObject({}),
  view: 'visit/views/list',
  async load(ctx, { query }) {
    const { cursor } = query;
    const keys = cursor === undefined ? undefined : decodeCursor(cursor, cursors);
    const { items, last } = await listVisits(ctx, {
      limit: perPage,
      after: keys && { date: keys[0], seq: keys[1] },
    });
    return {
      visits: items.map((file) => {
        const visit = presentVisit(ctx, file, ctx.now());
        return {
          ...visit,
          turn: turnOf(ctx.settings, file, ctx.now()),
          toDo: toDo(visit, londonDate(ctx.now()), (question) => answersFor(ctx, file.visit, question)),
        };
      }),
      isCouncillor: ctx.actor.councillorId !== null,
      next: last ? `${paths.visits}?cursor=${encodeCursor([last.date, last.seq])}` : null,
      first: cursor === undefined ? null : paths.visits,
    };
  },
});

const grantPage = page({
  path: paths.grant(':id') as `/${string}`,
  params: byId,
  view: 'grant/views/show',
  async load(ctx, { params }) {
    const grant = await readGrant(ctx, params.id);
    const presented = presentGrant(ctx, grant, ctx.now());
    return {
      grant: presented,
      view: viewOf(ctx, grant),
      says: endCauseSays,
      actions: [...presentPlanning(ctx, grant), ...presentGrantActions(ctx, grant)],
    };
  },
});

/** The checks in words, each with the address at which it is answered where this person may answer it. */
const checksOf = (ctx: Ctx, { id, checks, can }: ReturnType<typeof presentVisit>, { visit }: VisitFile) =>
  checks?.map((check) => {
    const answers = (question: VisitCheck) => answersFor(ctx, visit, question);
    const given = visit.checks[check.question];
    return {
      ...check,
      said: given ? answerInWords(check.question, given, 'visit') : null,
      reportedSays: check.reported && barsInWords(check.reported),
      reports: check.question === 'legal_bars' && !answers(check.question),
      href:
        can.includes('check') && (check.question === 'legal_bars' || answers(check.question))
          ? paths.checkVisit(id, check.question)
          : null,
    };
  });

const visitPage = page({
  path: paths.visit(':id') as `/${string}`,
  params: byId,
  view: 'visit/views/show',
  async load(ctx, { params }) {
    const file = await readVisit(ctx, params.id);
    const visit = presentVisit(ctx, file, ctx.now());
    return {
      visit: { ...visit, checks: checksOf(ctx, visit, file) },
      view: viewOf(ctx, file.visit),
      turn: turnOf(ctx.settings, file, ctx.now()),
      actions: presentVisitActions(ctx, file.visit),
      offices: ctx.actor.holdings.map(({ office }) => office),
    };
  },
});

const cancelPage = page({
  ...cancelHere.page,
  view: 'visit/views/cancel',
  load: async (ctx, { params }) => (await visitFor(ctx, params.id, cancel)).head,
  form: {
    body: z.strictObject({}),
    read: () => ({}),
    act: async (ctx: Ctx, { params }) => paths.visit(await asFormErrors(() => cancelVisit(ctx, params.id))),
  },
});

export const visitPages = [
  listPage,
  grantPage,
  ...planPages,
  visitPage,
  cancelPage,
  checkPage,
  ...attendancePages,
];
