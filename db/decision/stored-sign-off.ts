/** A sign-off as one jsonb value. */
import { z } from 'zod';
import { capacities } from '../../policies/core/office.js';
import { signedFields, signedNames, type SignOff } from '../../policies/decision/signed.js';
import { cautionKinds } from '../../policies/core/words/cautions.js';
import { instant, whole } from '../core/rows/stored.js';
import { nameOf } from '../people/name-of.js';
import { allowed, type SignOffsRow } from '../core/rows/tables.js';
import { pick } from '../../policies/core/fields/pick.js';

/** The columns of the signer's input: each has the name of its field. */
const signedColumns = signedNames satisfies readonly (keyof SignOffsRow)[];

const sameNames = [
  'id',
  'version',
  'office',
  ...signedColumns,
  'capacity',
  'considered',
  'at',
] satisfies (keyof SignOffsRow)[];

/** The signer's input as columns to insert. */
export const signedRow = (given: Pick<SignOff, (typeof signedNames)[number]>) => ({
  ...pick(given, signedNames),
  conditions: JSON.stringify(given.conditions),
});

/** For `json_build_object`: `s` the sign-off. */
export const signOffSelected = [
  ...sameNames.map((name) => `'${name}', s.${name}`),
  `'personId', s.person_id, 'name', ${nameOf('s.person_id')}, 'deputyFor', ${nameOf('s.deputy_for')}`,
  `'voidedAt', s.voided_at, 'voidedBecause', s.voided_because`,
].join(', ');

export const storedSignOff = z.strictObject({
  id: z.string(),
  version: whole,
  office: z.enum(allowed['sign_offs.office']),
  ...signedFields,
  personId: z.string(),
  name: z.string(),
  capacity: z.enum(capacities),
  deputyFor: z.string().nullable(),
  considered: z.array(z.enum(cautionKinds)),
  at: instant,
  voidedAt: instant.nullable(),
  voidedBecause: z.enum(allowed['sign_offs.voided_because']).nullable(),
});
