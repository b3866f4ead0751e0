import type { CaseFile } from '../../../policies/case/case-file.js';
import { claimedIn } from '../../../policies/papers/right.js';

/** What every page about papers says of its request. */
export const headed = ({ row }: CaseFile) => ({
  reference: row.reference,
  version: row.version,
  papers: row.content.papers ?? [],
  claimed: claimedIn(row.content),
  right: row.statutoryRight,
});
