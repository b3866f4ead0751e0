/**
 * The written statement of reasons that the executive gives an overview and scrutiny committee where it refuses a copy,
 * in whole or in part. Source: need-to-know.md, section 3a; SI 2012/2089, regulation 17(4).
 */
import type { RecordedRight } from './on-record.js';
import { noRightSays, whyNotReleased } from './rights.js';

/** One part that is refused, with the reason of the law and what the delegate wrote. */
export interface PartRefused {
  readonly category: string;
  readonly says: string;
  readonly authority: string;
  readonly reasons: string | null;
}

export interface Statement {
  /** Whether the whole is refused, because the right does not exist. */
  readonly whole: boolean;
  readonly parts: readonly PartRefused[];
}

/**
 * What the statement says; null where nothing is refused under regulation 17, or nobody has confirmed it.
 * @param asked the papers that the request names
 */
export const statementOf = (
  recorded: Pick<RecordedRight, 'right' | 'claimed' | 'cites' | 'findings' | 'confirmed'>,
  asked: readonly string[],
): Statement | null => {
  const { right, claimed, cites, findings, confirmed } = recorded;
  if (confirmed === null) return null;
  if (right === 'none') return claimed === 'reg17' ? { whole: true, parts: [] } : null;
  if (right !== 'reg17' || cites === null) return null;
  const named = [...new Set([...asked, ...findings.map(({ category }) => category)])];
  const parts = named.flatMap((category): PartRefused[] => {
    const found = findings.find((each) => each.category === category);
    const reason = whyNotReleased(right, { category, cites, finding: found?.finding ?? null });
    return reason === null ? [] : [{ category, ...noRightSays(reason), reasons: found?.reasons ?? null }];
  });
  return parts.length === 0 ? null : { whole: false, parts };
};
