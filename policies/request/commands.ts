/** What is done to a request before it is decided: by the councillor, and by the offices. Source: need-to-know.md, section 4. */
import { command, type Hindrance } from '../command/command.js';
import { decidingOffices } from '../core/office.js';
import { dueOf } from './clock.js';
import { isOverdue } from '../core/time/deadlines.js';
import type { RuleKey } from '../core/rules.js';
import type { CaseFile } from '../case/case-file.js';
import { ordered } from './reviewed.js';
import { asContinued, whyNotContinued } from './journey.js';
import { timeIsOver } from '../deadline/time-passed.js';
import { barredFromHosting, type Candidate } from './hosting.js';

/** The statuses in which the councillor may still change what they ask for. */
export const openStatuses = ['draft', 'submitted', 'returned'] as const;

/** Where a request continues another it is one stage of a child's journey, on top of the stage before. */
export const draft = command({
  name: 'create',
  on: 'Request',
  by: ['councillor'],
  to: ['draft'],
  hinders: [
    {
      rule: 'journey',
      when: ({ row, grant, continuedBy }, { continues }) =>
        continues === true &&
        (whyNotContinued(asContinued(row, grant, continuedBy), row.councillorId) ?? false),
    },
  ],
});

export const edit = command({
  name: 'edit',
  on: 'Request',
  by: ['councillor'],
  from: openStatuses,
  // What is ordered is carried out as it was ordered: the offices settle the days.
  closedBy: [ordered],
  hinders: [timeIsOver],
});

export const submit = command({
  name: 'submit',
  on: 'Request',
  by: ['councillor'],
  from: ['draft', 'returned'],
  to: ['submitted'],
  hinders: [
    timeIsOver,
    {
      rule: 'answer_time',
      // Whether or not a job has run since: it is the time that ends it.
      when({ row, settings, at }) {
        const answer = row.status === 'returned' ? dueOf(settings, row) : null;
        // Under a right what is due are the papers, and the councillor answers when they can.
        return answer?.what === 'answer_returned' && isOverdue(answer, at);
      },
    },
  ],
});

export const withdraw = command({
  name: 'withdraw',
  on: 'Request',
  by: ['councillor'],
  from: openStatuses,
  to: ['withdrawn'],
});

export const returnToCouncillor = command({
  name: 'return',
  on: 'Request',
  by: decidingOffices,
  from: ['submitted'],
  to: ['returned'],
  // Nobody could answer: the councillor changes nothing of what is ordered, and the time to answer would end it.
  closedBy: [ordered],
  hinders: [timeIsOver],
});

const keptFromHosting = (
  rule: RuleKey,
): Hindrance<CaseFile, { readonly people?: readonly Candidate[] | undefined }> => ({
  rule,
  keepsApart: true,
  when: ({ row }, { people = [] }) => people.some((person) => barredFromHosting(person, row) === rule),
});

export const nameHost = command({
  name: 'name_host',
  on: 'Request',
  by: ['childrens_services'],
  from: ['submitted'],
  closedBy: [{ rule: 'seat_signed', when: ({ seats }) => seats.length > 0 }],
  hinders: [
    timeIsOver,
    keptFromHosting('host_is_councillor'),
    keptFromHosting('administrator_alone'),
    keptFromHosting('host_conflicted'),
  ],
});
