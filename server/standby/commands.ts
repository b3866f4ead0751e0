/** How people meet the commands on who stands in, is away or is conflicted. */
import { z } from 'zod';
import { recordAbsence, recordConflict, recordDeputy } from '../../policies/standby/commands.js';
import { offered } from '../case/offered.js';
import { paths } from '../web/paths.js';
import { absenceBody, conflictBody, deputyBody } from './bodies.js';

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

export const recordConflictHere = offered(recordConflict, {
  says: 'Record a conflict',
  at: () => paths.conflict,
  params: z.strictObject({}),
  body: conflictBody,
  api: ['POST', '/api/conflicts'],
});
