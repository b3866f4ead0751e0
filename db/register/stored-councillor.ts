/** A councillor as one jsonb value, as the register has them now, and as it had them each time it changed. */
import { z } from 'zod';
import { appointmentKinds, standings } from '../../policies/register/member.js';
import { day, instant, since, whole } from '../core/rows/stored.js';

const appointments = z.array(
  z.strictObject({
    id: z.string(),
    title: z.string(),
    kind: z.enum(appointmentKinds),
    from: day,
    to: day.nullable(),
  }),
);
const oneTraining = z.strictObject({ kind: z.string(), completed: day, expires: day });
const training = z.array(oneTraining);

/** What an entry corrects in those before it. */
const slip = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('defeat'), poll: day, to: day.nullable() }),
  z.strictObject({ of: z.literal('training'), was: oneTraining, is: oneTraining }),
  z.strictObject({ of: z.literal('appointment'), id: z.string(), from: day, to: day.nullable() }),
]);

/** Facts that a limit rests on, oldest first. Kept with each change, so that an old one may lack what came later. */
export const registered = since(
  z.strictObject({
    ward: z.string().nullable(),
    standing: z.enum(standings),
    term: z.strictObject({ from: day, to: day.nullable() }),
    defeat: z.strictObject({ poll: day, declaredAt: instant }).nullable(),
    appointments,
    training,
    corrects: slip.optional(),
  }),
);
export const storedRegister = z.array(registered);

/** The finding that is weighed for longest. */
export const storedFinding = z.strictObject({ body: z.string(), date: day, minute: z.string(), until: day });

/** The columns of `memberColumns`, by their names. */
export const member = z.strictObject({
  id: z.string(),
  name: z.string(),
  ward: z.string().nullable(),
  standing: z.enum(standings),
  term_from: day,
  term_to: day.nullable(),
  finding: storedFinding.nullable(),
  defeat_poll: day.nullable(),
  defeat_declared_at: instant.nullable(),
  appointments,
  training: z.array(oneTraining.extend({ id: z.string() })),
});

/** The same with the last undertaking. */
export const storedCouncillor = member.extend({
  undertaking: z.strictObject({ version: whole, acceptedAt: instant }).nullable(),
});
