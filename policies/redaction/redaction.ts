/**
 * A text that names or describes a child, a family or a third party is reported by anyone who can read it, hidden at
 * once, and erased by two people, one of them Data Protection. Source: need-to-know.md, section 6a; UK GDPR, Article
 * 5(1)(c). Which offices may be the second (product default): those that read requests.
 */
import type { Office } from '../core/office.js';

export const redactingOffices = [
  'data_protection',
  'childrens_services',
  'democratic_services',
  'legal',
  'monitoring_officer',
] as const satisfies readonly Office[];
export type RedactingOffice = (typeof redactingOffices)[number];

export const redactionStatuses = ['hidden', 'erased', 'put_back'] as const;
export type RedactionStatus = (typeof redactionStatuses)[number];

/** A report of a text, as the rules see it. */
export interface Redaction {
  readonly kind: 'Redaction';
  /** Who reported it. */
  readonly personId: string;
  /** Whose request it is about; empty where it is about none. */
  readonly councillorId: string;
  readonly status: RedactionStatus;
  /** The first of the two people, and for which office; null while nobody has confirmed it. */
  readonly first: { readonly id: string; readonly office: RedactingOffice } | null;
  /** Whether a legal hold covers the text. */
  readonly held: boolean;
}

/** A report that somebody is about to make. */
export const reportBy = (personId: string): Redaction => ({
  kind: 'Redaction',
  personId,
  councillorId: '',
  status: 'hidden',
  first: null,
  held: false,
});

/** Whether, with this one, one of the two is of Data Protection. */
export const isDataProtectionAmong = (first: RedactingOffice, second: Office | undefined): boolean =>
  first === 'data_protection' || second === 'data_protection';
