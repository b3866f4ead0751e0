/**
 * A slip is corrected beside the original, with date, person and reasons; both stand. A correction changes no outcome, no
 * grounds, conditions, categories or dates of a decision: those have ways of their own.
 * Source: need-to-know.md, section 6a.
 */
import { keysOf } from '../core/fields/keys-of.js';
import type { Office } from '../core/office.js';
import { holdsOffice, type Actor } from '../people/actor.js';

/** What is corrected: the kind of record, which of them, and the field. */
export interface OriginalAddress {
  readonly kind: string;
  readonly id: string;
  readonly field: string;
}

/** What can be corrected: the kind of record, and which of its fields. */
const correctable = {
  // Legal’s decision; the sign-off of one of the other two offices.
  decision: ['reasons'],
  sign_off: ['reasons'],
  // Who hosts, and that person’s line manager, whom Children’s Services name; also after the grant.
  request: ['host', 'manager'],
  // What happened at a visit: one field, or several together.
  attendance: ['outcome', 'arrived', 'left', 'chaperone', 'categories', 'closedPartsLeft', 'departures'],
  condition: ['state'],
  // The answer to what a member asked after a visit.
  question: ['response'],
  // One that Democratic Services recorded for somebody else, while nobody contests it.
  conflict: ['person', 'kind'],
  // What Democratic Services keep in the register: a lost seat that never was, and days.
  councillor: ['defeat'],
  training: ['completed', 'expires'],
  appointment: ['from', 'to'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type CorrectedKind = keyof typeof correctable;

export const correctedKinds: readonly CorrectedKind[] = keysOf(correctable);

/** What a decision settles, which no correction touches. */
const settled: readonly string[] = ['outcome', 'grounds', 'conditions', 'categories', 'from', 'to', 'window'];

const deciding: readonly string[] = ['decision', 'sign_off', 'grant'] satisfies readonly (
  CorrectedKind | 'grant'
)[];

/** Whether somebody asks to correct what only a remittal, a revocation or a new request changes. */
export const isSettled = ({ kind, field }: Omit<OriginalAddress, 'id'>): boolean =>
  deciding.includes(kind) && settled.includes(field);

const isKind = (kind: string): kind is CorrectedKind => Object.hasOwn(correctable, kind);

/** The kind of what is named, where it can be corrected. */
export const correctedKind = ({ kind, field }: Omit<OriginalAddress, 'id'>): CorrectedKind | null => {
  if (!isKind(kind)) return null;
  const fields: readonly string[] = correctable[kind];
  return fields.includes(field) ? kind : null;
};

export const correctionStatuses = ['waiting', 'counts', 'refused', 'withdrawn'] as const;
export type CorrectionStatus = (typeof correctionStatuses)[number];

/** The offices whose records are corrected. */
export const correctingOffices = [
  'councillor',
  'childrens_services',
  'democratic_services',
  'legal',
  'monitoring_officer',
  'host',
] as const satisfies readonly Office[];
export type CorrectingOffice = (typeof correctingOffices)[number];

/** The offices of which a second person confirms. */
export const confirmingOffices = [
  'childrens_services',
  'democratic_services',
  'legal',
  'monitoring_officer',
] as const satisfies readonly Office[];
export type ConfirmingOffice = (typeof confirmingOffices)[number];

/** A correction, or one that somebody is about to propose, as the rules see it. */
export interface Correction {
  readonly kind: 'Correction';
  /** The kind of what it corrects. */
  readonly about: CorrectedKind;
  readonly field: string;
  /** Who proposes it. */
  readonly personId: string;
  /** Whose request it is about; empty where it is about none. */
  readonly councillorId: string;
  readonly hostId: string | null;
  readonly status: CorrectionStatus;
  /** The office that recorded the original. */
  readonly office: CorrectingOffice;
  /** The office of which a second person confirms it; null where it counts at once. */
  readonly confirmedBy: ConfirmingOffice | null;
}

/** The original, as the rules about proposing see it. */
export interface Slip extends Correction {
  /** Who recorded it; null where it is the office’s as a whole, as who hosts is. */
  readonly recordedBy: string | null;
  /** Whether that person still acts for the office, and is not suspended. */
  readonly recorderActs: boolean;
  /** Whether a correction of it waits. */
  readonly waits: boolean;
}

/** What a corrected attendance was judged: by which limits and departures it lay outside, and before the correction. */
export interface Rejudged {
  readonly authorised: boolean | null;
  readonly outside: readonly string[];
  readonly before: { readonly authorised: boolean | null; readonly outside: readonly string[] };
}

/** A correction that counts, beside what it corrects. */
export interface Counted {
  readonly id: string;
  readonly kind: CorrectedKind;
  /** By what the original is named. */
  readonly of: string;
  readonly field: string;
  /** What stood before, where it stands nowhere else. */
  readonly was: Readonly<Record<string, unknown>> | null;
  readonly corrected: Readonly<Record<string, unknown>>;
  /** Of an attendance: what it was judged as corrected. */
  readonly judged: Rejudged | null;
  readonly reasons: string;
  readonly at: Date;
  readonly office: CorrectingOffice;
  readonly name: string;
}

/**
 * Of a decision and a sign-off a second person of the office confirms; of an attendance a second person of
 * Children’s Services, also where the host recorded it; of a conflict, which Democratic Services record, the Monitoring
 * Officer; of a lost seat a second person of Democratic Services; the others count at once.
 */
export const confirmerOf = (about: CorrectedKind, office: CorrectingOffice): ConfirmingOffice | null => {
  const byOffice = {
    decision: 'legal',
    sign_off: office,
    request: null,
    attendance: 'childrens_services',
    condition: null,
    question: null,
    conflict: 'monitoring_officer',
    councillor: 'democratic_services',
    training: null,
    appointment: null,
  } as const satisfies Record<CorrectedKind, CorrectingOffice | null>;
  const confirming = byOffice[about];
  return confirming !== null && isConfirming(confirming) ? confirming : null;
};

const isConfirming = (office: CorrectingOffice): office is ConfirmingOffice =>
  confirmingOffices.some((each) => each === office);

/** What the offices read with a request. Source: section 5. */
export const ofRequests = ['decision', 'sign_off', 'request'] as const satisfies readonly CorrectedKind[];

/** What the offices read, and so its corrections. */
export const ofOffices = [
  ...ofRequests,
  'attendance',
  'condition',
  'question',
] as const satisfies readonly CorrectedKind[];

/** The same of those who keep and settle conflicts of interest. Source: section 4. */
export const ofKeepers = [...ofOffices, 'conflict'] as const satisfies readonly CorrectedKind[];

/** What is kept in the register of members: Democratic Services read it, and of their own the councillor. */
export const ofRegister = [
  'councillor',
  'training',
  'appointment',
] as const satisfies readonly CorrectedKind[];
export type RegisterKind = (typeof ofRegister)[number];

export const isOfRegister = (about: CorrectedKind | null): about is RegisterKind =>
  ofRegister.some((each) => each === about);

/** That there is nothing: no seat was lost, no end is set. */
export const nothing = 'none';

/** What others read of it. */
export const readBy = {
  councillor: ['decision', 'request', 'attendance', 'condition', 'question', ...ofRegister],
  data_protection: ['decision', 'request', 'attendance', 'condition', 'question'],
  host: ['attendance', 'condition', 'question'],
} as const satisfies Readonly<Record<string, readonly CorrectedKind[]>>;

/** The line manager, whose name the offices alone read. Source: section 5. */
export const fieldOfOffices = 'manager';

/** Whether a correction is of a person: it names them by id, or by e-mail address, and holds no text. */
export const namesPerson = ({ kind, field }: Pick<OriginalAddress, 'kind' | 'field'>): boolean =>
  kind === 'request' || (kind === 'conflict' && field === 'person');

/** Whether it is words that somebody wrote. */
export const isText = ({ kind }: Pick<OriginalAddress, 'kind'>): boolean =>
  ['decision', 'sign_off', 'question'].includes(kind);

/** Whether the record itself has the corrected value once it counts; words stay as they were written. */
export const isInForce = ({ kind }: Pick<OriginalAddress, 'kind'>): boolean =>
  ['request', 'attendance', 'condition', 'conflict', ...ofRegister].includes(kind);

/** Whether a correction has several values: those that change together, because they are judged together. */
export const isWhole = ({ kind }: Pick<OriginalAddress, 'kind'>): boolean => kind === 'attendance';

/** Who is told the names of those who correct: the offices. Others learn the office, as they do of a decision. */
export const isNamedTo = (actor: Actor): boolean =>
  actor.councillorId === null && confirmingOffices.some((office) => holdsOffice(actor, office));
