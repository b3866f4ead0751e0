import type { View } from '../../policies/offices/view.js';
import type { Dossier } from '../casework/dossier.js';

/** What a request says of papers: what belongs to it, the right to them, what was released. An auditor reads no text. */
export const presentPapers = (view: View, { row, papers: { linked, releases } }: Dossier) => ({
  linked,
  ...(row.observationType === 'document_inspection'
    ? {
        statutoryRight: row.statutoryRight && {
          right: row.statutoryRight.right,
          due: row.statutoryRight.due,
        },
        releases: releases.map(({ category, releasedAt, returnedAt }) => ({
          ...(view === 'auditor' ? {} : { category }),
          at: releasedAt,
          returned: returnedAt,
        })),
      }
    : {}),
});

/** What of the papers belongs on the timeline: that and when. */
export const paperMoments = ({ papers: { rights, releases } }: Dossier) => [
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
