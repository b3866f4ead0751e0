/** How people meet the commands on a visit, and the planning of one. */
import type { No } from '../../policies/permission/permit.js';
import type { Visit } from '../../policies/visit/visit.js';
import { cancel, confirm, move, planVisit, recordAttendance } from '../../policies/visit/commands.js';
import { offered } from '../case/offered.js';
import { paths } from '../web/paths.js';

export const planHere = offered(planVisit, {
  says: 'Plan a visit',
  at: ({ id }) => paths.planVisit(id),
  told: (_grant, { from }: No) => from === 'state',
});

/** What comes later is worth telling of before its time. */
export const before = ({ endedAt, attendance }: Visit, { from }: No): boolean =>
  from === 'state' && endedAt === null && attendance === null;

export const moveHere = offered(move, {
  says: 'Change the day, the case or who accompanies',
  at: ({ id }) => paths.moveVisit(id),
  told: () => false,
});

export const cancelHere = offered(cancel, {
  says: 'Call this visit off',
  at: ({ id }) => paths.cancelVisit(id),
  told: () => false,
});

export const recordHere = offered(recordAttendance, {
  says: 'Record what happened',
  at: ({ id }) => paths.attendance(id),
  told: before,
});

export const confirmHere = offered(confirm, {
  says: 'Say whether you agree with the record',
  at: ({ id }) => paths.confirm(id),
  told: before,
});
