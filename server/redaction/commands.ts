/** How people meet the commands on a text that says too much. */
import { z } from 'zod';
import { confirmRedaction, putBack, reportText } from '../../policies/redaction/commands.js';
import { offered } from '../case/offered.js';
import { reasonsBody } from '../grant/bodies.js';
import { paths } from '../web/paths.js';
import { redactionBody, redactionParams } from './bodies.js';

export const reportTextHere = offered(reportText, {
  says: 'Report a text',
  at: () => paths.reportText,
  params: z.strictObject({}),
  body: redactionBody,
  api: ['POST', '/api/redactions'],
});

export const confirmRedactionHere = offered(confirmRedaction, {
  says: 'Confirm that this text is erased',
  at: paths.confirmRedaction,
  params: redactionParams,
  body: undefined,
  api: ['POST', '/api/redactions/{id}/confirm'],
});

export const putBackHere = offered(putBack, {
  says: 'Put this text back',
  at: paths.putBack,
  params: redactionParams,
  body: reasonsBody,
  api: ['POST', '/api/redactions/{id}/put-back'],
});
