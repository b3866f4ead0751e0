/** Codes as people read them. A code that is not here is shown with its underscores as spaces. */
import { longestGrantMonths, type Limit } from '../../../policies/grant/access.js';
import { groundSays } from '../../../policies/core/grounds.js';
import { numberOf } from '../../../policies/core/words/number-of.js';
import { questions } from '../../../policies/need-to-know/questions.js';
import { observationTypes } from '../../../policies/core/observation-types.js';

const offices = {
  councillor: 'Councillor',
  childrens_services: 'Children’s Services',
  legal: 'Legal',
  monitoring_officer: 'Monitoring Officer',
  democratic_services: 'Democratic Services',
  host: 'Host',
  data_protection: 'Data Protection',
  auditor: 'Internal Audit',
  administrator: 'Administrator',
};

const states = {
  draft: 'Draft',
  submitted: 'With the offices',
  returned: 'Returned to the councillor',
  approved: 'Approved',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
  time_passed: 'Dates passed before a decision',
  active: 'May be used',
  waiting: 'Waiting',
  frozen: 'Frozen',
  paused: 'Paused while something is checked',
  revoked: 'Ended',
  lapsed: 'Lapsed',
  completed: 'Used',
  established: 'Established',
  not_established: 'Not established',
  incomplete: 'Not complete',
  blocks: 'Blocks approval',
  unanswered: 'Not answered yet',
  needs_reason: 'Needs a reason',
  satisfied: 'Answered',
};

const proofs = {
  passphrase: 'Password',
  totp: 'Code from an app',
  recovery: 'Recovery code',
};

const acts = {
  agree: 'Agrees',
  object: 'Objects',
  approve: 'Approves',
  refuse: 'Refuses',
  drafted: 'Draft begun',
  handed_in: 'Handed in',
  edited: 'Changed: a new version',
  resubmitted: 'Handed in again',
  decided: 'Decided',
  signed: 'Signed',
  review_asked: 'Review asked for',
  review_accepted: 'Late review accepted',
  reviewed: 'Review decided',
  remitted_unasked: 'Refusal looked at again by the council',
  directed: 'Direction recorded',
  ordered: 'Ordered, to be carried out',
  order: 'An order, which is carried out',
  court: 'A court',
  council: 'The council',
  committee: 'A committee with power',
  recommendation: 'A recommendation: it is decided afresh',
  upheld: 'Upheld',
  remitted: 'Remitted, to be decided afresh',
  superseded: 'Superseded',
  too_late: 'Not heard: it came late',
  accepted: 'Accepted: the review is heard',
  review: 'Review due',
  decide: 'Decision due',
  answer_returned: 'Your answer due',
  acknowledge: 'Receipt',
  ask_for_review: 'Asking for a review',
  check_connection: 'Check of links before the visit',
  attendance_record: 'Record of what happened',
  answer_question: 'Answer to a question',
  release_or_end: 'Release or confirmation of what is frozen',
  report_breach: 'Report of the breach to the Information Commissioner',
  sign_off_voided_edited: 'Sign-off no longer stands: the request was changed',
  sign_off_voided_answer_changed: 'Sign-off no longer stands: an answer was changed',
  sign_off_voided_withdrawn: 'Sign-off withdrawn',
  sign_off_voided_right_recorded: 'Sign-off no longer stands: there is a statutory right',
  release: 'Release of the papers due',
  right_recorded: 'Statutory right recorded',
  right_confirmed: 'Statutory right confirmed',
  right_review_requested: 'Review of a denied right asked for',
  right_review_decided: 'Review of a denied right decided',
  papers_released: 'Papers released',
  papers_returned: 'Papers came back',
  none: 'None',
  s100F: 'Right under section 100F of the Local Government Act 1972',
  reg16: 'Right under regulation 16 of SI 2012/2089',
  reg17: 'Right under regulation 17 of SI 2012/2089',
  not_exempt: 'Not exempt information',
  paragraph_3: 'Exempt under paragraph 3 of Schedule 12A alone, and no terms under negotiation',
  paragraph_6: 'Exempt under paragraph 6 of Schedule 12A alone',
  exempt: 'Exempt information, withheld',
  confidential: 'Confidential information, withheld',
  political_advice: 'Advice of a political adviser or assistant, withheld',
  outside_right: 'No material on what is cited, withheld',
  meeting: 'A meeting',
};

const roles = {
  relevant_committee: 'Member of the relevant committee',
  lead_member: 'Lead member',
  corporate_parenting: 'Corporate parenting',
  task_group: 'Member of a task group',
  ward: 'Ward councillor',
  other: 'Another role',
};

const register = {
  ward_name: 'Ward',
  sitting: 'Sitting member',
  coopted: 'Co-opted',
  elect: 'Elected, not in office yet',
  former: 'Former member',
  safeguarding: 'Safeguarding training',
  dbs: 'DBS check made',
  feed: 'The committee system’s file',
};

const capacities = { principal: 'principal', authorised: 'authorised', deputy: 'deputy' };

const questionsShort = {
  standing: 'Standing',
  role: 'Role',
  authority: 'Authority',
  necessity: 'Necessity',
  scope: 'Scope',
  alternatives: 'Alternatives',
  collateral_purpose: 'Another purpose',
  connection: 'Connection',
  documents: 'Documents',
  legal_bars: 'Legal bars',
  proportionality: 'Proportionality',
  agreements: 'Agreements',
  lawful_basis: 'Lawful basis',
  prerequisites: 'Prerequisites',
};

const words: Readonly<Record<string, string>> = {
  ...capacities,
  ...register,
  ...roles,
  ...acts,
  ...proofs,
  ...states,
  ...questionsShort,
  ...offices,
  ...Object.fromEntries(observationTypes.map(({ key, label }) => [key, label])),
};

/** A code in words. */
export const inWords = (code: string): string => {
  const known = words[code];
  if (known !== undefined) return known;
  const spaced = code.replaceAll(/[_.]/g, ' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

/**
 * The limits of a grant or a visit that did not hold, for a place without room or a reader without a right to an
 * explanation.
 */
type Scope = 'departure' | 'categories' | 'closed_part' | 'duration' | 'overrun';
/** And of papers released under a right. */
type OfRight = 'no_right' | 'standing';
const limits: Readonly<Record<Limit | Scope | OfRight, string>> = {
  revoked: 'The council has ended the grant',
  lapsed: 'The grant has lapsed',
  completed: 'The grant has been used',
  frozen: 'The grant is frozen',
  seat_lost: 'The seat was lost at an election',
  window_not_open: 'The window is not open yet',
  window: 'The window is over',
  three_months: `The ${numberOf(longestGrantMonths, 'month')} of a grant have passed`,
  events: 'No event is left',
  term: 'Not a member of the council',
  appointment: 'The appointment is over',
  training: 'Training is not in date',
  undertaking: 'The protocol in force is not accepted',
  conditions: 'A condition is not met',
  checks: 'A check is not in order',
  journey: 'The child’s journey has ended',
  visit_ended: 'The visit has ended',
  visit_date: 'Not the day of the visit',
  visit_time: 'Not the hours of the visit',
  chaperone: 'Nobody named to accompany, or nobody did',
  case: 'The case is not named',
  conference: 'The conference is not recorded',
  unplanned: 'No visit was planned',
  departure: 'A departure from what was approved',
  categories: 'Something learned that was not approved',
  closed_part: 'A closed part was not left',
  duration: 'It was longer than approved',
  overrun: 'It went on after the time planned',
  no_right: 'No right was on record, or none that this person could have',
  standing: 'Not a member in office',
};

/** A limit in words. */
export const limitInWords = (limit: string): string =>
  Object.hasOwn(limits, limit) ? limits[limit as keyof typeof limits] : inWords(limit);

/** A ground in words. */
export const groundInWords = (ground: string): string =>
  Object.hasOwn(groundSays, ground) ? groundSays[ground as keyof typeof groundSays] : inWords(ground);

/** The full text of a question. */
export const questionInWords = (key: string): string =>
  questions.find((question) => question.key === key)?.asks ?? inWords(key);
