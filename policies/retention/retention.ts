/**
 * How long data is kept, and which data of one councillor is due for disposal. A hold comes before everything, linked
 * data goes together, and nothing is due if the end of its council term is not on record.
 *
 * Source: need-to-know.md, section 8 (decisions, refusals, reviews, undertakings for six years after the end of the
 * council term; notifications twelve months); UK GDPR, Article 5(1)(e): no longer than is necessary. These are
 * defaults: a council sets its own.
 */
import { isHeld, type LegalHolds } from '../legal-hold/legal-hold.js';
import { addMonths } from '../core/time/london.js';

/**
 * - `requests`: with sign-offs, assessments, discussions, grants, visits, releases, reviews, incidents, and what the
 *   trail says of them, from the end of the council term in which they were made;
 * - `councillors`: the entry in the register, undertakings, the account, and what the trail says of the person, from
 *   the end of their last term, once nothing else of theirs is left;
 * - `notifications`: from the day on which they were written.
 */
export const retentionKinds = ['requests', 'councillors', 'notifications'] as const;
export type RetentionKind = (typeof retentionKinds)[number];

/** Months, by kind. */
export type Schedule = Readonly<Record<RetentionKind, number>>;

/**
 * The defaults of need-to-know.md, section 8. The schedule in force is in the database (`db/retention/retention.ts`).
 */
export const defaultSchedule: Schedule = { requests: 72, councillors: 72, notifications: 12 };

/** A term as the register had it. */
export interface Term {
  readonly from: string;
  /** The last day; null where no end is on record. */
  readonly to: string | null;
}

/** A request as far as it matters for how long it is kept. */
export interface KeptRequest {
  readonly id: number;
  readonly reference: string;
  /** The day in London on which it was begun. */
  readonly madeOn: string;
  /** An incident about it that Data Protection have not closed. */
  readonly openIncident: boolean;
}

/** Everything of a councillor that decides how long it is kept. */
export interface Kept {
  /** As they were entered, the newest last; never empty. */
  readonly terms: readonly Term[];
  readonly requests: readonly KeptRequest[];
  /** Pairs of requests, by id, that can only go together. */
  readonly links: readonly (readonly [number, number])[];
  /** An incident, about any request or none, that Data Protection have not closed. */
  readonly openIncident: boolean;
  readonly holds: LegalHolds;
}

/**
 * The end of the term of council in which something of that day falls: of the terms that began by then, the one
 * entered last, so that a correction counts and a later term does not. A departure that was entered with an earlier
 * day ends no term before the day itself.
 * @returns null where no end is on record
 */
export const termEnd = (terms: readonly Term[], day: string): string | null => {
  const term = terms.findLast(({ from }) => from <= day) ?? terms.at(-1);
  if (!term || term.to === null) return null;
  return term.to < day ? day : term.to;
};

/** The last day on which it is kept; null where that is not known yet. */
export const keptUntil = (from: string | null, months: number): string | null =>
  from === null ? null : addMonths(from, months);

const isOver = (until: string | null, today: string): boolean => until !== null && until < today;

/** Notifications of the days before this one are due. */
export const notificationsBefore = (schedule: Schedule, today: string): string =>
  addMonths(today, -schedule.notifications);

/** Why something is not due: a hold on it, an incident that is still open, or its time. */
export type Keeping = 'due' | 'held' | 'open' | 'kept';

/** Requests that go together, and whether they do now. */
export interface Matter {
  readonly requests: readonly KeptRequest[];
  readonly state: Keeping;
  /** The last day on which they are kept; null where that is not known yet. */
  readonly until: string | null;
}

/** The later day; not known where either is not. */
const later = (one: string | null, other: string | null): string | null =>
  one === null || other === null ? null : one > other ? one : other;

/** The requests in linked groups, in the order of the first of each. */
const together = ({ requests, links }: Pick<Kept, 'requests' | 'links'>): KeptRequest[][] => {
  const groupOf = new Map<number, Set<number>>(requests.map(({ id }) => [id, new Set([id])]));
  for (const [one, other] of links) {
    const [a, b] = [groupOf.get(one), groupOf.get(other)];
    if (!a || !b || a === b) continue;
    for (const id of b) {
      a.add(id);
      groupOf.set(id, a);
    }
  }
  return [...new Set(groupOf.values())].map((group) => requests.filter(({ id }) => group.has(id)));
};

const weighed = (requests: readonly KeptRequest[], kept: Kept, schedule: Schedule, today: string): Matter => {
  const until = requests
    .map(({ madeOn }) => keptUntil(termEnd(kept.terms, madeOn), schedule.requests))
    .reduce(later);
  const state = isHeld(kept.holds, requests)
    ? 'held'
    : requests.some(({ openIncident }) => openIncident)
      ? 'open'
      : isOver(until, today)
        ? 'due'
        : 'kept';
  return { requests, until, state };
};

/** What of a councillor's data is due on a day. */
export interface Due {
  /** Every matter of theirs, with whether it is due, and why not. */
  readonly matters: readonly Matter[];
  /** The requests that are due. */
  readonly requests: readonly KeptRequest[];
  /** Whether the councillor goes as well: their last term is long over, and nothing else of them is left. */
  readonly councillor: boolean;
  /** The last day on which the councillor's own entry is kept; null where that is not known yet. */
  readonly councillorUntil: string | null;
}

/** @param today `YYYY-MM-DD` in London */
export const dueForDisposal = (kept: Kept, schedule: Schedule, today: string): Due => {
  const matters = together(kept).map((requests) => weighed(requests, kept, schedule, today));
  const last = kept.terms.at(-1);
  const councillorUntil = keptUntil(last ? termEnd([last], last.from) : null, schedule.councillors);
  const councillor =
    !kept.holds.councillor &&
    !kept.openIncident &&
    matters.every(({ state }) => state === 'due') &&
    isOver(councillorUntil, today);
  return {
    matters,
    requests: matters.filter(({ state }) => state === 'due').flatMap(({ requests }) => requests),
    councillor,
    councillorUntil,
  };
};

/** What a disposal was proposed for. */
export interface ProposedOf {
  readonly requests: readonly { readonly id: number }[];
  readonly whole: boolean;
}

/** Whether anything of it can be disposed of. */
export const isAnythingDue = ({ requests, councillor }: Pick<Due, 'requests' | 'councillor'>): boolean =>
  requests.length > 0 || councillor;

/** Whether exactly that is due: nothing has come to it or gone from it since it was proposed. */
export const isSameDisposal = (proposed: ProposedOf, due: Due): boolean =>
  proposed.whole === due.councillor &&
  proposed.requests.length === due.requests.length &&
  due.requests.every(({ id }) => proposed.requests.some((request) => request.id === id));
