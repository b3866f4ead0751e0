import type { CaseFile } from '../../policies/case/case-file.js';
import type { RecordedRight } from '../../policies/papers/on-record.js';

/** What was last recorded about a right to the version before the offices; null where a review undid it. */
export const rightNow = ({ row, papers: { rights } }: CaseFile): RecordedRight | null => {
  const last = rights.findLast(({ version }) => version === row.version);
  return last === undefined || last.review?.outcome === 'remitted' ? null : last;
};
