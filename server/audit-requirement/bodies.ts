/** The body of recording a requirement of Internal Audit. */
import { z } from 'zod';
import { asked } from '../web/schema/field-words.js';
import { date, emailMissing, personRef, reference, text, uuid } from '../web/schema/schemas.js';
import type { Sent } from '../web/schema/sent.js';

export const requirementParams = z.strictObject({ id: uuid });

export const requirementBody = z
  .strictObject({
    auditor: asked(personRef, 'Auditor', { missing: emailMissing, wrong: emailMissing }),
    references: asked(z.array(reference).min(1).max(50), 'References', {
      missing: 'Enter the references of the records',
    }),
    from: asked(date, 'First day'),
    until: asked(date, 'Last day'),
    reasons: asked(text(4000), 'Reasons', { missing: 'Enter the reasons' }),
  })
  .meta({ id: 'AuditRequirementBody' });
export type SentRequirement = Sent<typeof requirementBody>;
