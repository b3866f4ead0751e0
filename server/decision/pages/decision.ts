/** Legal's decision, last. */
import { refusalOf, verdict } from '../../../policies/permission/permit.js';
import { decide } from '../../../policies/decision/commands.js';
import { approves, refuses } from '../../../policies/request/live-seat.js';
import { londonDate } from '../../../policies/core/time/london.js';
import { grounds } from '../../../policies/core/grounds.js';
import { categories } from '../../../policies/core/category.js';
import type { decisionBody } from '../bodies.js';
import type { Ctx } from '../../case/ctx.js';
import { paths } from '../../web/paths.js';
import { decideRequest } from '../decide-request.js';
import type { CaseFile } from '../../../policies/case/case-file.js';
import { readRequest } from '../../request/read-request.js';
import { chosen, given } from '../../web/pages/form.js';
import { dateFields, dateOf } from '../../web/pages/typed/day.js';
import { page } from '../../web/pages/page.js';
import { barOf } from '../../web/pages/bar.js';
import { assertNoConditions, conditionChoices } from './condition-rows.js';
import { approvalLines, signedLines, signedOn, signedFieldNames } from './signed-on-form.js';
import { validate, asFormErrors } from '../../web/pages/faults.js';
import { presentStanding } from './standing.js';
import { decideHere } from '../commands.js';

/** Why nothing can be decided; else why it cannot be approved, and why it cannot be refused: null where it can. */
const barsTo = (ctx: Ctx, file: CaseFile) => {
  const to = (outcome: 'approve' | 'refuse') => verdict(decide, ctx, file, { office: 'legal', outcome });
  const bars = { approve: barOf(to('approve')), refuse: barOf(to('refuse')) };
  const refusal = refusalOf(to('refuse'));
  return { bars, bar: refusal && refusal.from !== 'state' ? bars.refuse : null };
};

/** The days that the form offers at first: the part of the requested window that is left. */
const windowLeft = (ctx: Ctx, { row }: CaseFile) => {
  const { window } = row.content;
  const today = londonDate(ctx.now());
  return window && { from: window.from > today ? window.from : today, to: window.to };
};

export const decidePage = page({
  ...decideHere.page,
  view: 'decision/views/decide',
  async load(ctx, { params }) {
    const file = await readRequest(ctx, params.reference);
    const left = windowLeft(ctx, file);
    return {
      ...barsTo(ctx, file),
      ...presentStanding(ctx, file),
      grounds,
      ticked: file.assessment?.test.grounds ?? [],
      categories,
      conditions: conditionChoices,
      left,
      values: { ...dateFields('from', left?.from), ...dateFields('to', left?.to) },
    };
  },
  form: {
    body: decideHere.body,
    anchor: (field) => (field === 'from' || field === 'to' ? `${field}-day` : field),
    read(form) {
      const signed = signedOn(form);
      const approval = approves(signed);
      if (refuses(signed)) assertNoConditions(form, 'A refusal has no conditions. Leave this empty.');
      const body = given({
        ...signed,
        // Filled in beforehand, and of no meaning to a refusal.
        categories: approval ? chosen(form, 'categories') : undefined,
        from: approval ? dateOf(form, 'from') : undefined,
        to: approval ? dateOf(form, 'to') : undefined,
      } satisfies Readonly<Record<keyof typeof decisionBody.shape, unknown>>);
      return validate(decideHere.body, body, signedFieldNames(form));
    },
    check: {
      before: () => 'decide for Legal',
      button: ({ body }) => (approves(body) ? 'Approve' : 'Refuse'),
      lines: ({ body }) =>
        approves(body) ? signedLines('Approve', body, approvalLines(body)) : signedLines('Refuse', body),
      done: ({ body }) => (approves(body) ? 'You have approved the request' : 'You have refused the request'),
    },
    async act(ctx, { params: { reference: ref }, body: { noConflict: _declared, ...sent }, form }) {
      await asFormErrors(() => decideRequest(ctx, ref, sent), signedFieldNames(form));
      return paths.notice(ref);
    },
  },
});
