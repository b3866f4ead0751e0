/** The bodies of calls about an incident. */
import { z } from 'zod';
import { categories } from '../../policies/core/category.js';
import { causes } from '../../policies/core/cause.js';
import { incidentKinds } from '../../policies/incident/incident.js';
import { asked } from '../web/schema/field-words.js';
import { instant, reference, text, uuid } from '../web/schema/schemas.js';
import type { Sent } from '../web/schema/sent.js';

const abouts = ['visit', 'grant', 'reference', 'councillor'] as const;

export const incidentBody = z
  .strictObject({
    what: asked(z.enum(incidentKinds), 'What happened', { missing: 'Select what happened' }),
    causedBy: asked(z.enum(causes), 'Cause', { missing: 'Select who caused it' }),
    happenedAt: asked(instant, 'Day and time', { missing: 'Enter the day and the time' }),
    text: asked(text(4000), 'Text', { missing: 'Enter what happened' }),
    visit: uuid.optional(),
    grant: uuid.optional(),
    reference: reference.optional(),
    councillor: uuid.optional(),
    // A disclosure without any visit: which case, which categories, from when until when.
    caseReference: text(200).optional(),
    categories: asked(z.array(z.enum(categories)).min(1).max(categories.length), 'What was disclosed', {
      wrong: 'Select what was disclosed',
    }).optional(),
    from: asked(instant, 'First day and time').optional(),
    until: asked(instant, 'Last day and time').optional(),
  })
  .refine((given) => abouts.filter((each) => given[each] !== undefined).length === 1, {
    path: ['councillor'],
    message:
      'Enter the visit, the grant or the reference, or select the councillor where there was no request',
  })
  .meta({ id: 'IncidentBody' });
export type SentIncident = Sent<typeof incidentBody>;
