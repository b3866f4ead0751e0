/** How a visit is planned, and what is done with it. Source: need-to-know.md, section 6. */
import { command, type Hindrance } from '../command/command.js';
import { access } from '../grant/access.js';
import { ended } from '../grant/commands.js';
import type { Visit } from './visit.js';
import { isLive, seatLost } from '../grant/access.js';
import { hoursOf } from './visit-access.js';
import { isEventFree } from './visiting.js';

export const planVisit = command({
  name: 'plan_visit',
  on: 'Grant',
  by: ['host', 'childrens_services'],
  closedBy: [
    ended,
    // Freezing at the declared result is the council's own rule: the term itself goes on until the fourth day after the poll.
    { rule: 'seat_lost', when: (grant, { now }) => seatLost(grant, now) },
    { rule: 'grant_frozen', when: (grant, { now }) => access(grant, now).status === 'frozen' },
    { rule: 'no_event_left', when: (grant) => !isEventFree(grant, grant.visits) },
  ],
});

const over: Hindrance<Visit, unknown> = {
  rule: 'visit_over',
  when: ({ endedAt, attendance }) => endedAt !== null || attendance !== null,
};

export const move = command({
  name: 'move',
  on: 'Visit',
  by: ['host', 'childrens_services'],
  closedBy: [over],
  hinders: [
    {
      rule: 'grant_ended',
      when: (_visit, { movedUnder, now }) => movedUnder !== undefined && !isLive(movedUnder, now),
    },
  ],
});

export const cancel = command({
  name: 'cancel',
  on: 'Visit',
  by: ['host', 'childrens_services'],
  closedBy: [over],
});

/**
 * Host and Children's Services answer for links and agreements. Legal answer for the bars of law; the others report
 * what they see of them.
 */
export const check = command({
  name: 'check',
  on: 'Visit',
  by: ['host', 'childrens_services', 'legal'],
  among: ({ checking }) =>
    checking === undefined || checking === 'legal_bars' ? null : ['host', 'childrens_services'],
  closedBy: [over],
});

/**
 * Somebody may have come to a visit that had already ended: record that too. Before its time, only calling it off can
 * be recorded.
 */
export const recordAttendance = command({
  name: 'record_attendance',
  on: 'Visit',
  by: ['host', 'childrens_services'],
  closedBy: [{ rule: 'attendance_recorded', when: ({ attendance }) => attendance !== null }],
  hinders: [
    {
      rule: 'not_yet',
      when: (visit, { outcome, now }) => outcome !== 'cancelled' && now < hoursOf(visit).opens,
    },
  ],
});

export const confirm = command({
  name: 'confirm',
  on: 'Visit',
  by: ['councillor'],
  former: true,
  closedBy: [
    {
      rule: 'nothing_to_confirm',
      when: ({ attendance }) => attendance === null || attendance.confirmation !== null,
    },
  ],
});
