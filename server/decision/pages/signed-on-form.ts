/** The common part of the forms of a sign-off and a decision: what is entered, and what will be recorded of it. */
import { inDays } from '../../../policies/core/words/in-days.js';
import type { Line } from '../../web/pages/checking/checked.js';
import { groundInWords, inWords } from '../../web/pages/words.js';
import { chosen, entered, number, type Form } from '../../web/pages/form.js';
import type { FieldNames } from '../../web/pages/faults.js';
import type { SentDecision, SentSignOff, signing } from '../bodies.js';
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

type Signed = Pick<SentSignOff, keyof typeof signing>;

const conditionInWords = (condition: Signed['conditions'][number]): string =>
  typeof condition === 'string'
    ? condition
    : `${condition.text} (${inWords(condition.owner)}, before ${condition.before})`;

/** The conditions, as they are recorded. */
export const conditionLines = (conditions: Signed['conditions']): readonly Line[] => [
  { says: 'Conditions', list: conditions.map(conditionInWords) },
];

const declared: Line = {
  says: 'Declaration',
  text: 'You have no conflict of interest in this request, and your reasons rest on need to know and never on party or politics',
};

export const signedLines = (
  outcome: string,
  { reasons, grounds, conditions }: Signed,
  more: readonly Line[] = [],
): readonly Line[] => [
  { says: 'Outcome', text: outcome },
  { says: 'Reasons', typed: reasons },
  ...more,
  ...conditionLines(conditions),
  { says: 'Grounds', list: grounds.map(groundInWords) },
  declared,
];

/** What an approval opens: the days, and what may be exposed at most. */
export const approvalLines = ({ from, to, categories }: SentDecision): readonly Line[] => [
  { says: 'First day of the window', text: from && inDays(from) },
  { says: 'Last day of the window', text: to && inDays(to) },
  { says: 'What may be exposed at most', codes: categories },
];
