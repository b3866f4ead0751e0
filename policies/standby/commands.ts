/**
 * Records of deputies and absences: kept by Democratic Services, and absences by people for themselves. Source:
 * need-to-know.md, section 4.
 */
import { command } from '../command/command.js';

export const recordDeputy = command({
  name: 'record',
  on: 'Deputy',
  by: ['democratic_services'],
  keeping: true,
});

/** To whom the Director has delegated strategy discussions in writing. */
export const recordDelegation = command({
  name: 'record',
  on: 'Delegation',
  by: ['democratic_services'],
  keeping: true,
});

export const recordAbsence = command({
  name: 'record',
  on: 'Absence',
  by: ['democratic_services'],
  bySelf: true,
  keeping: true,
  otherwise: 'own_record',
});
