/**
 * Offices as they are given: by an administrator, confirmed by a second person, from a day to a day.
 * Source: People, accounts and sign-in, “From nothing to the first decision”, 2, and “People and offices”.
 */
import type { Capacity, Office } from '../core/office.js';

/** Capacities that an office is given in: a deputy is registered for a time, and holds no office. */
export const givenCapacities = ['principal', 'authorised'] as const satisfies readonly Capacity[];
export type GivenCapacity = (typeof givenCapacities)[number];

/** The days of an office; null for always, or for good. `YYYY-MM-DD`. */
export interface Days {
  readonly from: string | null;
  readonly to: string | null;
}

/** One office of one person, as it is on record. */
export interface OfficeHeld extends Days {
  readonly kind: 'OfficeHeld';
  readonly id: string;
  readonly personId: string;
  readonly office: Office;
  readonly capacity: GivenCapacity;
  readonly head: boolean;
  /** The delegation, for an office that is authorised. */
  readonly authority: string | null;
  /** Who gave it; null where the service itself entered it. */
  readonly givenBy: { readonly id: string; readonly name: string } | null;
  readonly confirmedBy: { readonly id: string; readonly name: string } | null;
  /** Whether it counts, once its days have come. */
  readonly confirmed: boolean;
}

/** An office that is to be given. */
export interface Giving extends Days {
  readonly office: Office;
  readonly head: boolean;
}

/** Whether two spans have a day in common. */
export const meet = (a: Days, b: Days): boolean =>
  (a.from === null || b.to === null || a.from <= b.to) &&
  (b.from === null || a.to === null || b.from <= a.to);

/** Whether an office is over on that day. */
export const isOver = ({ to }: Days, today: string): boolean => to !== null && to < today;

/** The state of an office on a day, as people are told. */
export const officeStates = ['waits', 'begins', 'counts', 'over'] as const;
export type OfficeState = (typeof officeStates)[number];

export const stateOf = (held: OfficeHeld, today: string): OfficeState => {
  if (isOver(held, today)) return 'over';
  if (!held.confirmed) return 'waits';
  return held.from !== null && held.from > today ? 'begins' : 'counts';
};

/** Whether the offices of one person at one time may be held together: an administrator holds no other. */
const fit = (offices: readonly Office[]): boolean =>
  !offices.includes('administrator') || offices.every((office) => office === 'administrator');

/** The offices that somebody must hold who can sign in: nobody else could give or confirm one. */
const keptOffices: readonly Office[] = ['administrator', 'monitoring_officer'];

export const mustBeKept = (office: Office): boolean => keptOffices.includes(office);

/** Whether an office would stand beside the administrator’s, or be the administrator’s beside another. */
export const administersBesideOffice = (giving: Giving, held: readonly OfficeHeld[]): boolean =>
  !fit([giving.office, ...held.filter((each) => meet(giving, each)).map(({ office }) => office)]);

/** What is wrong with that last day of an office; null where nothing is. @param earliest the day before today */
export const faultOfEnd = ({ to }: Days, last: string, earliest: string): string | null => {
  if (last < earliest) return 'Enter yesterday, to end it now, or a later day';
  if (to !== null && last > to) return 'Enter a day that is not after the last day that was confirmed';
  return null;
};

/** Whether an office that ends on that day never counted: nobody confirmed it, or it would end before it begins. */
export const neverCounts = ({ confirmed, from }: OfficeHeld, last: string): boolean =>
  !confirmed || (from !== null && last < from);
