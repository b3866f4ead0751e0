/** Carrying out an order: the arrangements alone are settled. */
import { categories } from '../../../policies/core/category.js';
import { inDays } from '../../../policies/core/words/in-days.js';
import { carryOut } from '../../../policies/decision/commands.js';
import { verdict } from '../../../policies/permission/permit.js';
import { presentRequest } from '../../request/present/request.js';
import { readRequest } from '../../request/read-request.js';
import { barOf } from '../../web/pages/bar.js';
import { asFormErrors, validate } from '../../web/pages/faults.js';
import { chosen, entered, given, number } from '../../web/pages/form.js';
import { page } from '../../web/pages/page.js';
import { dateFields, dateOf } from '../../web/pages/typed/day.js';
import { paths } from '../../web/paths.js';
import { carryOutOrder, orderOf } from '../carry-out-order.js';
import { carryOutHere } from '../commands.js';
import { conditionChoices, conditionsOn } from './condition-rows.js';
import { conditionLines, signedFieldNames } from './signed-on-form.js';

export const carryOutPage = page({
  ...carryOutHere.page,
  view: 'decision/views/carry-out',
  async load(ctx, { params }) {
    const file = await readRequest(ctx, params.reference);
    const { row } = file;
    const { window } = row.content;
    const order = orderOf(file);
    return {
      request: presentRequest(ctx, file),
      order: order && { body: order.body, date: order.date, minute: order.minute },
      bar: barOf(verdict(carryOut, ctx, file, { office: 'legal' })),
      categories,
      conditions: conditionChoices,
      values: { ...dateFields('from', window?.from), ...dateFields('to', window?.to) },
    };
  },
  form: {
    body: carryOutHere.body,
    anchor: (field) => (field === 'from' || field === 'to' ? `${field}-day` : field),
    read: (form) =>
      validate(
        carryOutHere.body,
        given({
          version: number(form, 'version'),
          ...conditionsOn(form),
          categories: chosen(form, 'categories'),
          from: dateOf(form, 'from'),
          to: dateOf(form, 'to'),
          noConflict: entered(form, 'noConflict') === 'true' ? true : undefined,
        }),
        signedFieldNames(form),
      ),
    check: {
      before: () => 'carry out the order',
      button: () => 'Carry out the order',
      lines: ({ body }) => [
        { says: 'First day', text: body.from && inDays(body.from) },
        { says: 'Last day', text: body.to && inDays(body.to) },
        { says: 'What may be exposed at most', codes: body.categories },
        ...conditionLines(body.conditions),
        { says: 'Declaration', text: 'You have no conflict of interest in this request' },
      ],
      done: () => 'You have carried out the order',
    },
    async act(ctx, { params: { reference: ref }, body: { noConflict: _declared, ...sent }, form }) {
      await asFormErrors(() => carryOutOrder(ctx, ref, sent), signedFieldNames(form));
      return paths.notice(ref);
    },
  },
});
