/** The bodies of calls about offices. */
import { z } from 'zod';
import { offices } from '../../policies/core/office.js';
import { givenCapacities } from '../../policies/office/office-held.js';
import { asked } from '../web/schema/field-words.js';
import { date, text, uuid } from '../web/schema/schemas.js';
import type { Sent } from '../web/schema/sent.js';

export const officeParams = z.strictObject({ id: uuid, holding: uuid });

/** A councillor’s office comes with the register. */
const given = offices.filter((office) => office !== 'councillor');

export const officeBody = z
  .strictObject({
    office: asked(z.enum(given), 'Office', { missing: 'Select the office' }),
    capacity: asked(z.enum(givenCapacities), 'Capacity', { missing: 'Select in which capacity' }),
    head: z.boolean().optional(),
    from: asked(date, 'First day'),
    to: asked(date, 'Last day').optional(),
    authority: asked(text(1000), 'Authority').optional(),
  })
  .refine(({ from, to }) => to === undefined || from <= to, {
    path: ['to'],
    message: 'Enter a day that is not before the first.',
  })
  .refine(({ capacity, authority }) => capacity === 'principal' || authority !== undefined, {
    path: ['authority'],
    message: 'Enter the delegation that authorises them',
  })
  .refine(({ capacity, head }) => capacity === 'principal' || head !== true, {
    path: ['head'],
    message: 'The head of an office holds it as its principal',
  })
  .meta({ id: 'OfficeBody' });
export type SentOffice = Sent<typeof officeBody>;

export const endBody = z.strictObject({ to: asked(date, 'Last day') }).meta({ id: 'OfficeEnd' });
