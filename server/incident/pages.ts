/** Incidents: the list, one of them with the grants it froze, reporting one, and closing it. */
import { z } from 'zod';
import { authoriseAny, givesAny, isOpen, verdict } from '../../policies/permission/permit.js';
import {
  addCase as add,
  answerAllegation as answer,
  assessBreach as assess,
  close,
  report,
  tellAllegation as tell,
} from '../../policies/incident/commands.js';
import { timeToAnswer } from '../../policies/decision/hearing.js';
import { incidentViewOf } from '../../policies/permission/offices/view.js';
import { namesCases } from '../../policies/disclosure/disclosed.js';
import { categories, exposures } from '../../policies/core/category.js';
import { causes } from '../../policies/core/cause.js';
import { breachRisks, timeToReport } from '../../policies/incident/breach.js';
import { incidentKinds } from '../../policies/incident/incident.js';
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { grantParams } from '../grant/bodies.js';
import { reference, uuid } from '../web/schema/schemas.js';
import { incidentAbout, nobodyBut } from './follows/incident.js';
import type { Ctx } from '../case/ctx.js';
import { listNames } from '../register/list-names.js';
import { paths } from '../web/paths.js';
import { presentIncident, presentIncidentLine } from './present.js';
import { addCase } from './add-case.js';
import { answerAllegation } from './answer-allegation.js';
import { assessBreach } from './assess-breach.js';
import { tellAllegation } from './tell-allegation.js';
import { closeIncident } from './close-incident.js';
import { listIncidents } from './list-incidents.js';
import { readIncident } from './read-incident.js';
import { reportIncident } from './report-incident.js';
import { barOf } from '../web/pages/bar.js';
import { validate, asFormErrors, type FieldNames } from '../web/pages/faults.js';
import { chosen, entered, given, type Form } from '../web/pages/form.js';
import { dateOf } from '../web/pages/typed/day.js';
import { momentOf } from '../web/pages/typed/moment.js';
import { timeOf } from '../web/pages/typed/time.js';
import { page } from '../web/pages/page.js';
import { addCaseHere, answerHere, assessHere, closeHere, reportHere, tellHere } from './commands.js';

const perPage = 25;
/** The most that a list of choices can hold; for other people use a request's reference. */
const mostCouncillors = 200;

/** Whether they may report of a councillor who was there without any grant. */
const mayNameCouncillor = (ctx: Ctx): boolean => isOpen(report, ctx, incidentAbout(nobodyBut('')), {});

const listPage = page({
  path: paths.incidents,
  params: z.strictObject({}),
  view: 'incident/views/list',
  async load(ctx, { query }) {
    const { cursor } = query;
    const before = seqIn(cursor);
    const { items, last } = await listIncidents(ctx, { limit: perPage, before });
    return {
      incidents: items.map((incident) => presentIncidentLine(ctx, incident)),
      isCouncillor: ctx.actor.councillorId !== null,
      mayReport: givesAny(report, ctx),
      next: last ? `${paths.incidents}?cursor=${encodeCursor([last.seq])}` : null,
      first: cursor === undefined ? null : paths.incidents,
    };
  },
});

const incidentPage = page({
  path: paths.incident(':id') as `/${string}`,
  params: grantParams,
  view: 'incident/views/show',
  async load(ctx, { params }) {
    const file = await readIncident(ctx, params.id);
    return { incident: presentIncident(ctx, file), view: incidentViewOf(ctx, file.incident) };
  },
});

const closePage = page({
  ...closeHere.page,
  view: 'incident/views/close',
  async load(ctx, { params }) {
    const file = await readIncident(ctx, params.id);
    return {
      incident: presentIncident(ctx, file),
      bar: barOf(verdict(close, ctx, file.incident, {})),
    };
  },
  form: {
    body: closeHere.body,
    read: (form) => validate(closeHere.body, given({ reasons: entered(form, 'reasons') })),
    async act(ctx, { params, body }) {
      return paths.incident(await asFormErrors(() => closeIncident(ctx, params.id, body.reasons)));
    },
  },
});

const addCasePage = page({
  ...addCaseHere.page,
  view: 'incident/views/add-case',
  async load(ctx, { params }) {
    const file = await readIncident(ctx, params.id);
    return { incident: presentIncident(ctx, file), bar: barOf(verdict(add, ctx, file.incident, {})) };
  },
  form: {
    body: addCaseHere.body,
    read: (form) =>
      validate(addCaseHere.body, given({ caseReference: entered(form, 'caseReference')?.trim() })),
    async act(ctx, { params, body }) {
      return paths.incident(await asFormErrors(() => addCase(ctx, params.id, body.caseReference)));
    },
  },
});

const tellPage = page({
  ...tellHere.page,
  view: 'incident/views/tell',
  async load(ctx, { params }) {
    const file = await readIncident(ctx, params.id);
    return {
      incident: presentIncident(ctx, file),
      due: timeToAnswer(ctx.settings, ctx.now()).at,
      bar: barOf(verdict(tell, ctx, file.incident, {})),
    };
  },
  form: {
    body: tellHere.body,
    read: (form) => validate(tellHere.body, given({ gist: entered(form, 'gist') })),
    async act(ctx, { params, body }) {
      return paths.incident(await asFormErrors(() => tellAllegation(ctx, params.id, body.gist)));
    },
  },
});

const answerPage = page({
  ...answerHere.page,
  view: 'incident/views/answer',
  async load(ctx, { params }) {
    const file = await readIncident(ctx, params.id);
    return { incident: presentIncident(ctx, file), bar: barOf(verdict(answer, ctx, file.incident, {})) };
  },
  form: {
    body: answerHere.body,
    read: (form) => validate(answerHere.body, given({ text: entered(form, 'text') })),
    async act(ctx, { params, body }) {
      return paths.incident(await asFormErrors(() => answerAllegation(ctx, params.id, body.text)));
    },
  },
});

/** A choice of yes or no; undefined where nothing was chosen. */
const yesIn = (form: Form, field: string): boolean | undefined => {
  const typed = entered(form, field);
  return typed === undefined ? undefined : typed === 'yes';
};

const assessmentFieldNames: FieldNames = {
  named: (field) => ({ awareAt: 'awareOn', reportedAt: 'reportedOn' })[field] ?? field,
};

const assessPage = page({
  ...assessHere.page,
  view: 'incident/views/assess',
  async load(ctx, { params }) {
    const file = await readIncident(ctx, params.id);
    return {
      incident: presentIncident(ctx, file),
      bar: barOf(verdict(assess, ctx, file.incident, {})),
      risks: breachRisks,
      timeToReport,
    };
  },
  form: {
    body: assessHere.body,
    read: (form) =>
      validate(
        assessHere.body,
        given({
          exposed: yesIn(form, 'exposed'),
          risk: entered(form, 'risk'),
          reportable: yesIn(form, 'reportable'),
          reasons: entered(form, 'reasons'),
          awareAt: momentOf(form, 'awareOn', 'awareTime'),
          reportedAt: momentOf(form, 'reportedOn', 'reportedTime'),
          commissionerReference: entered(form, 'commissionerReference')?.trim(),
          delay: entered(form, 'delay'),
          subjectsTold: yesIn(form, 'subjectsTold'),
          told: entered(form, 'told'),
        }),
        assessmentFieldNames,
      ),
    async act(ctx, { params, body }) {
      return paths.incident(
        await asFormErrors(() => assessBreach(ctx, params.id, body), assessmentFieldNames),
      );
    },
    anchor: (field) => (field === 'awareOn' || field === 'reportedOn' ? `${field}-day` : field),
  },
});

/** What the address of the page says the report is about: an id or a reference, or nothing. */
const aboutIn = (query: Readonly<Record<string, string>>) => {
  const of = (name: string, schema: z.ZodType<string>) => {
    const found = schema.safeParse(query[name]);
    return found.success ? found.data : undefined;
  };
  return given({
    visit: of('visit', uuid),
    ...(query['visit'] === undefined ? { grant: of('grant', uuid) } : {}),
    ...(query['visit'] === undefined && query['grant'] === undefined
      ? { reference: of('reference', reference) }
      : {}),
  }) as Readonly<Partial<Record<'visit' | 'grant' | 'reference', string>>>;
};

/** Until when the councillor had something; if only half of the moment is given, ask for the other half. */
const untilIn = (form: Form): string | undefined =>
  momentOf(form, 'untilOn', 'untilTime') ??
  ((dateOf(form, 'untilOn') ?? timeOf(form, 'untilTime')) ? '' : undefined);

/** The disclosure without any visit, if any of its fields was filled in. */
const disclosedIn = (form: Form) => {
  const found = chosen(form, 'categories');
  return {
    caseReference: entered(form, 'caseReference')?.trim(),
    categories: found.length > 0 ? found : undefined,
    until: untilIn(form),
  };
};

const reportFieldNames = (canName: boolean): FieldNames => ({
  named: (field) =>
    field === 'happenedAt'
      ? 'happenedOn'
      : field === 'awareAt'
        ? 'awareOn'
        : field === 'until'
          ? 'untilOn'
          : field === 'councillor' && !canName
            ? 'reference'
            : field,
});

const newPage = page({
  ...reportHere.page,
  view: 'incident/views/new',
  async load(ctx, { query }) {
    authoriseAny(report, ctx);
    const canName = mayNameCouncillor(ctx);
    return {
      about: aboutIn(query),
      kinds: incidentKinds,
      causes,
      categories,
      exposures,
      mayNameCase: namesCases(ctx.actor, { hostId: null }),
      caseForms: ctx.settings.choices.caseReferences.patterns,
      councillors: canName ? await listNames(ctx, mostCouncillors) : null,
    };
  },
  form: {
    body: reportHere.body,
    read: (form, { query }) => {
      const about = aboutIn(query);
      const typed = {
        reference: entered(form, 'reference')?.trim().toUpperCase(),
        councillor: entered(form, 'councillor'),
      };
      return validate(
        reportHere.body,
        given({
          what: entered(form, 'what'),
          causedBy: entered(form, 'causedBy'),
          text: entered(form, 'text'),
          happenedAt: momentOf(form, 'happenedOn', 'time'),
          awareAt: momentOf(form, 'awareOn', 'awareTime'),
          exposed: entered(form, 'exposed'),
          ...disclosedIn(form),
          ...(Object.keys(about).length > 0 ? about : typed),
        }),
        reportFieldNames(entered(form, 'listed') !== undefined),
      );
    },
    async act(ctx, { body, form }) {
      return paths.incident(
        await asFormErrors(
          () => reportIncident(ctx, body),
          reportFieldNames(entered(form, 'listed') !== undefined),
        ),
      );
    },
    anchor: (field) => (['happenedOn', 'awareOn', 'untilOn'].includes(field) ? `${field}-day` : field),
  },
});

// `new` before the incident of that id.
export const incidentPages = [
  listPage,
  newPage,
  addCasePage,
  tellPage,
  answerPage,
  assessPage,
  closePage,
  incidentPage,
];
