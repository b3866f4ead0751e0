/** What is sent about an incident. */
import { z } from 'zod';
import { categories, causes, incidentKinds } from '../../policies/core/subjects.js';
import { instant, reference, text, uuid } from '../web/api/schemas.js';
import type { Sent } from '../web/api/sent.js';

const abouts = ['visit', 'grant', 'reference', 'councillor'] as const;

export const incidentBody = z
  .strictObject({
    what: z.enum(incidentKinds),
    causedBy: z.enum(causes),
    happenedAt: instant,
    text: text(4000),
    visit: uuid.optional(),
    grant: uuid.optional(),
    reference: reference.optional(),
    councillor: uuid.optional(),
    // What was disclosed without any visit: of which case, what, and from when until when.
    caseReference: text(200).optional(),
    categories: z
      .array(z.enum(categories))
      .min(1, 'Choose what was disclosed.')
      .max(categories.length)
      .optional(),
    from: instant.optional(),
    until: instant.optional(),
  })
  .refine((given) => abouts.filter((each) => given[each] !== undefined).length === 1, {
    path: ['councillor'],
    message: 'Name one of these: the visit, the grant, the reference, or the councillor where there is none.',
  })
  .meta({ id: 'IncidentBody' });
export type SentIncident = Sent<typeof incidentBody>;
