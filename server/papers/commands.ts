/** How people meet the commands on papers. */
import { giveBack, recordRight, releasePapers } from '../../policies/papers/commands.js';
import type { Command } from '../../policies/command/command.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { offered } from '../case/offered.js';
import { whileOpen } from '../case/while-open.js';
import { requestParams } from '../request/bodies.js';
import { paths } from '../web/paths.js';
import { releaseBody, rightBody } from './bodies.js';

const ofDocuments = ({ row }: CaseFile, given: object) =>
  row.observationType === 'document_inspection' ? [given] : [];

export const rightHere = offered(recordRight, {
  says: 'Record whether there is a statutory right to the papers',
  at: paths.statutoryRight,
  each: ofDocuments,
  explains: whileOpen,
  params: requestParams,
  body: rightBody,
  api: ['PUT', '/api/requests/{reference}/statutory-right'],
});

/** Whether papers are out still. */
const areOut = ({ papers }: CaseFile): boolean =>
  papers.releases.some(({ returnedAt }) => returnedAt === null);

/** Releasing papers and recording that they came back share a line, a page and a route. */
const papers = (command: Command<'release_papers', 'Request'>) =>
  offered(command, {
    says: 'Record papers released or returned',
    at: paths.releases,
    each: ofDocuments,
    explains: (about) => whileOpen(about) || about.row.status === 'approved',
    params: requestParams,
    body: releaseBody,
    api: ['POST', '/api/requests/{reference}/releases'],
  });

export const releaseHere = papers(releasePapers);
const giveBackHere = papers(giveBack);

/** What is out comes back first. */
export const papersHere = (file: CaseFile) => (areOut(file) ? giveBackHere : releaseHere);
