/** The bodies of calls about the address with which somebody signs in. */
import { z } from 'zod';
import { reasonsBody } from '../grant/bodies.js';
import { asked } from '../web/schema/field-words.js';
import { email, emailMissing } from '../web/schema/schemas.js';
import type { Sent } from '../web/schema/sent.js';

export const addressBody = z
  .strictObject({
    email: asked(email, 'E-mail address', { missing: emailMissing, wrong: emailMissing }),
    reasons: reasonsBody.shape.reasons,
  })
  .meta({ id: 'AddressBody' });
export type SentAddress = Sent<typeof addressBody>;
