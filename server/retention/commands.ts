/** How people meet the commands on what is kept. */
import { z } from 'zod';
import { confirmDisposal, propose, withdrawDisposal } from '../../policies/retention/commands.js';
import { offered } from '../case/offered.js';
import { paths } from '../web/paths.js';
import { disposalBody, disposalParams } from './bodies.js';

export const proposeHere = offered(propose, {
  says: 'Propose to dispose of it',
  at: () => paths.retention,
  params: z.strictObject({}),
  body: disposalBody,
  api: ['POST', '/api/disposals'],
});

export const confirmDisposalHere = offered(confirmDisposal, {
  says: 'Confirm this disposal',
  at: paths.confirmDisposal,
  params: disposalParams,
  body: undefined,
  api: ['POST', '/api/disposals/{id}/confirm'],
});

export const withdrawDisposalHere = offered(withdrawDisposal, {
  says: 'Take this proposal back',
  at: paths.withdrawDisposal,
  params: disposalParams,
  body: undefined,
  api: ['POST', '/api/disposals/{id}/withdraw'],
});
