/** Keeping the register of members: entries, appointments, training, and the feed of the committee system. */
import { z } from 'zod';
import { asked } from '../web/schema/field-words.js';
import { appointmentKinds, standings } from '../../policies/register/member.js';
import { trainingKept } from '../../policies/register/register-keeping.js';
import { feedMediaTypes } from './feed/read-feed.js';
import { readUpload } from './feed/read-upload.js';
import type { Ctx } from '../case/ctx.js';
import { presentCouncillor } from './present/councillor.js';
import { presentDifferences } from './present/differences.js';
import { addCouncillor } from './add-councillor.js';
import { changeCouncillor } from './change-councillor.js';
import { compareRegister } from './compare-register.js';
import { confirmGone } from './confirm-gone.js';
import { councillorAfter } from './councillor-after.js';
import { endAppointment } from './end-appointment.js';
import { importRegister } from './import-register.js';
import { recordAppointment } from './record-appointment.js';
import { recordTraining } from './record-training.js';
import { once, translated, type Joined } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { date, email, emailMissing, instant, text, uuid } from '../web/schema/schemas.js';
import { councillorShape, differencesShape } from './shapes.js';

const byId = z.strictObject({ id: uuid });
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

/** Five megabytes: a council of two thousand members with all that a feed says of each. */
export const largestFeed = 5_000_000;

const subjectOf = (id: string): string => `councillor:${id}`;

/** The entry as it is afterwards: the change is the entry on the trail. */
const presentAfter = async (ctx: Joined, subject: string) =>
  presentCouncillor(ctx, await councillorAfter(ctx, subject.slice(subjectOf('').length)));

const command = (ctx: Ctx, status: number, act: (joined: Joined) => Promise<string>) =>
  once(ctx, status, async (joined) => subjectOf(await act(joined)), presentAfter, 'councillor.read');

export const registerKeepingRoutes = [
  route({
    method: 'POST',
    path: '/api/councillors',
    summary: 'Enter a member; with an e-mail address they get an account',
    body: newCouncillorBody,
    status: 201,
    response: councillorShape,
    run: (ctx, { body }) => command(ctx, 201, (joined) => addCouncillor(joined, body)),
  }),
  route({
    method: 'PATCH',
    path: '/api/councillors/{id}',
    summary: 'Change a member’s entry: standing, term, ward, a seat lost',
    params: byId,
    body: councillorBody,
    response: councillorShape,
    run: (ctx, { params, body }) => command(ctx, 200, (joined) => changeCouncillor(joined, params.id, body)),
  }),
  route({
    method: 'POST',
    path: '/api/councillors/{id}/gone',
    summary: 'Confirm that a member is gone: former, and never deleted',
    params: byId,
    body: goneBody,
    response: councillorShape,
    run: (ctx, { params, body }) => command(ctx, 200, (joined) => confirmGone(joined, params.id, body.on)),
  }),
  route({
    method: 'POST',
    path: '/api/councillors/{id}/appointments',
    summary: 'Enter an appointment of a member',
    params: byId,
    body: appointmentBody,
    status: 201,
    response: councillorShape,
    run: (ctx, { params, body }) => command(ctx, 201, (joined) => recordAppointment(joined, params.id, body)),
  }),
  route({
    method: 'PATCH',
    path: '/api/councillors/{id}/appointments/{appointment}',
    summary: 'End an appointment: its last day',
    params: z.strictObject({ id: uuid, appointment: uuid }),
    body: appointmentEndBody,
    response: councillorShape,
    run: (ctx, { params: { id, appointment }, body }) =>
      command(ctx, 200, (joined) => endAppointment(joined, id, appointment, body.to)),
  }),
  route({
    method: 'POST',
    path: '/api/councillors/{id}/training',
    summary: 'Enter training, or that a DBS check was made; never what a certificate says',
    params: byId,
    body: trainingBody,
    status: 201,
    response: councillorShape,
    run: (ctx, { params, body }) => command(ctx, 201, (joined) => recordTraining(joined, params.id, body)),
  }),
  route({
    method: 'POST',
    path: '/api/councillors/import',
    summary:
      'Hold a feed of the committee system (ModernGov GetCouncillorsByWard, or CSV) against the register, and take it over unless it is a dry run',
    mediaTypes: feedMediaTypes,
    bodyLimit: largestFeed,
    idempotent: false,
    query: z.strictObject({ dryRun: z.enum(['true', 'false']).optional() }),
    response: differencesShape,
    run: async (ctx, { query: { dryRun }, upload }) => {
      if (!upload) throw new Error('An import comes with a file.');
      const feed = readUpload(upload);
      return presentDifferences(
        await (dryRun === 'true' ? compareRegister(ctx, feed) : translated(importRegister(ctx, feed))),
      );
    },
  }),
];
