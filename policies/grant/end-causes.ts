/**
 * The causes of the end of a grant, as its councillor is told of them. Source: need-to-know.md, section 6.
 */

/** The causes that the council gives when it ends a grant; the others come by themselves. */
export const givenCauses = [
  'council_decision',
  'condition',
  'undertaking',
  'training',
  'to_protect_others',
] as const;
export type GivenCause = (typeof givenCauses)[number];

export const endCauses = ['window_over', 'term_ended', 'appointment_ended', ...givenCauses] as const;
export type EndCause = (typeof endCauses)[number];

/** Each cause in words to the councillor. */
export const endCauseSays: Readonly<Record<EndCause, string>> = {
  window_over: 'The dates that were approved are over.',
  term_ended: 'Your term of office has ended.',
  appointment_ended: 'The appointment that you relied on has ended.',
  training: 'Training that you need is out of date.',
  undertaking: 'Your undertaking to keep to the protocol does not stand.',
  condition: 'A condition of the approval was not kept.',
  council_decision: 'The council has decided to end this.',
  to_protect_others: 'The council has ended this to protect others. This is no criticism of you.',
};
