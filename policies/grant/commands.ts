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

/** Why the councillor must be heard before it is ended: an incident that is still open froze it. False where they need not. */
export const unheard = ({ weighed }: Grant, now: Date): string | false =>
  saysUnheard(
    weighed.map(({ hearing }) => hearing),
    now,
  );

/** Whether it is on record that others must be protected: a bar, a link or a refusal ended a visit. */
const protects = ({ visits }: Grant): boolean =>
  visits.some(({ endedBecause }) => endedBecause === 'blocked' || endedBecause === 'withdrawn');

/**
 * What an incident froze is ended once the councillor was told what is alleged and could answer, released or not. Only what
 * is on record, and says nothing of the councillor, ends it before.
 */
export const revoke = command({
  name: 'revoke',
  on: 'Grant',
  by: ['childrens_services', 'democratic_services', 'legal', 'data_protection', 'host'],
  closedBy: [ended],
  hinders: [
    {
      rule: 'hearing',
      when(grant, { now, cause }) {
        const says = unheard(grant, now);
        if (says === false || cause !== 'to_protect_others') return says;
        return protects(grant)
          ? false
          : `${says} Nothing on record says that others must be protected: no check or withdrawal ended a visit.`;
      },
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
