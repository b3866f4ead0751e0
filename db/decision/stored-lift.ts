/** What an office said of lifting a council rule, as one jsonb value. */
import { z } from 'zod';
import { capacities } from '../../policies/core/office.js';
import { instant, whole } from '../core/rows/stored.js';
import { allowed } from '../core/rows/tables.js';
import { nameOf } from '../people/name-of.js';
import { liveLiftFields, liveLiftSelected } from '../request/live-lift.js';

/** Of `l`, for `json_build_object`. */
export const liftSelected = `${liveLiftSelected}, 'id', l.id, 'version', l.version, 'reasons', l.reasons,
  'name', ${nameOf('l.person_id')}, 'capacity', l.capacity, 'deputyFor', ${nameOf('l.deputy_for')}, 'at', l.at,
  'voidedAt', l.voided_at, 'voidedBecause', l.voided_because`;

export const storedLift = z.strictObject({
  ...liveLiftFields,
  id: z.string(),
  version: whole,
  reasons: z.string(),
  name: z.string(),
  capacity: z.enum(capacities),
  deputyFor: z.string().nullable(),
  at: instant,
  voidedAt: instant.nullable(),
  voidedBecause: z.enum(allowed['lifts.voided_because']).nullable(),
});
