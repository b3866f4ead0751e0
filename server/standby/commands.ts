/** How people meet the commands on who stands in or is away. */
import { z } from 'zod';
import { recordAbsence, recordDelegation, recordDeputy } from '../../policies/standby/commands.js';
import { offered } from '../case/offered.js';
import { paths } from '../web/paths.js';
import { absenceBody, delegationBody, deputyBody } from './bodies.js';

export const recordDeputyHere = offered(recordDeputy, {
  says: 'Register a deputy',
  at: () => paths.deputy,
  params: z.strictObject({}),
  body: deputyBody,
  api: ['POST', '/api/deputies'],
});

export const recordDelegationHere = offered(recordDelegation, {
  says: 'Record a delegation of strategy discussions',
  at: () => paths.delegation,
  params: z.strictObject({}),
  body: delegationBody,
  api: ['POST', '/api/delegations'],
});

export const recordAbsenceHere = offered(recordAbsence, {
  says: 'Record that somebody is away',
  at: () => paths.absence,
  params: z.strictObject({}),
  body: absenceBody,
  api: ['POST', '/api/absences'],
});
