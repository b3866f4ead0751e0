import { randomUUID } from 'node:crypto';
import type { Condition } from '../../policies/grant/condition.js';
import type { SentSignOff } from './bodies.js';
import { pick } from '../../policies/core/fields/pick.js';
import { signedNames, type SignOff } from '../../policies/decision/signed.js';

type Signed = Pick<SignOff, (typeof signedNames)[number]>;

/** What is sent with a sign-off or a decision: a condition is text, or says who must see to it and by when as well. */
export type SentSigned = Omit<Signed, 'conditions'> & Pick<SentSignOff, 'conditions'>;

/** What was sent, as it stands on a sign-off: each condition with an id; plain text is the councillor's to meet first. */
export const signedFrom = (sent: SentSigned): Signed => ({
  ...pick(sent, signedNames),
  conditions: sent.conditions.map((given) => ({
    ...(typeof given === 'string' ? { text: given, owner: 'councillor', before: 'attendance' } : given),
    id: randomUUID(),
    state: 'pending',
  })),
});

/** The free text of conditions, by field. */
export const textOfConditions = ({ conditions }: Pick<SentSigned, 'conditions'>): Record<string, string> =>
  Object.fromEntries(
    conditions.map((given, index) =>
      typeof given === 'string' ? [`conditions.${index}`, given] : [`conditions.${index}.text`, given.text],
    ),
  );

/** How many conditions an office sets, as the trail keeps it. */
export const countOfConditions = ({ conditions }: Signed) => ({ conditions: conditions.length });

/** The union of the three offices' conditions: what two of them word alike is one condition. */
export const unionOf = (signed: readonly Pick<SignOff, 'conditions'>[]): Condition[] => [
  ...new Map(
    signed
      .flatMap(({ conditions }) => conditions)
      .map((each) => [[each.text.trim(), each.owner, each.before].join('\n'), each]),
  ).values(),
];
