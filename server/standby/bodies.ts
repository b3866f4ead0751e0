/** What is sent about deputies, absences and conflicts. */
import { z } from 'zod';
import { conflictKinds, decidingOffices, offices } from '../../policies/core/subjects.js';
import { date, personRef, reference, text, uuid } from '../web/api/schemas.js';
import type { Sent } from '../web/api/sent.js';

const office = z.enum(offices);
const inOrder = ({ from, to }: { from: string; to: string }) => from <= to;
const order = { path: ['to'], message: 'Enter a day that is not before the first.' };

export const deputyBody = z
  .strictObject({
    office: z.enum(decidingOffices),
    deputy: personRef,
    from: date,
    to: date,
    authority: text(1000),
  })
  .refine(inOrder, order)
  .meta({ id: 'DeputyBody' });
export type SentDeputy = Sent<typeof deputyBody>;

export const absenceBody = z
  .strictObject({ office, principal: personRef, from: date, to: date })
  .refine(inOrder, order)
  .meta({ id: 'AbsenceBody' });
export type SentAbsence = Sent<typeof absenceBody>;

export const conflictBody = z
  .strictObject({
    person: personRef,
    kind: z.enum(conflictKinds),
    councillor: uuid.optional(),
    reference: reference.optional(),
  })
  .refine(({ councillor, reference: about }) => councillor !== undefined || about !== undefined, {
    path: ['councillor'],
    message: 'Name the councillor or the reference that it is about.',
  })
  .meta({ id: 'ConflictBody' });
export type SentConflict = Sent<typeof conflictBody>;
