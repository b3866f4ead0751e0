import { randomUUID } from 'node:crypto';
import type { Condition } from '../../policies/grant/condition.js';
import type { SentSignOff } from './bodies.js';
import type { SignOff } from '../../policies/decision/signed.js';

/** A condition as sent: text, or with who must see to it and by when. */
export type SentCondition = SentSignOff['conditions'][number];

/** Conditions as they stand on a sign-off, each with an id; plain text is the councillor's to meet first. */
export const conditionsFrom = (sent: readonly SentCondition[]): Condition[] =>
  sent.map((given) => ({
    ...(typeof given === 'string' ? { text: given, owner: 'councillor', before: 'attendance' } : given),
    id: randomUUID(),
    state: 'pending',
  }));

/** The free text of conditions, by field. */
export const textOfConditions = (sent: readonly SentCondition[]): Record<string, string> =>
  Object.fromEntries(
    sent.map((given, index) =>
      typeof given === 'string' ? [`conditions.${index}`, given] : [`conditions.${index}.text`, given.text],
    ),
  );

/** The union of the three offices' conditions: what two of them word alike is one condition. */
export const unionOf = (signed: readonly Pick<SignOff, 'conditions'>[]): Condition[] => [
  ...new Map(
    signed
      .flatMap(({ conditions }) => conditions)
      .map((each) => [[each.text.trim(), each.owner, each.before].join('\n'), each]),
  ).values(),
];
