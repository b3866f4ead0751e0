/**
 * Who gets which notice at each step: the people whose turn it is, and those who wait for it. A notice names the
 * reference and the action, and no more; readers sign in for the rest.
 * Source: need-to-know.md, section 8.
 */
import type { Office } from './office.js';

export const noticeKinds = [
  'request_received',
  'request_submitted',
  'request_resubmitted',
  'request_returned',
  'request_paused',
  'request_edited',
  'request_withdrawn',
  'request_overtaken',
  'request_closed_by_time',
  'host_named',
  'host_released',
  'host_left',
  'stand_in_left',
  'seats_voided',
  'sign_off_ended',
  'rule_lifted',
  'meeting_to_confirm',
  'ready_for_legal',
  'request_decided',
  'decision_recorded',
  'visit_expected',
  'deputy_registered',
  'absence_recorded',
  'strategy_delegated',
  'hearing_told',
  'hearing_answered',
  'review_asked',
  'late_review_accepted',
  'review_upheld',
  'request_remitted',
  'order_to_carry_out',
  'order_recorded',
  'named_to_act',
  'papers_opened',
  'right_to_confirm',
  'right_denied',
  'statement_to_print',
  'right_review_requested',
  'right_review_decided',
  'papers_due',
  'papers_released',
  'visit_planned',
  'visit_moved',
  'visit_off',
  'visit_bars',
  'attendance_recorded',
  'attendance_disputed',
  'question_asked',
  'question_answered',
  'grant_ended',
  'grant_paused',
  'grant_goes_on',
  'lapse_stands',
  'incident_reported',
  'incident_closed',
  'allegation_told',
  'allegation_answered',
  'correction_to_confirm',
  'record_corrected',
  'correction_refused',
  'text_reported',
  'text_erased',
  'text_put_back',
  'register_differs',
  'protocol_published',
  'programme_opened',
  'request_unanswered',
  'password_link',
  'password_set',
  'password_changed',
  'account_recovered',
  'office_waits',
  'office_changed',
  'account_changed',
  'codes_changed',
  'codes_removal_waits',
  'codes_removed',
  'codes_removed_of_somebody',
  'passkeys_changed',
  'passkey_copied',
  'tokens_changed',
  'address_change_waits',
  'address_change_asked',
  'address_left',
  'address_changed',
  'address_changed_of_somebody',
  'digest',
  'checkpoint_daily',
  'sign_in_slowed',
  'account_bound',
  'finding_recorded',
  'conflict_recorded',
  'conflict_contested',
  'conflict_settled',
  'conflict_ended',
  'access_recorded',
  'access_extended',
  'access_released',
  'requirement_waits',
  'requirement_stands',
  'requirement_ended',
] as const;

export type NoticeKind = (typeof noticeKinds)[number];

/**
 * The recipients of a notice: everybody who holds an office, its head alone, the councillor of the request, one
 * person, or the host of a visit: Children's Services in place of one who is suspended. The deputy of an absent head gets
 * it with the office, or in its place.
 */
export type Recipient =
  | { readonly office: Office }
  | { readonly headOf: Office }
  | { readonly councillorId: string }
  | { readonly personId: string }
  | { readonly hostId: string };

export interface Notice {
  readonly kind: NoticeKind;
  readonly reference: string;
  readonly to: readonly Recipient[];
  /** What the reader is asked to do, as a coded word; `read` if there is nothing more to do. */
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
    | 'consider'
    | 'set_password';
  /** `YYYY-MM-DD`. */
  readonly due: string | null;
  /** The person who acted gets it too. Otherwise they do not: they know. */
  readonly acknowledges?: true;
  /** The visit whose day goes into the reader's calendar with it. */
  readonly visitId?: string;
  /** The checkpoint that it carries, by its number. */
  readonly checkpoint?: number;
  /** Numbers that it tells, by their names. */
  readonly counts?: Readonly<Record<string, number>>;
  /** The link to set a password that it carries, by its id. */
  readonly linkId?: string;
}

/** What a notice names if it is not about a request: a list, or the protocol. */
export const standbyReference = 'standby';

export const conflictsReference = 'conflicts';

export const incidentsReference = 'incidents';

export const protocolReference = 'protocol';

export const programmesReference = 'programmes';

export const registerReference = 'register';

export const councillorsReference = 'councillors';

export const retentionReference = 'retention';

export const correctionsReference = 'corrections';

export const redactionsReference = 'redactions';

export const accessReference = 'access-requests';

export const requirementsReference = 'audit-requirements';

export const settingsReference = 'settings';

export const remindersReference = 'reminders';

export const trailReference = 'trail';

export const accountReference = 'account';

export const peopleReference = 'people';

export const leaversReference = 'leavers';

export const threeOffices: readonly Recipient[] = [
  { office: 'childrens_services' },
  { office: 'democratic_services' },
  { office: 'legal' },
];

export const hostOf = (hostId: string | null): Recipient[] => (hostId === null ? [] : [{ hostId }]);

export const personOf = (personId: string | null): Recipient[] => (personId === null ? [] : [{ personId }]);
