import type { View } from '../../../policies/permission/offices/view.js';
import type { CaseFile } from '../../../policies/case/case-file.js';

/**
 * What the councillor was told before a refusal of the current version, and what they answered. The auditor reads when, and
 * no text; a host nothing; who told them is for the offices and the auditor.
 */
export const presentHearing = (view: View, { row, review }: CaseFile) => {
  const last = review.hearings.find(({ version }) => version === row.version);
  if (last === undefined || view === 'host') return {};
  const { version, gist, toldAt, dueOn, answer, answeredAt, by } = last;
  return {
    hearing: {
      version,
      ...(view === 'auditor' ? {} : { gist, answer }),
      toldAt,
      due: dueOn,
      answeredAt,
      ...(view === 'office' || view === 'auditor' ? { by } : {}),
    },
  };
};
