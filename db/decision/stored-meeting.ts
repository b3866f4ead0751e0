/** What the offices said of being at a meeting, beside its note. */
import { z } from 'zod';
import { decidingOffices } from '../../policies/core/office.js';

/** Of the entry of alias `d`. */
export const confirmationsOf = (d: string): string =>
  `array(select json_build_object('office', c.office, 'personId', c.person_id, 'wasThere', c.was_there)
     from meeting_confirmations c where c.entry_id = ${d}.id order by c.at)`;

export const storedConfirmation = z.strictObject({
  office: z.enum(decidingOffices),
  personId: z.string(),
  wasThere: z.boolean(),
});
