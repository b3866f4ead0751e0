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

/** Whether an incident has cleared: what it froze was released, and it is closed. */
const hasCleared = ({ to, closedAt }: Grant['weighed'][number], now: Date): boolean =>
  to !== null && to <= now && closedAt !== null && closedAt <= now;

/**
 * Why the councillor must be heard before it is ended: an incident froze it. The hearing belongs to the facts, so that an
 * incident which has cleared counts too, unless the end rests on other facts. False where they need not be heard.
 */
export const unheard = ({ weighed }: Grant, now: Date, otherFacts = false): string | false =>
  saysUnheard(
    weighed.filter((each) => !otherFacts || !hasCleared(each, now)).map(({ hearing }) => hearing),
    now,
  );

/** Whether it is on record that others must be protected: a bar, a link or a refusal ended a visit. */
const protects = ({ visits }: Grant): boolean =>
  visits.some(({ endedBecause }) => endedBecause === 'blocked' || endedBecause === 'withdrawn');

/**
 * What an incident froze is ended once the councillor was told what is alleged and could answer, released or closed or not,
 * save on other facts than those of an incident that has cleared. Only what
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
      when(grant, { now, cause, otherFacts }) {
        const says = unheard(grant, now, otherFacts);
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
