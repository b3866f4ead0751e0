/**
 * Who is told what, step by step: each person whose turn it is, or who waits for it. A notice names the
 * reference and the action and no more; what may be said besides is read after signing in.
 * Source: need-to-know.md, section 8.
 */
import type { Office } from './subjects.js';

export const noticeKinds = [
  'request_submitted',
  'request_returned',
  'request_edited',
  'request_withdrawn',
  'host_named',
  'seats_voided',
  'ready_for_legal',
  'request_decided',
  'visit_expected',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** Whom a notice goes to: everybody who holds an office, the councillor of the request, or one person. */
export type Recipient =
  { readonly office: Office } | { readonly councillorId: string } | { readonly personId: string };

export interface Notice {
  readonly kind: NoticeKind;
  readonly reference: string;
  readonly to: readonly Recipient[];
  /** What the reader is asked to do, as a coded word; null where there is nothing to do. */
  readonly action: 'answer_and_sign' | 'answer_questions' | 'sign_again' | 'decide' | 'read' | 'prepare';
  /** `YYYY-MM-DD`. */
  readonly due: string | null;
}

const threeOffices: readonly Recipient[] = [
  { office: 'childrens_services' },
  { office: 'democratic_services' },
  { office: 'legal' },
];

/** The three offices are asked to answer, discuss and sign. */
export const submitted = (reference: string, due: string | null): Notice => ({
  kind: 'request_submitted',
  reference,
  to: threeOffices,
  action: 'answer_and_sign',
  due,
});

/** The councillor is asked to answer the questions put. */
export const returned = (reference: string, councillorId: string, due: string | null): Notice => ({
  kind: 'request_returned',
  reference,
  to: [{ councillorId }],
  action: 'answer_questions',
  due,
});

/** The three offices learn that the request before them is a new version. */
export const edited = (reference: string, due: string | null): Notice => ({
  kind: 'request_edited',
  reference,
  to: threeOffices,
  action: 'answer_and_sign',
  due,
});

export const withdrawn = (reference: string): Notice => ({
  kind: 'request_withdrawn',
  reference,
  to: threeOffices,
  action: 'read',
  due: null,
});

export const hostNamed = (reference: string, personId: string): Notice => ({
  kind: 'host_named',
  reference,
  to: [{ personId }],
  action: 'prepare',
  due: null,
});

/** Those whose sign-off no longer stands are asked to look again. */
export const seatsVoided = (reference: string, people: readonly string[], due: string | null): Notice => ({
  kind: 'seats_voided',
  reference,
  to: people.map((personId) => ({ personId })),
  action: 'sign_again',
  due,
});

/** Both other offices have signed: it is Legal's turn. */
export const readyForLegal = (reference: string, due: string | null): Notice => ({
  kind: 'ready_for_legal',
  reference,
  to: [{ office: 'legal' }],
  action: 'decide',
  due,
});

/** The councillor learns that there is a decision, with the last day to ask for a review of a refusal. */
export const decided = (reference: string, councillorId: string, reviewBy: string | null): Notice => ({
  kind: 'request_decided',
  reference,
  to: [{ councillorId }],
  action: 'read',
  due: reviewBy,
});

/** The host learns that what they host was approved. */
export const visitExpected = (reference: string, hostId: string): Notice => ({
  kind: 'visit_expected',
  reference,
  to: [{ personId: hostId }],
  action: 'prepare',
  due: null,
});
