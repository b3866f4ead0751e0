/** The bodies of calls about deputies and absences. */
import { z } from 'zod';
import { decidingOffices, offices } from '../../policies/core/office.js';
import { asked } from '../web/schema/field-words.js';
import { date, emailMissing, personRef, text } from '../web/schema/schemas.js';
import type { Sent } from '../web/schema/sent.js';

const office = z.enum(offices);
const person = asked(personRef, 'Person', { missing: emailMissing, wrong: emailMissing });
const inOrder = ({ from, to }: { from: string; to: string }) => from <= to;
const order = { path: ['to'], message: 'Enter a day that is not before the first.' };

export const deputyBody = z
  .strictObject({
    office: z.enum(decidingOffices),
    deputy: person,
    from: date,
    to: date,
    authority: asked(text(1000), 'Authority', { missing: 'Enter the authority it is done under' }),
  })
  .refine(inOrder, order)
  .meta({ id: 'DeputyBody' });
export type SentDeputy = Sent<typeof deputyBody>;

export const delegationBody = z
  .strictObject({
    delegate: person,
    from: date,
    to: date,
    authority: asked(text(1000), 'Authority', { missing: 'Enter where the Director wrote it' }),
  })
  .refine(inOrder, order)
  .meta({ id: 'DelegationBody' });
export type SentDelegation = Sent<typeof delegationBody>;

export const absenceBody = z
  .strictObject({ office, principal: person, from: date, to: date })
  .refine(inOrder, order)
  .meta({ id: 'AbsenceBody' });
export type SentAbsence = Sent<typeof absenceBody>;
