/** How people meet the commands on a visit, and the planning of one. */
import type { No } from '../../policies/permission/permit.js';
import type { Visit } from '../../policies/visit/visit.js';
import { cancel, confirm, move, planVisit, recordAttendance } from '../../policies/visit/commands.js';
import { offered } from '../case/offered.js';
import { attendanceBody, byId, changeBody, confirmBody, planBody } from './bodies.js';
import { paths } from '../web/paths.js';

export const planHere = offered(planVisit, {
  says: 'Plan a visit',
  at: paths.planVisit,
  explains: (_grant, { from }: No) => from === 'state',
  params: byId,
  body: planBody,
  api: ['POST', '/api/grants/{id}/visits'],
});

/** What comes later is worth telling of before its time. */
export const before = ({ endedAt, attendance }: Visit, { from }: No): boolean =>
  from === 'state' && endedAt === null && attendance === null;

export const moveHere = offered(move, {
  says: 'Change the day, the case or who accompanies',
  at: paths.moveVisit,
  params: byId,
  body: changeBody,
  api: ['PATCH', '/api/visits/{id}'],
});

export const cancelHere = offered(cancel, {
  says: 'Call this visit off',
  at: paths.cancelVisit,
  params: byId,
  body: undefined,
  api: ['POST', '/api/visits/{id}/cancel'],
});

export const recordHere = offered(recordAttendance, {
  says: 'Record what happened',
  at: paths.attendance,
  explains: before,
  params: byId,
  body: attendanceBody,
  api: ['POST', '/api/visits/{id}/attendance'],
});

export const confirmHere = offered(confirm, {
  says: 'Say whether you agree with the record',
  at: paths.confirm,
  explains: before,
  params: byId,
  body: confirmBody,
  api: ['POST', '/api/visits/{id}/confirm'],
});
