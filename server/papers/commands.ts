/** How people meet the commands on papers. */
import { giveBack, recordRight, releasePapers } from '../../policies/papers/commands.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { offered } from '../case/offered.js';
import { whileOpen } from '../case/while-open.js';
import { paths } from '../web/paths.js';

const ofDocuments = ({ row }: CaseFile, given: object) =>
  row.observationType === 'document_inspection' ? [given] : [];

export const rightHere = offered(recordRight, {
  says: 'Record whether there is a statutory right to the papers',
  at: ({ row }) => paths.statutoryRight(row.reference),
  each: ofDocuments,
  told: whileOpen,
});

/** Whether papers are out still. */
const areOut = ({ papers }: CaseFile): boolean =>
  papers.releases.some(({ returnedAt }) => returnedAt === null);

/** Releasing papers and recording that they came back share a line and a page: what is out comes back first. */
export const papersHere = (file: CaseFile) =>
  offered(areOut(file) ? giveBack : releasePapers, {
    says: 'Record papers released or returned',
    at: ({ row }) => paths.releases(row.reference),
    each: ofDocuments,
    told: (about) => whileOpen(about) || about.row.status === 'approved',
  });
