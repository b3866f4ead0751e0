/** Corrections that count, as one jsonb value beside what they correct. */
import { z } from 'zod';
import { correctedKinds, correctingOffices, type Counted } from '../../policies/correction/correction.js';
import { instant } from '../core/rows/stored.js';
import { nameOf } from '../people/name-of.js';

/** What a correction of alias `c` says in that column: a person by name, whom it keeps by id. */
export const saidIn = (column: 'was' | 'corrected', c = 'c'): string => `case
  when (${c}.of_kind = 'request' or (${c}.of_kind = 'conflict' and ${c}.of_field = 'person')) and ${c}.${column} is not null
  then jsonb_build_object(${c}.of_field, ${nameOf(`(${c}.${column} ->> ${c}.of_field)::uuid`)}) else ${c}.${column} end`;

/** For `json_build_object`, of the correction of that alias. */
export const countedOf = (
  c: string,
): string => `'id', ${c}.id, 'kind', ${c}.of_kind, 'of', ${c}.of_id, 'field', ${c}.of_field, 'was', ${saidIn('was', c)},
  'corrected', ${saidIn('corrected', c)}, 'judged', ${c}.judged, 'reasons', ${c}.reasons,
  'at', coalesce(${c}.settled_at, ${c}.proposed_at), 'office', ${c}.office, 'name', ${nameOf(`${c}.proposed_by`)}`;

export const countedSelected = countedOf('c');

const values = z.record(z.string(), z.unknown());

const judged = { authorised: z.boolean().nullable(), outside: z.array(z.string()) };
const storedJudged = z.strictObject({ ...judged, before: z.strictObject(judged) });

export const storedCounted: z.ZodType<Counted> = z.strictObject({
  id: z.string(),
  kind: z.enum(correctedKinds),
  of: z.string(),
  field: z.string(),
  was: values.nullable(),
  corrected: values,
  judged: storedJudged.nullable(),
  reasons: z.string(),
  at: instant,
  office: z.enum(correctingOffices),
  name: z.string(),
});
