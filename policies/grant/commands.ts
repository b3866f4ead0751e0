/** The commands on a grant. Source: need-to-know.md, section 6. */
import { command, type Hindrance } from '../command/command.js';
import type { Grant } from './grant.js';
import { saysUnheard } from '../incident/allegation.js';
import { isLive } from './access.js';
import { markable, markersOf } from './grant-conditions.js';

type At = { readonly now: Date };

export const ended: Hindrance<Grant, At> = {
  rule: 'grant_ended',
  when: (grant, { now }) => !isLive(grant, now),
};

/** What an incident froze is ended once the councillor was told what is alleged and could answer, save to protect others. */
export const revoke = command({
  name: 'revoke',
  on: 'Grant',
  by: ['childrens_services', 'democratic_services', 'legal', 'data_protection', 'host'],
  closedBy: [ended],
  hinders: [
    {
      rule: 'hearing',
      when: ({ lasting }, { now, cause }) =>
        cause !== 'to_protect_others' &&
        saysUnheard(
          lasting.map(({ hearing }) => hearing),
          now,
        ),
    },
  ],
});

/** Each condition has an owner, which decides who may mark it. */
export const markCondition = command({
  name: 'mark_condition',
  on: 'Grant',
  by: ['childrens_services', 'democratic_services', 'legal', 'host'],
  among: ({ condition }) => (condition ? markersOf(condition) : null),
  cases: ({ conditions }, given) => conditions.map((condition) => ({ ...given, condition })),
  closedBy: [
    {
      rule: 'grant_ended',
      when: (grant, { now, condition }) =>
        !markable(grant, now).some(({ id }) => condition === undefined || id === condition.id),
    },
  ],
});

/** A release does not bring back a grant that ended in the meantime. */
export const release = command({
  name: 'release',
  on: 'Grant',
  by: ['data_protection'],
  closedBy: [ended, { rule: 'not_frozen', when: ({ frozenAt }) => frozenAt === null }],
});

/** Within the time to release: they confirm that it stays frozen until the councillor was heard. */
export const confirmFreeze = command({
  name: 'confirm_freeze',
  on: 'Grant',
  by: ['data_protection'],
  closedBy: [
    ended,
    { rule: 'not_frozen', when: ({ frozenAt }) => frozenAt === null },
    {
      rule: 'freeze_confirmed',
      when: ({ lasting }) => lasting.every(({ confirmedAt }) => confirmedAt !== null),
    },
  ],
});
