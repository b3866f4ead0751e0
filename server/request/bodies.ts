/** What is sent about a request as a whole. */
import { z } from 'zod';
import { personRef, reference, text, version } from '../web/api/schemas.js';
import type { Sent } from '../web/api/sent.js';

/** What the address of a request names. */
export const requestParams = z.strictObject({ reference });

export const versionBody = z.strictObject({ version }).meta({ id: 'VersionBody' });
export const returnBody = z.strictObject({ version, questions: text(4000) }).meta({ id: 'ReturnBody' });
export const hostBody = z
  .strictObject({ version, host: personRef, manager: personRef })
  .meta({ id: 'HostBody' });
export type SentHost = Sent<typeof hostBody>;
