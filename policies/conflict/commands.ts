/**
 * What is done about a conflict of interest: recorded, contested by the person, settled, ended. Source: need-to-know.md,
 * section 4.
 */
import { command, type Hindrance } from '../command/command.js';
import type { Office } from '../core/office.js';
import { isForChiefExecutive, isOwn, type RecordedConflict } from './conflict.js';

/** Who gives the command, and for which office. */
interface Given {
  readonly by?: string | undefined;
  readonly office?: Office | undefined;
}

/** People contest what others recorded about them, and neither settle nor end it, whatever office they hold. */
const aboutOneself: Hindrance<RecordedConflict, Given> = {
  rule: 'conflict_of_oneself',
  keepsApart: true,
  when: (conflict, { by }) => conflict.personId === by && !isOwn(conflict),
};

const forChiefExecutive: Hindrance<RecordedConflict, Given> = {
  rule: 'conflict_chief_executive',
  keepsApart: true,
  when: (conflict, { office }) => office === 'monitoring_officer' && isForChiefExecutive(conflict),
};

export const recordConflict = command({
  name: 'record',
  on: 'RecordedConflict',
  by: ['democratic_services'],
  bySelf: true,
  keeping: true,
  otherwise: 'own_record',
});

export const contestConflict = command({
  name: 'contest',
  on: 'RecordedConflict',
  by: [],
  bySelf: true,
  from: ['recorded'],
  to: ['contested'],
  otherwise: 'own_record',
  elsewhere: 'conflict_over',
  closedBy: [{ rule: 'conflict_own', when: isOwn }],
});

export const settleConflict = command({
  name: 'settle',
  on: 'RecordedConflict',
  by: ['monitoring_officer', 'democratic_services'],
  keeping: true,
  from: ['contested'],
  to: ['upheld', 'ended'],
  elsewhere: 'conflict_over',
  closedBy: [
    aboutOneself,
    forChiefExecutive,
    {
      rule: 'conflict_settler',
      keepsApart: true,
      when: (conflict, { office }) => office === 'democratic_services' && !isForChiefExecutive(conflict),
    },
    {
      rule: 'conflict_settled_by_another',
      keepsApart: true,
      when: (conflict, { by }) => conflict.recordedBy === by && !isForChiefExecutive(conflict),
    },
  ],
});

/** One’s own; and what somebody else recorded. */
export const endConflict = command({
  name: 'end',
  on: 'RecordedConflict',
  by: ['monitoring_officer', 'democratic_services'],
  bySelf: true,
  keeping: true,
  from: ['recorded', 'contested', 'upheld'],
  to: ['ended'],
  elsewhere: 'conflict_over',
  closedBy: [
    aboutOneself,
    forChiefExecutive,
    {
      rule: 'conflict_recorder',
      keepsApart: true,
      when: (conflict, { by, office }) =>
        office === 'democratic_services' && conflict.recordedBy !== by && !isForChiefExecutive(conflict),
    },
  ],
});
