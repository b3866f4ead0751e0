import type { FindingRow } from '../../db/finding/findings.js';
import { isWeighed } from '../../policies/finding/finding.js';

/** A finding as it is answered, and whether it is weighed on that day. */
export const presentFinding = (
  { seq: _seq, councillor, councillorId, ...finding }: FindingRow,
  today: string,
) => ({
  ...finding,
  councillor: { id: councillorId, name: councillor },
  weighed: isWeighed(finding, today),
});
