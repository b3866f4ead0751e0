/** How people meet the keeping of the register: one command, given in several ways. */
import { z } from 'zod';
import { keepRegister } from '../../policies/register/commands.js';
import { offered } from '../case/offered.js';
import { uuid } from '../web/schema/schemas.js';
import { paths } from '../web/paths.js';
import {
  appointmentBody,
  appointmentEndBody,
  byId,
  councillorBody,
  goneBody,
  newCouncillorBody,
  trainingBody,
} from './bodies.js';

export const addHere = offered(keepRegister, {
  says: 'Enter a member',
  at: () => paths.newCouncillor,
  params: z.strictObject({}),
  body: newCouncillorBody,
  api: ['POST', '/api/councillors'],
});

export const changeHere = offered(keepRegister, {
  says: 'Change this entry',
  at: paths.changeCouncillor,
  params: byId,
  body: councillorBody,
  api: ['PATCH', '/api/councillors/{id}'],
});

export const goneHere = offered(keepRegister, {
  says: 'Confirm that this member is gone',
  at: paths.departed,
  params: byId,
  body: goneBody,
  api: ['POST', '/api/councillors/{id}/gone'],
});

export const appointHere = offered(keepRegister, {
  says: 'Enter an appointment',
  at: paths.appoint,
  params: byId,
  body: appointmentBody,
  api: ['POST', '/api/councillors/{id}/appointments'],
});

export const endAppointmentHere = offered(keepRegister, {
  says: 'End this appointment',
  at: paths.endAppointment,
  params: z.strictObject({ id: uuid, appointment: uuid }),
  body: appointmentEndBody,
  api: ['PATCH', '/api/councillors/{id}/appointments/{appointment}'],
});

export const trainHere = offered(keepRegister, {
  says: 'Enter training',
  at: paths.training,
  params: byId,
  body: trainingBody,
  api: ['POST', '/api/councillors/{id}/training'],
});
