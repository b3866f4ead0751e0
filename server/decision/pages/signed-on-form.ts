/** The common part of the forms of a sign-off and a decision. */
import { chosen, entered, number, type Form } from '../../web/pages/form.js';
import type { FieldNames } from '../../web/pages/faults.js';
import type { signing } from '../bodies.js';
import { conditionsOn, namedAsOnForm } from './condition-rows.js';

type Sent = Readonly<Record<keyof typeof signing | 'version' | 'outcome' | 'noConflict', unknown>>;

/** The fields as entered; the body's schema finds their faults. */
export const signedOn = (form: Form): Sent => ({
  version: number(form, 'version'),
  outcome: entered(form, 'outcome'),
  reasons: entered(form, 'reasons'),
  grounds: chosen(form, 'grounds'),
  ...conditionsOn(form),
  noConflict: entered(form, 'noConflict') === 'true' ? true : undefined,
});

/** Where the form shows each error. */
export const signedFieldNames = (form: Form): FieldNames => ({
  named: (field) => namedAsOnForm(form, field),
});
