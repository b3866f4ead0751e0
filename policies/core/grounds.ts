/**
 * The coded grounds of an objection or a refusal (need-to-know.md, section 2). Party membership is never
 * a field, and a reason that rests on it is no ground (ex parte Chadwick).
 */
export const grounds = [
  'no_standing',
  'no_remit_link',
  'curiosity',
  'roving_commission',
  'alternative_sufficient',
  'collateral_purpose',
  'connection',
  'legal_bar',
  'disproportionate',
  'agreement_refused',
  'no_lawful_basis',
  'prerequisites_missing',
  'confidentiality_breach',
  'council_rule',
] as const;
export type Ground = (typeof grounds)[number];

/** Each ground in words that a councillor can read. */
export const groundSays: Readonly<Record<Ground, string>> = {
  no_standing: 'The person is not a member for the whole of the time asked for',
  no_remit_link: 'There is no clear link between the councillor’s remit and the information',
  curiosity: 'Curiosity is not a need to know',
  roving_commission: 'The request is open-ended',
  alternative_sufficient: 'Something less intrusive would do',
  collateral_purpose: 'There is another purpose',
  connection: 'There is a link to the family, staff, agency or alleged perpetrator',
  legal_bar: 'The law does not allow it',
  disproportionate: 'The benefit is not proportionate to the harm',
  agreement_refused: 'Someone whose agreement is asked has not agreed',
  no_lawful_basis: 'There is no lawful basis for sharing the information',
  prerequisites_missing: 'The undertaking or training is missing',
  confidentiality_breach: 'A finding of a breach of confidentiality was upheld',
  council_rule: 'A rule of the council’s own',
};

const listed = new Intl.ListFormat('en-GB');

/** Several grounds in one sentence: each in its words, in quotation marks. */
export const quotedGrounds = (cited: readonly Ground[]): string =>
  listed.format(cited.map((ground) => `“${groundSays[ground]}”`));
