/** The shapes of people and their offices. */
import { z } from 'zod';
import { offices } from '../../policies/core/office.js';
import { givenCapacities, officeStates } from '../../policies/office/office-held.js';
import { namesOf, officeCommands, personCommands } from '../../policies/permission/every-command.js';

const somebody = z.strictObject({ name: z.string() }).nullable();

export const personShape = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    councillor: z.boolean(),
    signsIn: z.boolean(),
    suspendedAt: z.string().nullable(),
    /** The removal of their app for codes, where it waits for a second person. */
    codesRemoval: z
      .strictObject({
        askedBy: z.strictObject({ name: z.string() }),
        askedAt: z.string(),
        until: z.string(),
        reasons: z.string(),
      })
      .nullable(),
    /** The change of their address, where it waits for a second person. */
    addressChange: z
      .strictObject({
        email: z.string(),
        askedBy: z.strictObject({ name: z.string() }),
        askedAt: z.string(),
        until: z.string(),
        reasons: z.string(),
      })
      .nullable(),
    offices: z.array(
      z.strictObject({
        id: z.string(),
        office: z.enum(offices),
        capacity: z.enum(givenCapacities),
        head: z.boolean(),
        authority: z.string().nullable(),
        from: z.string().nullable(),
        to: z.string().nullable(),
        state: z.enum(officeStates),
        givenBy: somebody,
        confirmedBy: somebody,
        can: z.array(z.enum(namesOf(officeCommands))),
      }),
    ),
    can: z.array(z.enum(namesOf(personCommands))),
  })
  .meta({ id: 'Person' });
