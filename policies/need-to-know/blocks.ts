/**
 * A block by a rule of the council’s own, as it is lifted and stored: the item of the answer, and the rule by the key of its
 * authority. Source: need-to-know.md, its first paragraph.
 */
import { authorities, authorityKeyOf, authorityKeys, type AuthorityKey } from '../core/authorities.js';
import type { QuestionKey } from './questions.js';

/** All there are: a council rule that blocks is one of these. The database keeps no other. */
export const blocks = [
  'proceedings:barNeverObserved',
  'court_order:barNeverObserved',
  'adoption:barNeverObserved',
  'criminal:barNeverObserved',
  'lado:barNeverObserved',
  'proceedings:journeyEnds',
  'adoption:journeyEnds',
  'constituent_case:constituentByPapers',
  'undertaking:prerequisites',
  'safeguarding_training:prerequisites',
  'data_protection_training:prerequisites',
] as const satisfies readonly `${string}:${AuthorityKey}`[];
export type Block = (typeof blocks)[number];

/** The blocks that are lifted, by their question. */
export type Lifted = Readonly<Partial<Record<QuestionKey, readonly Block[]>>>;

/**
 * @param item of the answer, or the answer where it has no items
 * @param authority as the rule is quoted
 */
export const blockOf = (item: string, authority: string): Block => {
  const named = `${item}:${authorityKeyOf(authority) ?? ''}`;
  const known = blocks.find((block) => block === named);
  if (known === undefined) throw new Error(`A council rule that blocks and has no name: ${named}`);
  return known;
};

/** The item of the answer that blocks. */
export const itemOf = (block: Block): string => block.split(':')[0] ?? block;

/** The rule behind it, as it is quoted. */
export const ruleBehind = (block: Block): string => {
  const rule = authorityKeys.find((key) => block.endsWith(`:${key}`));
  if (rule === undefined) throw new Error('A block without a rule.');
  return authorities[rule];
};
