/** What is sent about the register of members. */
import { z } from 'zod';
import { asked } from '../web/schema/field-words.js';
import { appointmentKinds, standings } from '../../policies/register/member.js';
import { trainingKept } from '../../policies/register/register-keeping.js';
import { date, email, emailMissing, instant, text, uuid } from '../web/schema/schemas.js';

export const byId = z.strictObject({ id: uuid });
const dates = z
  .strictObject({
    from: asked(date, 'First day of the term'),
    to: asked(date, 'Last day of the term').nullable().optional(),
  })
  .transform(({ from, to = null }) => ({ from, to }));
const term = asked(dates, 'Term', { missing: 'Enter the first day of the term' });
const name = text(200);
const ward = text(200).nullable();

const address = asked(email, 'E-mail address', { wrong: emailMissing });

export const newCouncillorBody = z
  .strictObject({ name, ward: ward.optional(), standing: z.enum(standings), term, email: address.optional() })
  .transform(({ ward: given = null, ...rest }) => ({ ...rest, ward: given }))
  .meta({ id: 'NewCouncillorBody' });

const defeat = z
  .strictObject({
    poll: asked(date, 'Day of the poll'),
    declaredAt: asked(instant, 'Day and time of the result'),
  })
  .transform(({ poll, declaredAt }) => ({ poll, declaredAt: new Date(declaredAt) }));

const entry = {
  name: name.optional(),
  ward: ward.optional(),
  standing: z.enum(standings).optional(),
  term: term.optional(),
  defeat: defeat.nullable().optional(),
  email: address.optional(),
};
export const councillorBody = z.strictObject(entry).meta({ id: 'CouncillorBody' });

export const appointmentBody = z
  .strictObject({
    title: asked(text(200), 'Body or post', { missing: 'Enter the body or the post' }),
    kind: asked(z.enum(appointmentKinds), 'Kind', { missing: 'Select what kind of appointment it is' }),
    from: date,
    to: date.nullable().optional(),
  })
  .transform(({ to = null, ...rest }) => ({ ...rest, to }))
  .meta({ id: 'AppointmentBody' });

export const appointmentEndBody = z.strictObject({ to: date }).meta({ id: 'AppointmentEndBody' });

export const trainingBody = z.strictObject({
  kind: asked(z.enum(trainingKept), 'Kind', { missing: 'Select what was completed' }),
  completed: asked(date, 'Day of completion', { missing: 'Enter the day on which it was completed' }),
  expires: asked(date, 'Last day on which it counts'),
});
trainingBody.register(z.globalRegistry, { id: 'TrainingBody' });

export const goneBody = z.strictObject({ on: asked(date, 'Last day as a member').optional() });
goneBody.register(z.globalRegistry, { id: 'GoneBody' });
