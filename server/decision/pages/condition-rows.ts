/** The rows of conditions on a form: five, so that it works without JavaScript. */
import { conditionOwners, conditionTimes } from '../../../policies/grant/condition.js';
import { Invalid } from '../../../policies/core/refusals.js';
import { entered, type Form } from '../../web/pages/form.js';

/** How many conditions a form takes at once. */
const conditionRows = 5;

export const conditionChoices = { rows: conditionRows, owners: conditionOwners, times: conditionTimes };

const filledRows = (form: Form): number[] =>
  Array.from({ length: conditionRows }, (_, index) => index).filter(
    (index) => entered(form, `conditions.${index}.text`) !== undefined,
  );

/** The conditions that were written; a row without text is none. */
export const conditionsOn = (form: Form): { readonly conditions: readonly object[] } => ({
  conditions: filledRows(form).map((index) => ({
    text: entered(form, `conditions.${index}.text`),
    owner: entered(form, `conditions.${index}.owner`),
    before: entered(form, `conditions.${index}.before`),
  })),
});

/** The field of a row on the form: rows that were left empty are not sent, so that the places move up. */
export const namedAsOnForm = (form: Form, field: string): string => {
  const found = /^conditions\.(\d+)(\..*)?$/.exec(field);
  if (!found) return field;
  const row = filledRows(form)[Number(found[1])] ?? 0;
  return `conditions.${row}${found[2] ?? '.text'}`;
};

/** Conditions go with agreement alone: written beside a refusal they would be lost unseen. */
export const assertNoConditions = (form: Form, message: string): void => {
  const errors = filledRows(form).map((index) => ({ field: `conditions.${index}.text`, message }));
  if (errors.length > 0) throw new Invalid(errors);
};
