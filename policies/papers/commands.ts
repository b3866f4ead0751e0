/** The right to papers, and their release. Source: need-to-know.md, section 3, last paragraph. */
import { command, type Command, type Hindrance } from '../command/command.js';
import type { ObservationRequest } from '../request/request.js';
import { rightStands } from './right.js';

const onlyDocuments: Hindrance<ObservationRequest, unknown> = {
  rule: 'documents_only',
  when: ({ observationType }) => observationType !== 'document_inspection',
};

export const recordRight = command({
  name: 'record_right',
  on: 'Request',
  by: ['legal'],
  from: ['submitted'],
  closedBy: [onlyDocuments],
  hinders: [
    {
      rule: 'release',
      when: ({ row, papers }) =>
        papers.releases.some(({ version }) => version === row.version) &&
        'Papers were released under the right that is on record.',
    },
  ],
});

/** Papers are released under a right, or after approval. A release without authority at its time is recorded too. */
export const releasePapers = command({
  name: 'release_papers',
  on: 'Request',
  by: ['childrens_services'],
  from: ['submitted', 'approved'],
  closedBy: [
    onlyDocuments,
    {
      rule: 'right_first',
      when: ({ status, statutoryRight }) => status === 'submitted' && statutoryRight === null,
    },
    { rule: 'release', when: (row) => row.status === 'submitted' && !rightStands(row) },
  ],
});

/** Papers are out until somebody records their return, whatever the request's status is by then. */
export const giveBack: Command<'release_papers', 'Request'> = {
  ...releasePapers,
  from: null,
  closedBy: [onlyDocuments],
  hinders: [
    {
      rule: 'release',
      when: (_file, { returned }) =>
        returned !== undefined &&
        returned.before !== null &&
        returned.before.getTime() !== returned.now.getTime() &&
        'That these papers came back is on record already.',
    },
  ],
};
