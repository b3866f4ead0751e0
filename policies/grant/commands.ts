/** The commands on a grant. Source: need-to-know.md, section 6. */
import { command, type Hindrance } from '../command/command.js';
import type { Grant } from './grant.js';
import { isLive } from './access.js';
import { markable, markersOf } from './grant-conditions.js';

type At = { readonly now: Date };

export const ended: Hindrance<Grant, At> = {
  rule: 'grant_ended',
  when: (grant, { now }) => !isLive(grant, now),
};

export const revoke = command({
  name: 'revoke',
  on: 'Grant',
  by: ['childrens_services', 'democratic_services', 'legal', 'data_protection', 'host'],
  closedBy: [ended],
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
