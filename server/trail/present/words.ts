/** Entries of the trail as people read them. */
import { capitalised } from '../../../policies/core/words/capitalised.js';
import { inDays } from '../../../policies/core/words/in-days.js';
import type { EntryType } from '../../../db/audit/entry-types.js';
import type { JsonObject } from '../../../db/audit/leaf.js';
import type { AnswerValue } from '../../../policies/need-to-know/answers.js';
import { questionKeys, type QuestionKey } from '../../../policies/need-to-know/questions.js';
import { answerInWords } from '../../need-to-know/present/answer-words.js';
import { groundInWords, inWords } from '../../web/pages/words.js';

/** Events in words, by type. A new type does not compile until it is here. */
export const happened: Readonly<Record<EntryType, string>> = {
  'session.signed_in': 'Signed in',
  'session.code_asked': 'Gave the right password, and was asked for a code',
  'session.signed_out': 'Signed out',
  'session.ended': 'Ended one of their own sessions',
  'calendar.opened': 'Made a private address for their calendar',
  'calendar.closed': 'Withdrew the private address of their calendar',
  'calendar.read': 'Their calendar program read when their visits are',
  'session.failed': 'A sign-in failed',
  'session.slowed': 'Sign-ins to an account were slowed',
  'provider.bound': 'Bound their account to the council’s own sign-in',
  'provider.signed_out': 'Sessions ended, since the council’s own sign-in was left',
  'proof.given': 'Proved who they are once more',
  'proof.failed': 'Could not prove who they are',
  'codes.begun': 'Began to set up an app for codes',
  'codes.confirmed': 'Set up an app for codes',
  'codes.recovery_made': 'Made recovery codes',
  'codes.removal_asked': 'Asked to remove somebody’s app for codes and passkeys',
  'codes.removal_withdrawn': 'Withdrew the removal of somebody’s app for codes and passkeys',
  'codes.removed': 'Removed somebody’s app for codes and passkeys, as a second person',
  'passkey.added': 'Added a passkey to their account',
  'passkey.removed': 'Removed a passkey from their account',
  'passkey.copied': 'A passkey was refused: it may have been copied',
  'token.made': 'Made a token for a program',
  'token.revoked': 'Revoked a token',
  'token.listed': 'Looked at the tokens',
  'token.failed': 'A program came with a token that is none, or has ended',
  'address.change_asked': 'Asked to change the address of somebody’s account',
  'address.change_withdrawn': 'Withdrew the change of somebody’s address',
  'address.changed': 'Changed the address of somebody’s account, as a second person',
  'password.forgotten': 'Somebody asked for a link to set a password',
  'password.set': 'Set a password',
  'password.changed': 'Changed their password',
  'account.created': 'Made an account at the machine itself',
  'person.listed': 'Looked at the list of people',
  'person.read': 'Opened a person’s account',
  'person.added': 'Added a person',
  'person.changed': 'Changed a person’s name or address',
  'person.invited': 'Sent a link to open an account',
  'person.suspended': 'Suspended an account',
  'request.host_left': 'Handed a request on, since its host has left',
  'leavers.read': 'Looked at the people who leave',
  'person.restored': 'Lifted a suspension',
  'person.signed_out': 'Signed somebody out everywhere',
  'office.given': 'Gave an office',
  'office.confirmed': 'Confirmed an office',
  'office.ended': 'Ended an office',
  'request.drafted': 'Began a request',
  'request.edited': 'Changed a request',
  'request.submitted': 'Handed a request in',
  'request.resubmitted': 'Handed a request in again',
  'request.returned': 'Returned a request with questions',
  'request.withdrawn': 'Took a request back',
  'request.time_passed': 'Closed a request whose dates had passed',
  'request.host_named': 'Named the host',
  'request.answered': 'Answered a question of the test',
  'request.discussed': 'Spoke in the discussion',
  'meeting.confirmed': 'Said whether the office was at a meeting',
  'request.lift_said': 'Said whether a council rule is lifted',
  'request.lifts_voided': 'What was said of council rules ended by a change',
  'request.signed': 'Signed for an office',
  'request.seat_withdrawn': 'Withdrew a sign-off',
  'request.seats_voided': 'Sign-offs ended by a change',
  'request.decided': 'Decided a request',
  'grant.made': 'Made a grant',
  'hearing.told': 'Told the gist before a refusal',
  'hearing.answered': 'Answered the gist',
  'review.requested': 'Asked for a review',
  'review.reviewer_named': 'Recorded whom the Chief Executive named',
  'review.late_weighed': 'Accepted a late review or not',
  'review.decided': 'Decided a review',
  'request.carried_out': 'Carried an order out',
  'request.directed': 'Recorded a direction',
  'request.remitted_unasked': 'Remitted a refusal unasked',
  'request.remitted': 'A request is decided afresh',
  'request.opened': 'A draft for papers was opened',
  'right.recorded': 'Recorded whether there is a right to the papers',
  'right.confirmed': 'Confirmed what is recorded about a right to the papers',
  'right.review_requested': 'Asked for a review of a denied right to the papers',
  'right.review_decided': 'Decided the review of a denied right to the papers',
  'papers.released': 'Released papers, or had them back',
  'grant.condition_marked': 'Marked a condition',
  'grant.revoked': 'Ended a grant',
  'grant.lapsed': 'A grant lapsed',
  'grant.frozen': 'A grant was frozen',
  'grant.resumed': 'Let a grant go on after a correction of the register',
  'grant.lapse_stands': 'Found that a lapse stands after a correction of the register',
  'grant.freeze_confirmed': 'Confirmed the freeze of a grant',
  'grant.released': 'Released a frozen grant',
  'visit.planned': 'Planned a visit',
  'visit.moved': 'Changed a visit',
  'visit.cancelled': 'Cancelled a visit',
  'visit.checked': 'Answered a check for a visit',
  'visit.ended': 'A visit ended before anybody attended',
  'attendance.recorded': 'Recorded what happened at a visit',
  'attendance.confirmed': 'Answered the record of a visit',
  'question.asked': 'Put a question or a challenge',
  'question.answered': 'Answered a question or a challenge',
  'incident.reported': 'Reported an incident',
  'incident.assessed': 'Assessed a personal data breach',
  'incident.told': 'Told the councillor what is alleged',
  'incident.answered': 'Answered what is alleged',
  'incident.case_added': 'Added a case to an incident',
  'incident.closed': 'Closed an incident',
  'councillor.added': 'Entered a member',
  'councillor.changed': 'Changed a member’s entry',
  'councillor.departed': 'Confirmed that a member has gone',
  'appointment.recorded': 'Entered or ended an appointment',
  'training.recorded': 'Entered training',
  'register.imported': 'Took over the register of the committee system',
  'protocol.published': 'Published the protocol',
  'protocol.accepted': 'Accepted the protocol',
  'leaflet.published': 'Published what families are given',
  'finding.recorded': 'Recorded a finding of a breach of confidentiality',
  'finding.listed': 'Read the findings of a breach of confidentiality',
  'programme.opened': 'Opened a programme',
  'hold.placed': 'Placed a legal hold',
  'hold.lifted': 'Lifted a legal hold',
  'hold.listed': 'Read the legal holds',
  'correction.proposed': 'Proposed a correction',
  'correction.made': 'Corrected the record',
  'correction.refused': 'Refused a correction',
  'correction.withdrawn': 'Withdrew a correction',
  'correction.read': 'Read the corrections',
  'redaction.reported': 'Reported a text, which was hidden',
  'redaction.confirmed': 'Confirmed that a text is erased, as the first of two',
  'redaction.erased': 'Confirmed that a text is erased, and it was done',
  'redaction.put_back': 'Put a hidden text back',
  'redaction.read': 'Read the reported texts',
  'retention.read': 'Read what is due for disposal',
  'retention.proposed': 'Proposed a disposal',
  'retention.withdrawn': 'Withdrew a proposed disposal',
  'retention.disposed': 'Confirmed a disposal, and it was done',
  'retention.certificate_read': 'Read a disposal and its certificate',
  'subject_access.recorded': 'Recorded a subject access request',
  'subject_access.extended': 'Extended a subject access request',
  'subject_access.marked': 'Marked passages of a subject access request',
  'subject_access.released': 'Released a subject access file',
  'subject_access.read': 'Read subject access requests, or what is held for one',
  'subject_access.given': 'Read a subject access file',
  'audit_requirement.recorded': 'Recorded a requirement of Internal Audit',
  'audit_requirement.confirmed': 'Confirmed a requirement of Internal Audit',
  'audit_requirement.ended': 'Ended a requirement of Internal Audit',
  'audit_requirement.read': 'Read the requirements of Internal Audit',
  'request.read': 'Read a request',
  'request.listed': 'Read a list of requests',
  'assessment.read': 'Read the test',
  'discussion.read': 'Read the discussion',
  'grant.read': 'Read a grant',
  'visit.read': 'Read a visit',
  'visit.listed': 'Read a list of visits',
  'incident.read': 'Read an incident',
  'incident.listed': 'Read a list of incidents',
  'disclosures.searched': 'Asked what was disclosed',
  'register.compared': 'Held a file against the register',
  'councillor.read': 'Read a councillor’s record',
  'councillor.listed': 'Read the list of councillors',
  'audit.searched': 'Searched the trail',
  'audit.verified': 'The whole trail was checked',
  'audit.checkpoint_read': 'Read the signed checkpoint',
  'audit.proof_read': 'Read an entry with its proof',
  'audit.growth_read': 'Read how the trail grew',
  'audit.exported': 'Exported part of the trail',
  'audit.heartbeat': 'A day of the trail began',
  'audit.continued': 'The trail went on under a new origin',
  'deputy.registered': 'Registered a deputy',
  'strategy.delegated': 'Recorded a delegation of strategy discussions',
  'standby.read': 'Read the deputies and absences',
  'absence.recorded': 'Recorded an absence',
  'conflict.recorded': 'Recorded a conflict',
  'conflict.listed': 'Looked at recorded conflicts',
  'conflict.contested': 'Contested a conflict',
  'conflict.settled': 'Settled a contested conflict',
  'conflict.ended': 'Ended a conflict',
  'authority.refused': 'Was refused',
  'deadline.reminded': 'Somebody was reminded',
  'deadline.missed': 'Somebody was told of what was missed',
  'deadline.moved': 'A deadline moved',
  'checkpoint.mailed': 'The checkpoint went to the auditors',
  'reminders.gathered': 'Reminders were put into messages',
  'settings.changed': 'Changed a setting',
  'operations.read': 'Looked at the jobs and the mail',
  'wish.recorded': 'Said how to be reminded',
  'message.sent_again': 'Had a message sent again',
  'message.sent': 'A message was sent',
  'message.given_up': 'A message could not be sent',
  'council.seeded': 'The demonstration council was loaded',
};

const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);
const spaced = (name: string): string => name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

const valueInWords = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') {
    if (isDate(value)) return inDays(value);
    // An address of ours and a name that is no code stay as they are.
    return /^[a-z_]+$/.test(value) ? inWords(value) : value;
  }
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(valueInWords).join(', ');
  return Object.entries(value)
    .flatMap(([name, each]) => {
      const words = valueInWords(each);
      return words === null ? [] : [`${spaced(inWords(name))}: ${words}`];
    })
    .join('; ');
};

/** The grounds of a decision: some go by the same names as questions. */
const groundsInWords = (grounds: unknown): string | null =>
  Array.isArray(grounds) && grounds.length > 0
    ? grounds.map((each) => groundInWords(String(each))).join('; ')
    : null;

/** An answer of the test, which says little without its question. */
const answerOf = (key: QuestionKey, answer: unknown): string =>
  answerInWords(key, {
    answer: Array.isArray(answer) ? answer.map((bar) => ({ bar: String(bar) })) : (answer as AnswerValue),
  })
    .lines.map(({ says }) => says)
    .join('; ');

const isQuestion = (value: unknown): value is QuestionKey => questionKeys.some((key) => key === value);

const partInWords = (name: string, value: unknown, decision: JsonObject): string | null => {
  if (name === 'grounds') return groundsInWords(value);
  // Names of fields; some are words for something else as well.
  if (name === 'fields' && Array.isArray(value)) return value.map((each) => spaced(String(each))).join(', ');
  const { question } = decision;
  if (name === 'answer' && isQuestion(question)) return answerOf(question, value);
  return valueInWords(value);
};

/** The most important first, the version last. */
const order = ['question', 'answer', 'outcome', 'grounds'];
const placeOf = (name: string): number =>
  name === 'version' ? order.length + 1 : order.includes(name) ? order.indexOf(name) : order.length;

/** The coded part of an entry, a line for each thing it says. */
export const decisionInWords = (decision: JsonObject = {}): string[] =>
  Object.entries(decision)
    .toSorted(([a], [b]) => placeOf(a) - placeOf(b))
    .flatMap(([name, value]) => {
      const words = partInWords(name, value, decision);
      if (words === null || words === '') return [];
      return [`${capitalised(spaced(name.replaceAll('_', ' ')))}: ${words}`];
    });

/** The subject of an entry without a request and an id: our coded word, in plain words. */
const subjects: Readonly<Record<string, string>> = {
  requests: 'The requests',
  councillors: 'The councillors',
  visits: 'The visits',
  incidents: 'The incidents',
  disclosures: 'What was disclosed',
  protocol: 'The protocol',
  leaflets: 'What families are given',
  findings: 'The findings of a breach of confidentiality',
  people: 'The people and their offices',
  leavers: 'The people who leave',
  settings: 'The settings',
  operations: 'The jobs and the mail that waits',
  conflicts: 'The conflicts of interest',
  corrections: 'The corrections',
  redactions: 'The texts that were reported',
  'access-requests': 'The subject access requests',
  'audit-requirements': 'The requirements of Internal Audit',
  programmes: 'The programmes',
  register: 'The register',
  trail: 'The audit trail',
  standby: 'Absences and deputies',
  retention: 'What is due for disposal',
  holds: 'The legal holds',
  tokens: 'The tokens',
};

/** The subject of an entry in words; a reference, an id and an erased subject stay as they are. */
export const subjectInWords = (subject: string | null): string | null =>
  subject !== null && Object.hasOwn(subjects, subject) ? (subjects[subject] ?? null) : subject;
