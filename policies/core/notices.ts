/**
 * Who is told what, step by step: each person whose turn it is, or who waits for it. A notice names the
 * reference and the action and no more; what may be said besides is read after signing in.
 * Source: need-to-know.md, section 8.
 */
import type { Office, Seat, Visit } from './subjects.js';

export const noticeKinds = [
  'request_received',
  'request_submitted',
  'request_resubmitted',
  'request_returned',
  'request_paused',
  'request_edited',
  'request_withdrawn',
  'host_named',
  'host_released',
  'seats_voided',
  'sign_off_ended',
  'ready_for_legal',
  'request_decided',
  'decision_recorded',
  'visit_expected',
  'deputy_registered',
  'absence_recorded',
  'review_asked',
  'review_upheld',
  'request_remitted',
  'named_to_act',
  'papers_opened',
  'papers_due',
  'papers_released',
  'visit_planned',
  'visit_moved',
  'visit_off',
  'attendance_recorded',
  'attendance_disputed',
  'question_asked',
  'question_answered',
  'grant_ended',
  'grant_goes_on',
  'incident_reported',
  'incident_closed',
  'protocol_published',
  'programme_opened',
  'request_unanswered',
  'digest',
  'checkpoint_daily',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/**
 * Whom a notice goes to: everybody who holds an office, its head alone, the councillor of the request, or one
 * person. Whoever stands in for an absent head is told with, or in place of, the office.
 */
export type Recipient =
  | { readonly office: Office }
  | { readonly headOf: Office }
  | { readonly councillorId: string }
  | { readonly personId: string };

export interface Notice {
  readonly kind: NoticeKind;
  readonly reference: string;
  readonly to: readonly Recipient[];
  /** What the reader is asked to do, as a coded word; `read` where there is nothing more to do. */
  readonly action:
    | 'answer_and_sign'
    | 'answer_questions'
    | 'sign_again'
    | 'decide'
    | 'read'
    | 'prepare'
    | 'stand_in'
    | 'review'
    | 'hand_in'
    | 'release'
    | 'confirm'
    | 'respond'
    | 'look_into'
    | 'accept'
    | 'consider';
  /** `YYYY-MM-DD`. */
  readonly due: string | null;
  /** Whoever acted is told as well. Otherwise never: they know. */
  readonly acknowledges?: true;
  /** The visit whose day goes into the reader's calendar with it. */
  readonly visitId?: string;
  /** The checkpoint that it carries, by its number. */
  readonly checkpoint?: number;
}

/** What a notice names in place of a request, where it is about none: a list, or the protocol. */
export const standbyReference = 'standby';
export const incidentsReference = 'incidents';
export const protocolReference = 'protocol';
export const programmesReference = 'programmes';
export const registerReference = 'register';
export const retentionReference = 'retention';
export const settingsReference = 'settings';
export const remindersReference = 'reminders';
export const trailReference = 'trail';

const threeOffices: readonly Recipient[] = [
  { office: 'childrens_services' },
  { office: 'democratic_services' },
  { office: 'legal' },
];

/** The councillor has it in writing that the request arrived, and by when it is to be decided. */
export const received = (reference: string, councillorId: string, due: string | null): Notice => ({
  kind: 'request_received',
  reference,
  to: [{ councillorId }],
  action: 'read',
  due,
  acknowledges: true,
});

/** The three offices are asked to answer, discuss and sign. */
export const submitted = (reference: string, due: string | null): Notice => ({
  kind: 'request_submitted',
  reference,
  to: threeOffices,
  action: 'answer_and_sign',
  due,
});

/** The councillor has answered the questions put: the three offices go on. */
export const resubmitted = (reference: string, due: string | null): Notice => ({
  ...submitted(reference, due),
  kind: 'request_resubmitted',
});

/** The councillor is asked to answer the questions put. */
export const returned = (reference: string, councillorId: string, due: string | null): Notice => ({
  kind: 'request_returned',
  reference,
  to: [{ councillorId }],
  action: 'answer_questions',
  due,
});

/** The offices learn that the councillor has been asked: until the answer they wait, and the clock with them. */
export const paused = (reference: string): Notice => ({
  kind: 'request_paused',
  reference,
  to: threeOffices,
  action: 'read',
  due: null,
});

/** The three offices learn that the request before them is a new version. */
export const edited = (reference: string, due: string | null): Notice => ({
  kind: 'request_edited',
  reference,
  to: threeOffices,
  action: 'answer_and_sign',
  due,
});

/** Nobody withdrew it: its time to answer went by (section 7). */
export const unanswered = (reference: string, councillorId: string): Notice => ({
  kind: 'request_unanswered',
  reference,
  to: [{ councillorId }],
  action: 'read',
  due: null,
});

/** The offices and the host need do nothing more. */
export const withdrawn = (reference: string, hostId: string | null): Notice => ({
  kind: 'request_withdrawn',
  reference,
  to: [...threeOffices, ...personOf(hostId)],
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

/** Whoever was asked to prepare learns that somebody else hosts it now. */
export const hostReleased = (reference: string, personId: string): Notice => ({
  kind: 'host_released',
  reference,
  to: [{ personId }],
  action: 'read',
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

/** Offices that counted on another's sign-off learn that it no longer stands. */
export const signOffEnded = (reference: string, offices: readonly Seat[], due: string | null): Notice => ({
  kind: 'sign_off_ended',
  reference,
  to: offices.map((office) => ({ office })),
  action: 'read',
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

/**
 * The three offices learn that there is a decision: nothing is left to sign. The host of what was refused
 * learns it too, having been asked to prepare; the host of what was approved is told by `visitExpected`.
 */
export const decisionRecorded = (reference: string, releasedHostId: string | null): Notice => ({
  kind: 'decision_recorded',
  reference,
  to: [...threeOffices, ...personOf(releasedHostId)],
  action: 'read',
  due: null,
});

/** The host learns that what they host was approved. */
export const visitExpected = (reference: string, hostId: string): Notice => ({
  kind: 'visit_expected',
  reference,
  to: [{ personId: hostId }],
  action: 'prepare',
  due: null,
});

/** Somebody learns that they stand in for the head of an office, whenever that is needed. */
export const deputyRegistered = (personId: string): Notice => ({
  kind: 'deputy_registered',
  reference: standbyReference,
  to: [{ personId }],
  action: 'stand_in',
  due: null,
});

/** The deputies of an office learn that its head is away, or when they are back. */
export const absenceRecorded = (deputies: readonly string[]): Notice => ({
  kind: 'absence_recorded',
  reference: standbyReference,
  to: deputies.map((personId) => ({ personId })),
  action: 'stand_in',
  due: null,
});

/** The Monitoring Officer is asked to review a refusal; Democratic Services see to it that somebody can. */
export const reviewAsked = (reference: string, due: string | null): Notice => ({
  kind: 'review_asked',
  reference,
  to: [{ office: 'monitoring_officer' }, { office: 'democratic_services' }],
  action: 'review',
  due,
});

/** The councillor learns that the refusal stands, and finds the next route on the page. */
export const reviewUpheld = (reference: string, councillorId: string): Notice => ({
  kind: 'review_upheld',
  reference,
  to: [{ councillorId }],
  action: 'read',
  due: null,
});

/** The offices decide afresh, and the councillor learns that they do. */
export const remitted = (reference: string, councillorId: string, due: string | null): Notice[] => [
  { kind: 'request_remitted', reference, to: threeOffices, action: 'answer_and_sign', due },
  { kind: 'request_remitted', reference, to: [{ councillorId }], action: 'read', due },
];

/** Somebody learns that the Chief Executive has named them to act on one request. */
export const namedToAct = (reference: string, personId: string): Notice => ({
  kind: 'named_to_act',
  reference,
  to: [{ personId }],
  action: 'review',
  due: null,
});

/** The councillor finds the draft that a wish for papers has opened. */
export const papersOpened = (reference: string, councillorId: string): Notice => ({
  kind: 'papers_opened',
  reference,
  to: [{ councillorId }],
  action: 'hand_in',
  due: null,
  acknowledges: true,
});

/** Children's Services release the papers to which there is a right; the councillor learns by when. */
export const papersDue = (reference: string, councillorId: string, due: string | null): Notice[] => [
  { kind: 'papers_due', reference, to: [{ office: 'childrens_services' }], action: 'release', due },
  { kind: 'papers_due', reference, to: [{ councillorId }], action: 'read', due },
];

export const papersReleased = (reference: string, councillorId: string): Notice => ({
  kind: 'papers_released',
  reference,
  to: [{ councillorId }],
  action: 'read',
  due: null,
});

/** What a notice needs to know of a visit. */
type OfVisit = Readonly<Pick<Visit, 'id' | 'reference' | 'councillorId' | 'hostId'>>;

/**
 * Councillor and host learn that a visit is planned: when it is goes into their calendar, under a neutral title, and
 * what and where it is they read after signing in.
 */
export const visitPlanned = ({ id, reference, councillorId, hostId }: OfVisit): Notice => ({
  kind: 'visit_planned',
  reference,
  to: [{ councillorId }, ...personOf(hostId)],
  action: 'read',
  due: null,
  visitId: id,
});

export const visitMoved = (visit: OfVisit): Notice => ({
  ...visitPlanned(visit),
  kind: 'visit_moved',
});

/** It does not take place. Why, and by whom, is told to nobody: one notice for every end. */
export const visitOff = (visit: OfVisit): Notice => ({
  ...visitPlanned(visit),
  kind: 'visit_off',
});

/** The councillor is asked to confirm what was recorded, or to disagree with it. */
export const attendanceRecorded = (reference: string, councillorId: string): Notice => ({
  kind: 'attendance_recorded',
  reference,
  to: [{ councillorId }],
  action: 'confirm',
  due: null,
});

/** Host and Children's Services learn that the councillor does not agree with the record. */
export const attendanceDisputed = (reference: string, hostId: string | null): Notice => ({
  kind: 'attendance_disputed',
  reference,
  to: [{ office: 'childrens_services' }, ...personOf(hostId)],
  action: 'read',
  due: null,
});

export const questionAsked = (reference: string, ownerId: string, due: string): Notice => ({
  kind: 'question_asked',
  reference,
  to: [{ office: 'childrens_services' }, { personId: ownerId }],
  action: 'respond',
  due,
});

export const questionAnswered = (reference: string, councillorId: string): Notice => ({
  kind: 'question_answered',
  reference,
  to: [{ councillorId }],
  action: 'read',
  due: null,
});

/** Revoked, lapsed or frozen: to the councillor an end is an end, never with its cause. */
export const grantEnded = (reference: string, councillorId: string, hostId: string | null): Notice => ({
  kind: 'grant_ended',
  reference,
  to: [{ councillorId }, ...personOf(hostId)],
  action: 'read',
  due: null,
});

export const grantGoesOn = (reference: string, councillorId: string, hostId: string | null): Notice => ({
  ...grantEnded(reference, councillorId, hostId),
  kind: 'grant_goes_on',
});

/** Data Protection, the same day. */
export const incidentReported = (due: string | null): Notice => ({
  kind: 'incident_reported',
  reference: incidentsReference,
  to: [{ office: 'data_protection' }],
  action: 'look_into',
  due,
});

export const incidentClosed = (reporterId: string): Notice => ({
  kind: 'incident_closed',
  reference: incidentsReference,
  to: [{ personId: reporterId }],
  action: 'read',
  due: null,
});

/** Every councillor in office is asked anew: what was granted waits until then. */
export const protocolPublished = (councillorIds: readonly string[]): Notice => ({
  kind: 'protocol_published',
  reference: protocolReference,
  to: councillorIds.map((councillorId) => ({ councillorId })),
  action: 'accept',
  due: null,
});

/** Members are invited: it approves nobody. */
export const programmeOpened = (councillorIds: readonly string[]): Notice => ({
  kind: 'programme_opened',
  reference: programmesReference,
  to: councillorIds.map((councillorId) => ({ councillorId })),
  action: 'consider',
  due: null,
});

const personOf = (personId: string | null): Recipient[] => (personId === null ? [] : [{ personId }]);
