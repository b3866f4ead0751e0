/** The bodies of calls about a conflict of interest. */
import { z } from 'zod';
import { conflictOutcomes } from '../../policies/conflict/conflict.js';
import { conflictKinds } from '../../policies/core/conflict.js';
import { asked } from '../web/schema/field-words.js';
import { emailMissing, personRef, reference, text, uuid } from '../web/schema/schemas.js';
import type { Sent } from '../web/schema/sent.js';

export const conflictParams = z.strictObject({ id: uuid });

const reasons = asked(text(4000), 'Reasons', { missing: 'Enter the reasons' });
/** What the Chief Executive decided, and where it is on record. */
const authority = text(1000).optional();

export const conflictBody = z
  .strictObject({
    person: asked(personRef, 'Person', { missing: emailMissing, wrong: emailMissing }),
    kind: asked(z.enum(conflictKinds), 'Kind', { missing: 'Select what kind of conflict it is' }),
    councillor: uuid.optional(),
    reference: reference.optional(),
    reasons: text(4000).optional(),
    authority,
  })
  .refine(({ councillor, reference: about }) => councillor !== undefined || about !== undefined, {
    path: ['councillor'],
    message: 'Enter the reference, or select the councillor, that it is about',
  })
  .meta({ id: 'ConflictBody' });
export type SentConflict = Sent<typeof conflictBody>;

export const endConflictBody = z.strictObject({ reasons, authority }).meta({ id: 'EndConflictBody' });
export type SentEnd = Sent<typeof endConflictBody>;

export const settleConflictBody = z
  .strictObject({
    outcome: asked(z.enum(conflictOutcomes), 'Outcome', { missing: 'Select whether it stands' }),
    reasons,
    authority,
  })
  .meta({ id: 'SettleConflictBody' });
export type SentSettlement = Sent<typeof settleConflictBody>;
