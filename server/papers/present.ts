import type { View } from '../../policies/permission/offices/view.js';
import type { CaseFile } from '../../policies/case/case-file.js';

/** A request's papers: the linked requests, the right to them, the releases. An auditor reads no text. */
export const presentPapers = (view: View, { row, papers: { linked, releases } }: CaseFile) => ({
  // A host reads the request they host, and nothing of linked ones (need-to-know.md, section 5).
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

/** The papers' entries on the timeline: what happened and when. */
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
