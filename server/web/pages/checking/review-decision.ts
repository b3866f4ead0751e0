import { entered, given, number, type Form } from '../form.js';

/** What the form of a review's decision sends, whatever is reviewed. */
export const reviewDecisionIn = (form: Form): object =>
  given({
    version: number(form, 'version'),
    outcome: entered(form, 'outcome'),
    reasons: entered(form, 'reasons'),
    noConflict: entered(form, 'noConflict') === 'true' ? true : undefined,
  });
