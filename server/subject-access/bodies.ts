/** The bodies of calls about a subject access request. */
import { z } from 'zod';
import { exemptions } from '../../policies/subject-access/exemptions.js';
import { marks } from '../../policies/subject-access/passages.js';
import { asked } from '../web/schema/field-words.js';
import { date, text, uuid } from '../web/schema/schemas.js';
import type { Sent } from '../web/schema/sent.js';

export const accessParams = z.strictObject({ id: uuid });
export const passageParams = z.strictObject({
  id: uuid,
  passage: z.string().regex(/^[0-9a-f]{32}$/, 'Use the id of the passage'),
});
export const kindParams = z.strictObject({
  id: uuid,
  kind: z.string().regex(/^[a-z_]{1,40}$/, 'Use the kind of the passages'),
});

/** Of what the person has read, as it was answered: nobody marks or releases unread, and a change since is refused. */
const fingerprint = asked(
  z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .meta({ id: 'Fingerprint' }),
  'Fingerprint',
  {
    missing: 'Send the fingerprint of what you have read',
    wrong: 'Use the fingerprint as it was given',
  },
);

export const accessBody = z
  .strictObject({
    councillor: asked(uuid, 'Councillor', {
      missing: 'Select a councillor',
      wrong: 'Select a councillor',
    }),
    receivedOn: asked(date, 'Day of receipt'),
    by: asked(text(200), 'Who asked', { missing: 'Enter who asked' }),
    identityChecked: asked(z.literal(true), 'Identity', {
      missing: 'Confirm that their identity was checked',
      wrong: 'Confirm that their identity was checked',
    }),
  })
  .meta({ id: 'AccessRequestBody' });
export type SentAccess = Sent<typeof accessBody>;

export const markBody = z
  .strictObject({
    mark: asked(z.enum(marks), 'Mark', { missing: 'Select what becomes of it' }),
    exemption: asked(z.enum(exemptions).optional(), 'Exemption', { missing: 'Select the exemption' }),
    instead: text(4000).optional(),
    fingerprint,
  })
  .meta({ id: 'PassageMarkBody' });
export type SentMark = Sent<typeof markBody>;

export const releaseAccessBody = z.strictObject({ fingerprint }).meta({ id: 'ReleaseAccessBody' });
export type SentRelease = Sent<typeof releaseAccessBody>;
