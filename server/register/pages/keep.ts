/** The forms that the register is kept by: one act a page. */
import { z } from 'zod';
import { asked } from '../../web/schema/field-words.js';
import { authoriseTo } from '../../../policies/permission/permit.js';
import { keepRegister } from '../../../policies/register/commands.js';
import { NotFound } from '../../../policies/core/refusals.js';
import { trainingKept } from '../../../policies/register/register-keeping.js';
import { appointmentKinds, standings } from '../../../policies/register/member.js';
import { councillorBody, goneBody } from '../bodies.js';
import { date } from '../../web/schema/schemas.js';
import { atLondonTime, londonDate } from '../../../policies/core/time/london.js';
import type { Ctx } from '../../case/ctx.js';
import { addCouncillor } from '../add-councillor.js';
import { changeCouncillor } from '../change-councillor.js';
import { confirmGone } from '../confirm-gone.js';
import { endAppointment } from '../end-appointment.js';
import { recordAppointment } from '../record-appointment.js';
import { recordTraining } from '../record-training.js';
import { validate, asFormErrors, type FieldNames } from '../../web/pages/faults.js';
import { entered, given, type Form } from '../../web/pages/form.js';
import { dateFields, dateOf } from '../../web/pages/typed/day.js';
import { page } from '../../web/pages/page.js';
import { byId, entryOf, recorded } from './read.js';
import { addHere, appointHere, changeHere, endAppointmentHere, goneHere, trainHere } from '../commands.js';

/** An entry that this person keeps. @throws NotFound, Forbidden */
const keptEntry = async (ctx: Ctx, id: string) => {
  const councillor = await entryOf(ctx, id);
  authoriseTo(keepRegister, ctx, { kind: 'Register' });
  return councillor;
};

const dates = ['term.from', 'term.to', 'from', 'to', 'completed', 'expires', 'on', 'poll', 'declaredOn'];
const toFirstField = (field: string): string => (dates.includes(field) ? `${field}-day` : field);

const memberFieldNames: FieldNames = {
  named: (field) => (field === 'term' ? 'term.from' : field),
};

const termOf = (form: Form) => given({ from: dateOf(form, 'term.from'), to: dateOf(form, 'term.to') });

const newPage = page({
  ...addHere.page,
  view: 'register/views/new',
  async load(ctx) {
    authoriseTo(keepRegister, ctx, { kind: 'Register' });
    return { standings };
  },
  form: {
    body: addHere.body,
    anchor: toFirstField,
    read: (form) =>
      validate(
        addHere.body,
        given({
          name: entered(form, 'name')?.trim(),
          ward: entered(form, 'ward')?.trim(),
          standing: entered(form, 'standing'),
          term: termOf(form),
          email: entered(form, 'email')?.trim(),
        }),
        memberFieldNames,
      ),
    async act(ctx, { body }) {
      const id = await asFormErrors(() => addCouncillor(ctx, body), memberFieldNames);
      return recorded(id, 'added');
    },
  },
});

const changePage = page({
  ...changeHere.page,
  view: 'register/views/change',
  async load(ctx, { params }) {
    const councillor = await keptEntry(ctx, params.id);
    return {
      councillor,
      standings,
      values: {
        name: councillor.name,
        ward: councillor.ward ?? '',
        standing: councillor.standing,
        ...dateFields('term.from', councillor.term.from),
        ...dateFields('term.to', councillor.term.to ?? undefined),
      },
    };
  },
  form: {
    body: changeHere.body,
    anchor: toFirstField,
    read: (form) =>
      validate(
        // The page sends the whole entry: an empty field is missing, except the ward and the last day.
        councillorBody.required({ name: true, standing: true, term: true }),
        given({
          name: entered(form, 'name')?.trim(),
          ward: entered(form, 'ward')?.trim() ?? null,
          standing: entered(form, 'standing'),
          term: termOf(form),
          email: entered(form, 'email')?.trim(),
        }),
        memberFieldNames,
      ),
    async act(ctx, { params, body }) {
      const id = await asFormErrors(() => changeCouncillor(ctx, params.id, body), memberFieldNames);
      return recorded(id, 'changed');
    },
  },
});

/** A result is declared at a time of a day; people enter the two apart. */
const defeatBody = z.strictObject({
  poll: asked(date, 'Day of the poll'),
  declaredOn: asked(date, 'Day of the result', { missing: 'Enter the day on which the result was declared' }),
  declaredAt: asked(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/), 'Time of the result', {
    missing: 'Enter the time at which the result was declared',
    wrong: 'Time of the result must be a time, such as 03:15',
  }),
});

const defeatFieldNames: FieldNames = {
  named: (field) =>
    ({ defeat: 'poll', 'defeat.poll': 'poll', 'defeat.declaredAt': 'declaredOn' })[field] ?? field,
};

const defeatPage = page({
  path: '/councillors/:id/defeat',
  params: byId,
  view: 'register/views/defeat',
  load: async (ctx, { params }) => ({ councillor: await keptEntry(ctx, params.id) }),
  form: {
    body: defeatBody,
    anchor: toFirstField,
    read: (form) =>
      validate(
        defeatBody,
        given({
          poll: dateOf(form, 'poll'),
          declaredOn: dateOf(form, 'declaredOn'),
          declaredAt: entered(form, 'declaredAt')?.trim(),
        }),
        defeatFieldNames,
      ),
    async act(ctx, { params, body: { poll, declaredOn, declaredAt } }) {
      const defeat = { poll, declaredAt: atLondonTime(declaredOn, declaredAt) };
      const id = await asFormErrors(() => changeCouncillor(ctx, params.id, { defeat }), defeatFieldNames);
      return recorded(id, 'defeat');
    },
  },
});

const appointPage = page({
  ...appointHere.page,
  view: 'register/views/appoint',
  load: async (ctx, { params }) => ({
    councillor: await keptEntry(ctx, params.id),
    kinds: appointmentKinds,
  }),
  form: {
    body: appointHere.body,
    anchor: toFirstField,
    read: (form) =>
      validate(
        appointHere.body,
        given({
          title: entered(form, 'title')?.trim(),
          kind: entered(form, 'kind'),
          from: dateOf(form, 'from'),
          to: dateOf(form, 'to'),
        }),
      ),
    async act(ctx, { params, body }) {
      const id = await asFormErrors(() => recordAppointment(ctx, params.id, body));
      return recorded(id, 'appointed');
    },
  },
});

const endPage = page({
  ...endAppointmentHere.page,
  view: 'register/views/end-appointment',
  async load(ctx, { params }) {
    const councillor = await keptEntry(ctx, params.id);
    const appointment = councillor.appointments.find(({ id }) => id === params.appointment.toLowerCase());
    if (!appointment) throw new NotFound();
    return { councillor, appointment, values: dateFields('to', appointment.to ?? undefined) };
  },
  form: {
    body: endAppointmentHere.body,
    anchor: toFirstField,
    read: (form) => validate(endAppointmentHere.body, given({ to: dateOf(form, 'to') })),
    async act(ctx, { params: { id: councillor, appointment }, body }) {
      const id = await asFormErrors(() => endAppointment(ctx, councillor, appointment, body.to));
      return recorded(id, 'ended');
    },
  },
});

const trainPage = page({
  ...trainHere.page,
  view: 'register/views/train',
  load: async (ctx, { params }) => ({ councillor: await keptEntry(ctx, params.id), kinds: trainingKept }),
  form: {
    body: trainHere.body,
    anchor: toFirstField,
    read: (form) =>
      validate(
        trainHere.body,
        given({
          kind: entered(form, 'kind'),
          completed: dateOf(form, 'completed'),
          expires: dateOf(form, 'expires'),
        }),
      ),
    async act(ctx, { params, body }) {
      const id = await asFormErrors(() => recordTraining(ctx, params.id, body));
      return recorded(id, 'trained');
    },
  },
});

const gonePage = page({
  ...goneHere.page,
  view: 'register/views/gone',
  async load(ctx, { params }) {
    const councillor = await keptEntry(ctx, params.id);
    return { councillor, values: dateFields('on', londonDate(ctx.now())) };
  },
  form: {
    // Everything ends with it, so ask here for the day that the API would take as today.
    body: goneBody.required(),
    anchor: toFirstField,
    read: (form) => validate(goneBody.required(), given({ on: dateOf(form, 'on') })),
    async act(ctx, { params, body }) {
      const id = await asFormErrors(() => confirmGone(ctx, params.id, body.on));
      return recorded(id, 'gone');
    },
  },
});

/** Before the page of one entry: `new` is no id. */
export const newPages = [newPage];
export const keepingPages = [changePage, defeatPage, appointPage, endPage, trainPage, gonePage];
