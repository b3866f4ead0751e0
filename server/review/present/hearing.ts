import type { View } from '../../../policies/permission/offices/view.js';
import type { HearingOnRecord } from '../../../policies/review/on-record.js';
import type { CaseFile } from '../../../policies/case/case-file.js';

const told = (view: View, { gist, toldAt, dueOn, answer, answeredAt, by }: HearingOnRecord) => ({
  ...(view === 'auditor' ? {} : { gist, answer }),
  toldAt,
  due: dueOn,
  answeredAt,
  ...(view === 'office' || view === 'auditor' ? { by } : {}),
});

/**
 * What the councillor was told before a refusal of the current version, and what they answered: the last, and what came
 * before it. The auditor reads when, and no text; a host nothing; who told them is for the offices and the auditor.
 */
export const presentHearing = (view: View, { row, review }: CaseFile) => {
  const { version } = row;
  const tellings = review.hearings.filter((each) => each.version === version);
  const last = tellings.at(-1);
  if (last === undefined || view === 'host') return {};
  const earlier = tellings.slice(0, -1).map((each) => told(view, each));
  return { hearing: { version, ...told(view, last), ...(earlier.length > 0 ? { earlier } : {}) } };
};
