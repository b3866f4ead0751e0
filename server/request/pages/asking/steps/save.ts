import type { z } from 'zod';
import { Cautioned, Conflict, Invalid, type FieldError } from '../../../../../policies/core/refusals.js';
import { screenAll } from '../../../../../policies/core/words/screening.js';
import type { RequestContent } from '../../../../../policies/request/request.js';
import { requestRoutes } from '../../../api.js';
import { shape } from '../../../../web/schema/shape.js';
import type { Ctx } from '../../../../case/ctx.js';
import { paths } from '../../../../web/paths.js';
import { editRequest } from '../../../edit-request.js';
import { textOfContent } from '../../../../case/screened.js';
import { entered, type Form } from '../../../../web/pages/form.js';
import { submissionFaults } from '../../../../../policies/request/submission.js';
import { edit } from '../../../../../policies/request/commands.js';
import { ownRequest, type OwnRequest } from '../own-request.js';
import type { Step } from './step.js';
import { nextStep, owns, steps } from './steps.js';

/** A body before validation: made from the form's fields. */
type Sent = Readonly<Record<string, unknown>>;

/** The fields that the API takes for a change of a request: a page sends nothing else. */
const change = ((): z.ZodType => {
  const route = requestRoutes.find(({ method }) => method === 'PATCH');
  if (!route?.body) throw new Error('The API has no change of a request.');
  return route.body;
})();

/** The field of the page where a fault is shown: a part of another page is led to by its link. */
const placeOf = (step: Step, field: string, form: Form): string => {
  if (owns(step, field)) return step.shownAt?.(field, form) ?? field;
  const elsewhere = steps.find((each) => owns(each, field));
  return elsewhere ? `part-${elsewhere.key}` : '';
};

const placed = (step: Step, faults: readonly FieldError[], form: Form): Invalid =>
  new Invalid(faults.map(({ field, message }) => ({ field: placeOf(step, field, form), message })));

/** The content without the fields of this page: a field that the page left out counts as left out. */
const without = (content: RequestContent, { parts }: Step): RequestContent =>
  Object.fromEntries(Object.entries(content).filter(([part]) => !parts.some((own) => own === part)));

/**
 * All faults at once: of shape, of personal data and, unless the councillor saves it for later, of what the page's
 * own part needs for handing in.
 */
const faultsOf = (step: Step, body: object, { row, ...before }: OwnRequest, later: boolean): FieldError[] => {
  const misshapen = shape(change, body).errors;
  const parts = new Set(misshapen.map(({ field }) => partOf(field)));
  const sound: RequestContent = Object.fromEntries(
    Object.entries(body).filter(([part]) => part !== 'version' && !parts.has(part)),
  );
  const personal = screenAll(textOfContent(sound), { today: before.today });
  const named = new Set(personal.map(({ field }) => field));
  const lacking = later
    ? []
    : submissionFaults({ ...without(row.content, step), ...sound }, before).filter(
        ({ field }) => owns(step, field) && !parts.has(partOf(field)) && !named.has(field),
      );
  return [...misshapen, ...personal, ...lacking];
};

const partOf = (field: string): string => field.split('.')[0] ?? '';

/**
 * Saves one page of a request and answers with the page to go on with. A draft that is put aside for later
 * may be incomplete; otherwise the page's own part has to be whole.
 * @throws Invalid with every fault at the field of this page that shows it; Conflict where the request has
 *   been changed, or has moved on, since the page was loaded
 */
export const save = async (
  ctx: Ctx,
  step: Step,
  sent: { readonly reference: string; readonly body: Sent; readonly form: Form },
): Promise<string> => {
  const { reference, body, form } = sent;
  try {
    const { version, ...changes } = body;
    // First, because a page shown again after a fault must carry the newest version.
    const own = await ownRequest(ctx, reference, edit, typeof version === 'number' ? version : undefined);
    const { row } = own;
    if (entered(form, 'stage') !== row.status) {
      throw new Conflict('The request has moved on since you opened this page. Read it again first.');
    }
    const later = row.status !== 'submitted' && form['later'] !== undefined;
    const faults = faultsOf(step, body, own, later);
    if (faults.length > 0) throw new Invalid(faults);
    await editRequest(ctx, reference, Number(version), changes);

    if (form['more'] !== undefined) return `${paths.ask(reference, step.key)}?next=check`;
    const onward =
      later || entered(form, 'next') === 'check'
        ? undefined
        : nextStep(step.key, { ...row.content, ...changes });
    return onward ? paths.ask(reference, onward.key) : paths.check(reference);
  } catch (error) {
    if (error instanceof Cautioned) throw error.at((field) => placeOf(step, field, form));
    if (error instanceof Invalid) throw placed(step, error.errors, form);
    throw error;
  }
};
