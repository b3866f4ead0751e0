/** How people meet the commands on a correction. */
import { z } from 'zod';
import {
  confirmCorrection,
  correct,
  refuseCorrection,
  withdrawCorrection,
} from '../../policies/correction/commands.js';
import { offered } from '../case/offered.js';
import { reasonsBody } from '../grant/bodies.js';
import { paths } from '../web/paths.js';
import { correctionBody, correctionParams } from './bodies.js';

export const correctHere = offered(correct, {
  says: 'Correct a slip',
  at: () => paths.newCorrection,
  params: z.strictObject({}),
  body: correctionBody,
  api: ['POST', '/api/corrections'],
});

export const confirmCorrectionHere = offered(confirmCorrection, {
  says: 'Confirm this correction',
  at: paths.confirmCorrection,
  params: correctionParams,
  body: undefined,
  api: ['POST', '/api/corrections/{id}/confirm'],
});

export const refuseCorrectionHere = offered(refuseCorrection, {
  says: 'Refuse this correction',
  at: paths.refuseCorrection,
  params: correctionParams,
  body: reasonsBody,
  api: ['POST', '/api/corrections/{id}/refuse'],
});

export const withdrawCorrectionHere = offered(withdrawCorrection, {
  says: 'Withdraw this correction',
  at: paths.withdrawCorrection,
  params: correctionParams,
  body: undefined,
  api: ['POST', '/api/corrections/{id}/withdraw'],
});
