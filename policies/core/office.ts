/** The offices of the council, and which of them sign and decide: need-to-know.md, section 4. */

export const offices = [
  'councillor',
  'childrens_services',
  'legal',
  'monitoring_officer',
  'democratic_services',
  'host',
  'data_protection',
  'auditor',
  'administrator',
] as const;

export type Office = (typeof offices)[number];

/** The three offices whose sign-offs a decision needs (report 8.4). */
export const seats = ['childrens_services', 'democratic_services', 'legal'] as const;

export type Seat = (typeof seats)[number];

/** The offices that take part in deciding: "offices" in the HTTP contract. */
export const decidingOffices = [
  'childrens_services',
  'democratic_services',
  'legal',
  'monitoring_officer',
] as const;

export type DecidingOffice = (typeof decidingOffices)[number];

export const capacities = ['principal', 'authorised', 'deputy'] as const;

export type Capacity = (typeof capacities)[number];
