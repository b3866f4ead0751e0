/**
 * May this councillor attend under this grant now? The strictest limit wins, and the answer names every limit that
 * does not hold. Nothing is stored: each question works the answer out again from the facts.
 * Source: need-to-know.md, section 6.
 */
import { inDays } from '../core/words/in-days.js';
import { lapsesAfterDefeat } from '../register/defeat.js';
import { standingOn, lastTraining, trainingKinds } from '../register/register.js';
import { addMonths, londonDate } from '../core/time/london.js';
import { numberOf } from '../core/words/number-of.js';
import type { Grant } from './grant.js';

const limits = [
  'revoked',
  'lapsed',
  'completed',
  'frozen',
  'seat_lost',
  'window_not_open',
  'window',
  'three_months',
  'events',
  'term',
  'appointment',
  'training',
  'undertaking',
  'conditions',
  'checks',
  'journey',
  'visit_ended',
  'visit_date',
  'visit_time',
  'chaperone',
  'case',
  'conference',
  'unplanned',
] as const;
export type Limit = (typeof limits)[number];

export type GrantStatus = 'active' | 'waiting' | 'frozen' | 'revoked' | 'lapsed' | 'completed';

export interface Because {
  readonly limit: Limit;
  readonly explanation: string;
}

export interface Access {
  readonly status: GrantStatus;
  readonly allowed: boolean;
  /** Empty when allowed. */
  readonly because: readonly Because[];
}

/** Default: no grant outlives three months from the start of its window. */
export const longestGrantMonths = 3;

/** A limit that is over, for good; or one that is not met yet, and may be. */
export interface Failure extends Because {
  readonly over: boolean;
}

export const over = (limit: Limit, explanation: string): Failure => ({ limit, explanation, over: true });
export const open = (limit: Limit, explanation: string): Failure => ({ limit, explanation, over: false });

const ofTime = ({ window }: Grant, today: string): Failure[] => [
  ...(today < window.from ? [open('window_not_open', `The window opens on ${inDays(window.from)}.`)] : []),
  ...(today > window.to ? [over('window', `The window closed on ${inDays(window.to)}.`)] : []),
  ...(today >= addMonths(window.from, longestGrantMonths)
    ? [over('three_months', `A grant lasts ${numberOf(longestGrantMonths, 'month')} at most.`)]
    : []),
];

/**
 * A seat lost at an election freezes what was granted from the declared result on, which is a rule of the council's own,
 * and ends it on the fourth day after the poll, as the term of office ends (LGA 1972, section 7). Rights to papers under a
 * statute go on until then: they rest on the office, and no grant.
 */
const ofElection = ({ councillor: { defeat, term }, madeAt }: Grant, now: Date, today: string): Failure[] => {
  if (defeat === null || now < defeat.declaredAt) return [];
  const lapses = lapsesAfterDefeat(defeat);
  // Won again since: what was made after the end of the old term rests on the new one, whatever the entry still says.
  if (term.from > defeat.poll && londonDate(madeAt) >= lapses) return [];
  return today >= lapses
    ? [over('term', `The seat was lost at the election of ${inDays(defeat.poll)}.`)]
    : [
        open(
          'seat_lost',
          `The seat was lost at the election: what was granted is paused, and ends on ${inDays(lapses)}.`,
        ),
      ];
};

/** Training that had expired before the approval was approved as booked: it is still to come, and ends nothing. */
const ofRegister = (
  { councillor, appointment, protocolVersion, madeAt }: Grant,
  today: string,
): Failure[] => {
  const standing = standingOn(councillor, today);
  const missingTraining = Object.values(trainingKinds).flatMap((kind): Failure[] => {
    const last = lastTraining(councillor, kind, today);
    const name = kind === 'safeguarding' ? 'Safeguarding training' : 'Data protection training';
    if (!last) return [open('training', `${name} is not recorded.`)];
    if (last.expires >= today) return [];
    const expired = last.expires < londonDate(madeAt) ? open : over;
    return [expired('training', `${name} expired on ${inDays(last.expires)}.`)];
  });
  return [
    ...(standing === 'former' ? [over('term', 'The person is not a member today.')] : []),
    ...(standing === 'elect' ? [open('term', 'The person is elected, and not a member yet.')] : []),
    ...(appointment === 'gone' ? [over('appointment', 'The register has the appointment no longer.')] : []),
    ...(appointment !== null && appointment !== 'gone' && appointment.to !== null && appointment.to < today
      ? [over('appointment', `The appointment ended on ${inDays(appointment.to)}.`)]
      : []),
    ...missingTraining,
    ...(councillor.undertaking?.version === protocolVersion
      ? []
      : [open('undertaking', 'The protocol in force has not been accepted.')]),
  ];
};

const checkSays = {
  agreements: 'Somebody whose agreement is asked has still to be asked.',
  connection: 'Links to the family are still to be checked.',
  prerequisites: 'Something booked has still to take place.',
} as const;

const ofGrant = (grant: Grant): Failure[] => [
  ...(grant.journeyEnded
    ? [over('journey', 'A child’s journey ends at proceedings or adoption, whatever the route.')]
    : []),
  ...(grant.eventsUsed >= grant.events ? [over('events', 'Every event has been used.')] : []),
  ...grant.conditions
    .filter(({ before, state }) => state === 'breached' || (before === 'attendance' && state !== 'met'))
    .map(({ state }) =>
      open(
        'conditions',
        state === 'breached' ? 'A condition is breached.' : 'A condition is still to be met.',
      ),
    ),
  ...grant.open.map((check) => open('checks', checkSays[check])),
];

const endedSays = {
  revoked: 'The council has ended this.',
  lapsed: 'A limit was over.',
  completed: 'It has been used.',
} as const;

/** Every limit that does not hold at that moment, for a grant that nobody has ended. */
export const failuresOf = (grant: Grant, now: Date): Failure[] => {
  const today = londonDate(now);
  const found = [
    ...(grant.frozenAt
      ? [open('frozen', 'The grant is frozen until Data Protection releases or ends it.')]
      : []),
    ...ofElection(grant, now, today),
    ...ofTime(grant, today),
    ...ofGrant(grant),
    ...ofRegister(grant, today),
  ];
  const { lapse } = grant;
  const isSaid = lapse === null || found.some(({ limit, over: isOver }) => isOver && limit === lapse.limit);
  return isSaid ? found : [...found, over(lapse.limit, lapse.explanation)];
};

/** Whether the grant may be used at that moment, and why not. */
export const access = (grant: Grant, now: Date): Access => {
  if (grant.endedBecause) {
    const ended = { limit: grant.endedBecause, explanation: endedSays[grant.endedBecause] };
    const why = grant.endedBecause === 'lapsed' && grant.lapse ? [because(grant.lapse)] : [];
    return { status: grant.endedBecause, allowed: false, because: [ended, ...why] };
  }
  const failures = failuresOf(grant, now);
  return {
    status: statusOf(grant, failures),
    allowed: failures.length === 0,
    because: failures.map(because),
  };
};

/** Whether the grant waits for its end because the seat was lost at an election. */
export const seatLost = (grant: Grant, now: Date): boolean =>
  access(grant, now).because.some(({ limit }) => limit === 'seat_lost');

/** A failed limit with its explanation. */
export const because = ({ limit, explanation }: Because): Because => ({ limit, explanation });

const statusOf = (grant: Grant, failures: readonly Failure[]): GrantStatus => {
  if (grant.eventsUsed >= grant.events) return 'completed';
  if (failures.some((failure) => failure.over)) return 'lapsed';
  if (failures.some(({ limit }) => limit === 'frozen' || limit === 'seat_lost')) return 'frozen';
  return failures.length > 0 ? 'waiting' : 'active';
};

/** Whether a grant has not come to its end yet: it may be used, waits, or is frozen. */
export const isLive = (grant: Grant, now: Date): boolean =>
  !['revoked', 'lapsed', 'completed'].includes(access(grant, now).status);
