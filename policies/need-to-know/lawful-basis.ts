/**
 * The lawful basis in coded fields, so that a missing one is found: the ground of Article 6; the condition of Article 9
 * with its paragraph of Schedule 1; for police information Article 10 with section 10; the appropriate policy document.
 * Source: need-to-know.md, section 2, `lawful_basis`; UK GDPR Arts 6, 9, 10; DPA 2018 ss.10, 11, Sch 1.
 *
 * The fields stand beside the reason. An answer without them counts by its reason, as before; one with any of them has to be
 * whole; and an approval that opens more than the process needs what its categories call for.
 */
import { z } from 'zod';
import type { Category } from '../core/category.js';
import { isBlank } from '../core/words/text.js';

export const article6Grounds = ['6(1)(a)', '6(1)(c)', '6(1)(d)', '6(1)(e)'] as const;
export const article9Conditions = ['9(2)(a)', '9(2)(b)', '9(2)(c)', '9(2)(f)', '9(2)(g)', '9(2)(h)'] as const;

/** The conditions that count only with a paragraph of Schedule 1 (DPA 2018 s.10(2), (3)). */
const bySchedule: readonly string[] = ['9(2)(b)', '9(2)(g)', '9(2)(h)'];
/** Those whose paragraph asks for an appropriate policy document (Sch 1 paras 1 and 5). */
const byPolicy: readonly string[] = ['9(2)(b)', '9(2)(g)'];

/** The longest title of a document, in characters. */
const longestTitle = 300;
/** Paragraphs of DPA 2018 Sch 1 Parts 1 to 3. */
const paragraph = z.int().min(1).max(37);

export const lawfulBasisSchema = z
  .strictObject({
    article6: z.enum(article6Grounds).optional(),
    article9: z.enum(article9Conditions).optional(),
    schedule1: paragraph.optional(),
    article10: paragraph.optional(),
    policyDocument: z.string().max(longestTitle).optional(),
  })
  .meta({ id: 'LawfulBasis' });
export type LawfulBasis = z.infer<typeof lawfulBasisSchema>;

const fieldSays = {
  article6: 'the ground of Article 6 UK GDPR',
  article9: 'the condition of Article 9 UK GDPR',
  schedule1: 'the paragraph of Schedule 1 to the Data Protection Act 2018',
  article10:
    'the paragraph by which section 10 of the Data Protection Act 2018 allows police information (Article 10)',
  policyDocument: 'the appropriate policy document',
} as const;
type Field = keyof typeof fieldSays;

/** The categories in which special categories of personal data are possible. */
const special: readonly Category[] = ['family', 'health', 'education', 'third_party', 'other_case'];

/**
 * The fields that are missing, in words.
 * @param opened the categories that are to be opened; left out, what the fields that are there call for themselves
 */
export const missingFrom = (basis: LawfulBasis, opened: readonly Category[] = []): string[] => {
  const { article9 = '', article10 } = basis;
  const needed: Field[] = [
    'article6',
    ...(opened.some((category) => special.includes(category)) ? (['article9'] as const) : []),
    ...(bySchedule.includes(article9) ? (['schedule1'] as const) : []),
    ...(opened.includes('police') ? (['article10'] as const) : []),
    ...(byPolicy.includes(article9) || article10 !== undefined || opened.includes('police')
      ? (['policyDocument'] as const)
      : []),
  ];
  return needed
    .filter((field) => basis[field] === undefined || isBlank(String(basis[field])))
    .map((field) => fieldSays[field]);
};

/** Whether an approval of these categories needs the coded fields at all. */
export const needsBasis = (opened: readonly Category[]): boolean =>
  opened.some((category) => category === 'police' || special.includes(category));
