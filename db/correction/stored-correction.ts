/** Corrections that count, as one jsonb value beside what they correct. */
import { z } from 'zod';
import { correctedKinds, correctingOffices, type Counted } from '../../policies/correction/correction.js';
import { instant } from '../core/rows/stored.js';
import { nameOf } from '../people/name-of.js';

/** For `json_build_object`: `c` the correction. */
export const countedSelected = `'id', c.id, 'kind', c.of_kind, 'of', c.of_id, 'field', c.of_field, 'was', c.was,
  'corrected', c.corrected, 'reasons', c.reasons, 'at', coalesce(c.settled_at, c.proposed_at), 'office', c.office,
  'name', ${nameOf('c.proposed_by')}`;

const values = z.record(z.string(), z.unknown());

export const storedCounted: z.ZodType<Counted> = z.strictObject({
  id: z.string(),
  kind: z.enum(correctedKinds),
  of: z.string(),
  field: z.string(),
  was: values.nullable(),
  corrected: values,
  reasons: z.string(),
  at: instant,
  office: z.enum(correctingOffices),
  name: z.string(),
});
