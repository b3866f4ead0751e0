/** What a sign-off or a decision will record, to be checked before it is done. */
import { inDays } from '../../../policies/core/words/in-days.js';
import type { Line } from '../../web/pages/checking/checked.js';
import { groundInWords, inWords } from '../../web/pages/words.js';
import type { SentDecision, SentSignOff } from '../bodies.js';

type Signed = Pick<SentSignOff | SentDecision, 'reasons' | 'grounds' | 'conditions'> & {
  readonly outcome: string;
};

const conditionInWords = (condition: Signed['conditions'][number]): string =>
  typeof condition === 'string'
    ? condition
    : `${condition.text} (${inWords(condition.owner)}, before ${condition.before})`;

const declared: Line = { says: 'Declaration', text: 'You have no conflict of interest in this request' };

export const signedLines = (
  outcome: string,
  { reasons, grounds, conditions }: Signed,
  more: readonly Line[] = [],
): readonly Line[] => [
  { says: 'Outcome', text: outcome },
  { says: 'Reasons', typed: reasons },
  ...more,
  { says: 'Conditions', list: conditions.map(conditionInWords) },
  { says: 'Grounds', list: grounds.map(groundInWords) },
  declared,
];

/** What an approval opens: the days, and what may be exposed at most. */
export const approvalLines = ({ from, to, categories }: SentDecision): readonly Line[] => [
  { says: 'First day of the window', text: from && inDays(from) },
  { says: 'Last day of the window', text: to && inDays(to) },
  { says: 'What may be exposed at most', codes: categories },
];
