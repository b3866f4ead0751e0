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
  /** Whether it cannot be erased yet, as something that must be answered first covers the text. */
  readonly held: boolean;
  /** What that is; null where nothing does. Offices that do not read holds do not learn it. */
  readonly heldBy: HeldBy | null;
  /** Whether it is advice that Legal or the Monitoring Officer marked as privileged. */
  readonly privileged: boolean;
}

/** A report that somebody is about to make. */
export const reportBy = (personId: string): Redaction => ({
  kind: 'Redaction',
  personId,
  councillorId: '',
  status: 'hidden',
  first: null,
  held: false,
  heldBy: null,
  privileged: false,
});

/** What keeps a text from being erased: need-to-know.md, section 6a. */
export const heldBys = ['claim', 'information_request', 'access_request'] as const;
export type HeldBy = (typeof heldBys)[number];

const heldSays: Readonly<Record<HeldBy, string>> = {
  claim: 'A legal hold covers this text: it stays hidden, and nobody erases it until the hold is lifted.',
  information_request:
    'A request under the Freedom of Information Act covers this text: it stays hidden, and nobody erases it until the hold for it is lifted.',
  access_request:
    'A subject access request covers this text: it stays hidden, and nobody erases it until the file is released.',
};

/** Least shown: the offices that read holds learn which it is, others that it cannot be erased yet. */
export const whyHeld = (heldBy: HeldBy | null, office: Office | undefined): string | true =>
  heldBy !== null && redactionHoldReaders.some((each) => each === office) ? heldSays[heldBy] : true;

const redactionHoldReaders: readonly Office[] = [
  'data_protection',
  'democratic_services',
  'legal',
  'monitoring_officer',
];

const legalOffices: readonly Office[] = ['legal', 'monitoring_officer'];

/**
 * Whether, with this one, advice is erased by Data Protection and by Legal or the Monitoring Officer, whose it is. Another
 * office is not the first of the two either: nobody could be the second.
 */
export const isOfAdvice = (first: RedactingOffice | undefined, next: Office | undefined): boolean =>
  first === undefined
    ? next === 'data_protection' || legalOffices.some((each) => each === next)
    : legalOffices.some((each) => each === first || each === next);

/** Whether, with this one, one of the two is of Data Protection. */
export const isDataProtectionAmong = (first: RedactingOffice, second: Office | undefined): boolean =>
  first === 'data_protection' || second === 'data_protection';
