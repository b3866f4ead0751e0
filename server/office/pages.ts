/** Offices on pages: given once they are checked, confirmed, ended. */
import { z } from 'zod';
import { verdict } from '../../policies/permission/permit.js';
import { offices } from '../../policies/core/office.js';
import { givenCapacities } from '../../policies/office/office-held.js';
import { londonDate } from '../../policies/core/time/london.js';
import { inDays } from '../../policies/core/words/in-days.js';
import { inWords } from '../web/pages/words.js';
import { barOf } from '../web/pages/bar.js';
import { asFormErrors, validate } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';
import { dateFields, dateOf } from '../web/pages/typed/day.js';
import { paths } from '../web/paths.js';
import { presentPerson } from '../people/present.js';
import { readPerson } from '../people/read-person.js';
import type { Ctx } from '../case/ctx.js';
import { confirmOfficeHere, endOfficeHere, giveOfficeHere } from './commands.js';
import { confirmOffice } from './confirm-office.js';
import { endOffice } from './end-office.js';
import { giveOffice } from './give-office.js';
import { officeOf } from './holding-file.js';

const toFirstField = (field: string): string => (field === 'from' || field === 'to' ? `${field}-day` : field);
const nothing = z.strictObject({});

const givePage = page({
  ...giveOfficeHere.page,
  view: 'office/views/give',
  async load(ctx, { params }) {
    const person = await readPerson(ctx, params.id);
    return {
      person: presentPerson(ctx, person),
      bar: barOf(verdict(giveOfficeHere.command, ctx, person, { by: ctx.actor.id })),
      offices: offices.filter((office) => office !== 'councillor'),
      capacities: givenCapacities,
      values: dateFields('from', londonDate(ctx.now())),
    };
  },
  form: {
    body: giveOfficeHere.body,
    anchor: toFirstField,
    read: (form) =>
      validate(
        giveOfficeHere.body,
        given({
          office: entered(form, 'office'),
          capacity: entered(form, 'capacity'),
          head: entered(form, 'head') === 'true' ? true : undefined,
          from: dateOf(form, 'from'),
          to: dateOf(form, 'to'),
          authority: entered(form, 'authority'),
        }),
      ),
    check: {
      before: () => 'give the office',
      button: () => 'Give the office',
      lines: ({ body: { office, capacity, head, from, to, authority } }) => [
        { says: 'Office', codes: [office] },
        { says: 'Capacity', text: `${inWords(capacity)}${head === true ? ', head of the office' : ''}` },
        { says: 'First day', text: inDays(from) },
        { says: 'Last day', text: to === undefined ? 'No end set' : inDays(to) },
        { says: 'Delegation', typed: authority },
        { says: 'From when it counts', text: 'Once a second person has confirmed it' },
      ],
      done: () => 'The office waits for a second person',
    },
    async act(ctx, { params, body }) {
      await asFormErrors(() => giveOffice(ctx, params.id, body));
      return `${paths.person(params.id)}?done=given`;
    },
  },
});

const officeFile = async (ctx: Ctx, params: { readonly id: string; readonly holding: string }) => {
  const person = await readPerson(ctx, params.id);
  const office = officeOf(person, params.holding);
  const shown = presentPerson(ctx, person);
  return { office, shown, model: { person: shown, held: shown.offices.find(({ id }) => id === office.id) } };
};

const confirmPage = page({
  ...confirmOfficeHere.page,
  view: 'office/views/confirm',
  async load(ctx, { params }) {
    const { office, model } = await officeFile(ctx, params);
    const asked = { by: ctx.actor.id, today: londonDate(ctx.now()) };
    return { ...model, bar: barOf(verdict(confirmOfficeHere.command, ctx, office, asked)) };
  },
  form: {
    body: nothing,
    read: () => ({}),
    async act(ctx, { params }) {
      await asFormErrors(() => confirmOffice(ctx, params));
      return `${paths.person(params.id)}?done=confirmed`;
    },
  },
});

const endPage = page({
  ...endOfficeHere.page,
  view: 'office/views/end',
  async load(ctx, { params }) {
    const { office, model } = await officeFile(ctx, params);
    const today = londonDate(ctx.now());
    const bar = barOf(verdict(endOfficeHere.command, ctx, office, { by: ctx.actor.id, today }));
    return { ...model, bar, values: dateFields('to', today) };
  },
  form: {
    body: endOfficeHere.body,
    anchor: toFirstField,
    read: (form) => validate(endOfficeHere.body, given({ to: dateOf(form, 'to') })),
    async act(ctx, { params, body }) {
      await asFormErrors(() => endOffice(ctx, params, body.to));
      return `${paths.person(params.id)}?done=ended`;
    },
  },
});

export const officePages = [givePage, confirmPage, endPage];
