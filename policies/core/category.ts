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
