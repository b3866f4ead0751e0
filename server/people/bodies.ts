/** The bodies of calls about people. */
import { z } from 'zod';
import { asked } from '../web/schema/field-words.js';
import { email, emailMissing, text, uuid } from '../web/schema/schemas.js';
import type { Sent } from '../web/schema/sent.js';

export const personParams = z.strictObject({ id: uuid });

const name = asked(text(200), 'Name', { missing: 'Enter their name' });
const address = asked(email, 'E-mail address', { missing: emailMissing, wrong: emailMissing });

export const personBody = z.strictObject({ name, email: address }).meta({ id: 'PersonBody' });
export type SentPerson = Sent<typeof personBody>;

export const personChanges = z
  .strictObject({ name: name.optional(), email: address.optional() })
  .meta({ id: 'PersonChanges' });
export type SentChanges = Sent<typeof personChanges>;
