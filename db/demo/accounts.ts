import type { Capacity, Office } from '../../policies/core/office.js';

/** The password of every demonstration account (http-api.md, "the demonstration council"). */
export const demoPassword = 'observe-and-account-2026';

/** The part of the address before `@council.example`. */
export type Login =
  | 'scrutiny.chair'
  | 'scrutiny.member'
  | 'lead.member'
  | 'ward.member'
  | 'coopted.member'
  | 'former.member'
  | 'childrens.services'
  | 'childrens.services.deputy'
  | 'legal'
  | 'legal.second'
  | 'monitoring.officer'
  | 'monitoring.officer.deputy'
  | 'democratic.services'
  | 'democratic.services.second'
  | 'two.offices'
  | 'host'
  | 'data.protection'
  | 'auditor'
  | 'administrator'
  | 'host.line.manager';

interface HeldOffice {
  readonly office: Office;
  readonly capacity: Exclude<Capacity, 'deputy'>;
  readonly head: boolean;
  /** Under which delegation somebody is authorised. */
  readonly delegation?: string;
}

export interface Account {
  readonly login: Login;
  readonly name: string;
  readonly offices: readonly HeldOffice[];
  /** The office whose head this person stands in for. */
  readonly deputyOf?: Office;
  readonly signsIn: boolean;
}

const headOf = (office: Office): HeldOffice => ({ office, capacity: 'principal', head: true });
const principalOf = (office: Office): HeldOffice => ({ office, capacity: 'principal', head: false });
const authorisedFor = (office: Office, by: string): HeldOffice => ({
  office,
  capacity: 'authorised',
  head: false,
  delegation: `Demonstration scheme of delegation: may act for the office at any time, as recorded by ${by}.`,
});

/** Named after the office, and marked, so that nobody takes one for a real person. */
const account = (
  login: Login,
  name: string,
  offices: readonly HeldOffice[],
  more: Partial<Pick<Account, 'deputyOf' | 'signsIn'>> = {},
): Account => ({ login, name: `${name} (demonstration)`, offices, signsIn: true, ...more });

const councillor = [principalOf('councillor')];
const headOfLegal = 'the head of Legal';
const headOfDemocraticServices = 'the head of Democratic Services';

/** Everybody of the demonstration council. */
export const accounts: readonly Account[] = [
  account('scrutiny.chair', 'Scrutiny Chair', councillor),
  account('scrutiny.member', 'Scrutiny Member', councillor),
  account('lead.member', 'Lead Member', councillor),
  account('ward.member', 'Ward Member', councillor),
  account('coopted.member', 'Co-opted Member', councillor),
  account('former.member', 'Former Member', councillor),
  account('childrens.services', 'Children’s Services', [headOf('childrens_services')]),
  account('childrens.services.deputy', 'Children’s Services Deputy', [], { deputyOf: 'childrens_services' }),
  account('legal', 'Legal', [headOf('legal')]),
  account('legal.second', 'Legal Second', [authorisedFor('legal', headOfLegal)]),
  account('monitoring.officer', 'Monitoring Officer', [headOf('monitoring_officer')]),
  account('monitoring.officer.deputy', 'Monitoring Officer Deputy', [], { deputyOf: 'monitoring_officer' }),
  account('democratic.services', 'Democratic Services', [headOf('democratic_services')]),
  account('democratic.services.second', 'Democratic Services Second', [
    authorisedFor('democratic_services', headOfDemocraticServices),
  ]),
  account('two.offices', 'Two Offices', [
    authorisedFor('legal', headOfLegal),
    authorisedFor('democratic_services', headOfDemocraticServices),
  ]),
  account('host', 'Host', [principalOf('host')]),
  account('data.protection', 'Data Protection', [headOf('data_protection')]),
  account('auditor', 'Auditor', [headOf('auditor')]),
  account('administrator', 'Administrator', [headOf('administrator')]),
  // Named with every host, since a line manager may not sign; has nothing to do here, so no password.
  account('host.line.manager', 'Host’s line manager', [], { signsIn: false }),
];

/** The address an account signs in with. */
export const emailOf = (login: Login): string => `${login}@council.example`;
