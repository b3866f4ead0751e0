/** The bodies of calls about a request as a whole. */
import { z } from 'zod';
import { asked } from '../web/schema/field-words.js';
import { personRef, reference, text, version } from '../web/schema/schemas.js';
import type { Sent } from '../web/schema/sent.js';

/** The parameters in the address of a request. */
export const requestParams = z.strictObject({ reference });

const hostMissing = 'Enter the host’s e-mail address, such as name@council.example';
const managerMissing = 'Enter the line manager’s e-mail address, such as name@council.example';

export const versionBody = z.strictObject({ version }).meta({ id: 'VersionBody' });
export const returnBody = z.strictObject({ version, questions: text(4000) }).meta({ id: 'ReturnBody' });
export const hostBody = z
  .strictObject({
    version,
    host: asked(personRef, 'Host', { missing: hostMissing, wrong: hostMissing }),
    manager: asked(personRef, 'Line manager', { missing: managerMissing, wrong: managerMissing }),
  })
  .meta({ id: 'HostBody' });
export type SentHost = Sent<typeof hostBody>;
