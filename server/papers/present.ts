import { permitGivingBack } from '../../policies/core/commands.js';
import { Refusal } from '../../policies/core/refusals.js';
import { ruleSays } from '../../policies/core/rules.js';
import type { View } from '../../policies/core/offices/view.js';
import type { CaseFile } from '../../policies/request/case-file.js';
import type { Ctx } from '../case/ctx.js';

/** What a request says of papers: what belongs to it, the right to them, what was released. An auditor reads no text. */
export const presentPapers = (view: View, { row, papers: { linked, releases } }: CaseFile) => ({
  // A host reads what they host, and of what belongs to it nothing (need-to-know.md, section 5).
  ...(view === 'host' ? {} : { linked }),
  ...(row.observationType === 'document_inspection'
    ? {
        ...(view === 'host'
          ? {}
          : {
              statutoryRight: row.statutoryRight && {
                right: row.statutoryRight.right,
                due: row.statutoryRight.due,
              },
            }),
        releases: releases.map(({ category, releasedAt, returnedAt, authorised }) => ({
          ...(view === 'auditor' || view === 'host' ? {} : { category }),
          at: releasedAt,
          returned: returnedAt,
          ...(authorised ? {} : { authorised }),
        })),
      }
    : {}),
});

/** What of the papers belongs on the timeline: that and when. */
export const paperMoments = ({ papers: { rights, releases } }: CaseFile) => [
  ...rights.map(({ recordedAt: at, version, right }) => ({
    at,
    what: 'right_recorded',
    version,
    outcome: right,
  })),
  ...releases.flatMap(({ releasedAt, returnedAt, version }) => [
    { at: releasedAt, what: 'papers_released', version },
    ...(returnedAt ? [{ at: returnedAt, what: 'papers_returned', version }] : []),
  ]),
];

/** Why Legal cannot record a right now, beside authority and status; null where it can. */
export const whyNoRight = ({ row, papers: { releases } }: CaseFile): string | null =>
  releases.some(({ version }) => version === row.version)
    ? 'Papers were released under the right that is on record.'
    : null;

/** Why nothing can be released now; null where something can, or where something may still come back. */
export const whyNoRelease = ({ row, grant, papers: { releases } }: CaseFile): string | null => {
  if (releases.some(({ returnedAt }) => returnedAt === null)) return null;
  if (grant !== null || (row.statutoryRight && row.statutoryRight.right !== 'none')) return null;
  return ruleSays(row.statutoryRight === null ? 'right_first' : 'release');
};

/** Whether papers are out still that this person may record as back. */
export const isOutstanding = (ctx: Ctx, { row, papers }: CaseFile): boolean => {
  if (papers.releases.every(({ returnedAt }) => returnedAt !== null)) return false;
  try {
    permitGivingBack(ctx, row);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
};
