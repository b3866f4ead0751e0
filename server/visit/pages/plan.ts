/** Planning a visit of a grant, and changing one. */
import { verdict } from '../../../policies/permission/permit.js';
import type { Settings } from '../../../policies/settings/settings.js';
import type { Grant } from '../../../policies/grant/grant.js';
import { longestCaseReference } from '../../../policies/settings/case-references.js';
import { planBody } from '../bodies.js';
import { paths } from '../../web/paths.js';
import { presentGrantBriefly } from '../../grant/present/grant-actions.js';
import { changeVisit } from '../change-visit.js';
import { planVisit } from '../plan-visit.js';
import { readGrant } from '../../grant/read-grant.js';
import { barOf } from '../../web/pages/bar.js';
import { validate, asFormErrors } from '../../web/pages/faults.js';
import { entered, given, type Form } from '../../web/pages/form.js';
import { dateFields, dateOf } from '../../web/pages/typed/day.js';
import { timeOf } from '../../web/pages/typed/time.js';
import { page } from '../../web/pages/page.js';
import { move, planVisit as planVisitCommand } from '../../../policies/visit/commands.js';
import { visitFor } from '../read-visit-for.js';
import { moveHere, planHere } from '../commands.js';

/** The type's rules for a plan. */
const asked = (
  settings: Settings,
  { observationType: key, window }: Pick<Grant, 'observationType' | 'window'>,
) => {
  const type = settings.type(key);
  return {
    window,
    isOfOneCase: type.tiedToCase === 'yes',
    longestCaseReference,
    caseForms: settings.choices.caseReferences.patterns,
    familyNoticeDays: type.familyNoticeDays,
    maxHours: type.maxHours,
    oneObserver: type.oneObserver,
    startsAtConference: type.startsAtConference,
  };
};

/** An empty field is sent as taken back: the page shows every part of the plan. */
const planIn = (form: Form): object =>
  validate(planBody, {
    ...given({ date: dateOf(form, 'date'), from: timeOf(form, 'from'), to: timeOf(form, 'to') }),
    caseReference: entered(form, 'caseReference')?.trim() ?? null,
    chaperone: entered(form, 'chaperone')?.trim() ?? null,
    conferenceOn: dateOf(form, 'conferenceOn') ?? null,
  });

const anchor = (field: string): string =>
  field === 'date' || field === 'conferenceOn' ? `${field}-day` : field;

const planPage = page({
  ...planHere.page,
  view: 'visit/views/plan',
  async load(ctx, { params }) {
    const grant = await readGrant(ctx, params.id);
    return {
      grant: presentGrantBriefly(ctx.settings, grant, ctx.now()),
      asked: asked(ctx.settings, grant),
      bar: barOf(verdict(planVisitCommand, ctx, grant, { now: ctx.now() })),
    };
  },
  form: {
    body: planHere.body,
    anchor,
    read: planIn,
    async act(ctx, { params, body }) {
      return paths.visit(await asFormErrors(() => planVisit(ctx, params.id, body)));
    },
  },
});

const changePage = page({
  ...moveHere.page,
  view: 'visit/views/change',
  async load(ctx, { params }) {
    const { file, head } = await visitFor(ctx, params.id, move);
    const { visit, grant } = file;
    return {
      ...head,
      asked: asked(ctx.settings, grant),
      values: {
        ...dateFields('date', visit.date),
        ...dateFields('conferenceOn', visit.conferenceOn ?? undefined),
        from: visit.from,
        to: visit.to,
        caseReference: visit.caseReference ?? '',
        chaperone: visit.chaperone ?? '',
      },
    };
  },
  form: {
    // Sends the whole plan: an emptied field must not stay as it was.
    body: planBody,
    anchor,
    read: planIn,
    async act(ctx, { params, body }) {
      return paths.visit(await asFormErrors(() => changeVisit(ctx, params.id, body)));
    },
  },
});

export const planPages = [planPage, changePage];
