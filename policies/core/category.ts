/** What may be exposed, coded: need-to-know.md, section 6. */

/** The most that may be exposed; coded (need-to-know.md, section 6). */
export const categories = [
  'process',
  'identity',
  'family',
  'health',
  'education',
  'police',
  'legal_advice',
  'third_party',
  'other_case',
] as const;

export type Category = (typeof categories)[number];

/** What was known, when the incident was reported, about personal data of others. */
export const exposures = ['yes', 'no', 'unknown'] as const;
export type Exposure = (typeof exposures)[number];

/** What is about people; how the work is done, and advice on the law, are not. */
const personal: readonly Category[] = [
  'identity',
  'family',
  'health',
  'education',
  'police',
  'third_party',
  'other_case',
];

/** Whether personal data of others is among what was learned. */
export const isPersonal = (learned: readonly Category[]): boolean =>
  learned.some((category) => personal.includes(category));
