/**
 * Accounts that are made at the machine itself, before there is anybody who could give an office.
 * Source: People, accounts and sign-in, “From nothing to the first decision”, 1.
 */
import type { Office } from '../core/office.js';

/** The offices that are given at the machine: everything after that needs these two. */
export const firstOffices = ['administrator', 'monitoring_officer'] as const satisfies readonly Office[];
export type FirstOffice = (typeof firstOffices)[number];

/** The account that has the address already. */
export interface KnownAccount {
  readonly councillorId: string | null;
  readonly suspended: boolean;
  readonly offices: readonly Office[];
  /** Whether it is bound to somebody in the council’s own sign-in. */
  readonly bound: boolean;
}

/** An account that is to be made at the machine. */
export interface FirstAccount {
  readonly kind: 'Account';
  readonly office: FirstOffice;
  readonly known: KnownAccount | null;
  /** Whether an administrator, or somebody who holds the office, can sign in. */
  readonly isKept: boolean;
  /** Whether the operator says that this recovers the service, and why. */
  readonly recovers: boolean;
  /** Whether it is to be the account for emergencies, which has a password where the council has its own sign-in. */
  readonly breakGlass: boolean;
}

/** One person never holds the administrator's office beside another. */
const fitTogether = (offices: readonly Office[]): boolean =>
  !offices.includes('administrator') || new Set(offices).size === 1;

/** Whether the account would hold the administrator's office beside another. */
export const administersBeside = ({ office, known }: FirstAccount): boolean =>
  known !== null &&
  !fitTogether([...known.offices, ...(known.councillorId === null ? [] : ['councillor' as const]), office]);
