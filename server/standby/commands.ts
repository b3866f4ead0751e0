/** How people meet the commands on who stands in or is away. */
import { z } from 'zod';
import { recordAbsence, recordDeputy } from '../../policies/standby/commands.js';
import { offered } from '../case/offered.js';
import { paths } from '../web/paths.js';
import { absenceBody, deputyBody } from './bodies.js';

export const recordDeputyHere = offered(recordDeputy, {
  says: 'Register a deputy',
  at: () => paths.deputy,
  params: z.strictObject({}),
  body: deputyBody,
  api: ['POST', '/api/deputies'],
});

export const recordAbsenceHere = offered(recordAbsence, {
  says: 'Record that somebody is away',
  at: () => paths.absence,
  params: z.strictObject({}),
  body: absenceBody,
  api: ['POST', '/api/absences'],
});
