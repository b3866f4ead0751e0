import type { View } from '../../policies/permission/offices/view.js';
import type { CaseFile } from '../../policies/case/case-file.js';

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
