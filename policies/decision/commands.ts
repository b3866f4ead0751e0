/**
 * The commands that lead to a decision: the discussion, the two sign-offs, and Legal's decision, last. Nothing
 * overrides them.
 * Source: need-to-know.md, section 4; report 8.4.
 */
import { command, type Hindrance } from '../command/command.js';
import { londonDate } from '../core/time/london.js';
import type { CaseFile } from '../case/case-file.js';
import { decidingOffices, type Office } from '../core/office.js';
import type { ObservationRequest } from '../request/request.js';
import type { Category } from '../core/category.js';
import { ruleSays, type RuleKey } from '../core/rules.js';
import { saysUnheard } from './hearing.js';
import { missingFrom, needsBasis } from '../need-to-know/lawful-basis.js';
import { question } from '../need-to-know/questions.js';
import type { Ground } from '../core/grounds.js';
import { isLiftable } from '../need-to-know/lift.js';
import type { Finding, TestResult } from '../need-to-know/test.js';
import type { Acting, Actor } from '../people/actor.js';
import { contradiction } from '../register/register.js';
import { ordered, orderStands } from '../request/reviewed.js';
import { timeIsOver } from '../deadline/time-passed.js';
import { rightStands, rightWaits } from '../papers/right.js';
import { isTooEarly } from '../request/journey.js';
import { agrees, approves, objects, type OutcomeAsked } from '../request/live-seat.js';
import { isAdviser } from './discussing.js';
import { saysUnconfirmed, waitingFor } from './meeting.js';
import { allAnswered, barredFromSigning, blockedDetail, hasConflict } from './sign-off.js';

type OnRow = Hindrance<ObservationRequest, { readonly office?: Office | undefined }>;
type OnFile = Hindrance<CaseFile, OutcomeAsked>;

export const discuss = command({
  name: 'discuss',
  on: 'Request',
  by: decidingOffices,
  from: ['submitted'],
  hinders: [
    timeIsOver,
    {
      rule: 'privilege',
      keepsApart: true,
      when: (_file, { office, privileged }) => privileged === true && !isAdviser(office),
    },
  ],
});

/**
 * An office that a note names as present says by one press that it was there, or that it was not: then the meeting does not
 * count for it. Who recorded the meeting has said so for their own office.
 */
export const confirmMeeting = command({
  name: 'confirm_meeting',
  on: 'Request',
  by: decidingOffices,
  from: ['submitted'],
  hinders: [
    timeIsOver,
    {
      rule: 'meeting_settled',
      when: (_file, { meeting, office }) =>
        meeting !== undefined && !waitingFor(meeting).some((each) => each === office),
    },
    {
      rule: 'meeting_other_person',
      keepsApart: true,
      when: (_file, { meeting, by }) =>
        meeting !== undefined &&
        (meeting.personId === by || meeting.confirmations.some(({ personId }) => personId === by)),
    },
  ],
});

const isTaken = ({ seats }: ObservationRequest, office: Office | undefined): boolean =>
  seats.some((seat) => seat.office === office);

/** Papers with a right to them are released under that right, and nobody signs. */
const underRight: OnRow = { rule: 'right_stands', when: rightStands };
const seatTaken: OnRow = { rule: 'seat_taken', when: (row, { office }) => isTaken(row, office) };

const rightUnknown: OnFile = {
  rule: 'right_first',
  when: ({ row }) => row.observationType === 'document_inspection' && row.statutoryRight === null,
};
/** What was recorded about a right counts once it is confirmed: until then nobody knows whether the seats are asked. */
const rightUnconfirmed: OnFile = { rule: 'right_waits', when: ({ row }) => rightWaits(row) };
const hostUnknown: OnFile = {
  rule: 'host_not_named',
  when: ({ row }) => row.hostId === null || row.managerId === null,
};

/** A breach of confidentiality is cited only where a finding of it stands. */
const findingNotUpheld: Hindrance<CaseFile, { readonly grounds?: readonly Ground[] | undefined }> = {
  rule: 'upheld_finding',
  when: ({ upheldFinding }, { grounds = [] }) => grounds.includes('confidentiality_breach') && !upheldFinding,
};

/** The test of what is before the offices. */
export const testOf = ({ assessment }: CaseFile): TestResult => {
  if (assessment === null) throw new Error('What is before the offices has a test.');
  return assessment.test;
};

export const signOff = command({
  name: 'sign_off',
  on: 'Request',
  by: ['childrens_services', 'democratic_services'],
  asksProof: true,
  from: ['submitted'],
  byNamed: true,
  signs: barredFromSigning,
  closedBy: [underRight, ordered, seatTaken],
  hinders: [
    timeIsOver,
    rightUnknown,
    rightUnconfirmed,
    hostUnknown,
    { rule: 'test_incomplete', when: (file) => !allAnswered(testOf(file)) },
    findingNotUpheld,
  ],
});

export const withdrawSignOff = command({
  name: 'withdraw_sign_off',
  on: 'Request',
  by: ['childrens_services', 'democratic_services'],
  from: ['submitted'],
  byNamed: true,
  closedBy: [{ rule: 'no_seat', when: (row, { office }) => !isTaken(row, office) }],
});

const others = ({ row }: CaseFile) => row.seats.filter(({ office }) => office !== 'legal');
const isBlocked = (file: CaseFile): boolean => testOf(file).grounds.length > 0;

/**
 * The register may have changed since the answers: Legal cannot approve an answer that the register now contradicts.
 */
const contradicted = ({ facts, assessment }: CaseFile): string | false => {
  for (const { question: key, confirmed, ...answer } of assessment?.given ?? []) {
    const says = confirmed ? contradiction(facts, key, answer) : null;
    if (says) return `${says} This question must be answered again: ${question(key).asks}`;
  }
  return false;
};

/** What the lawful basis leaves out for the categories that are to be opened. */
const unnamedBasis = ({ assessment }: CaseFile, categories: readonly Category[] = []): string | false => {
  if (!needsBasis(categories)) return false;
  const basis = assessment?.given.find(
    ({ question: key, confirmed }) => key === 'lawful_basis' && confirmed,
  )?.basis;
  const unnamed = missingFrom(basis ?? {}, categories);
  return unnamed.length > 0 && `${ruleSays('lawful_basis')} Legal have still to name ${unnamed.join(', ')}.`;
};

/** Conditions of an approval that a refusal does not have. */
const toApprove = (rule: OnFile['rule'], when: (file: CaseFile) => boolean | string): OnFile => ({
  rule,
  when: (file, given) => approves(given) && when(file),
});

/**
 * Approval needs the other two offices to agree on the same version, a test at `established` and the discussion. A
 * refusal comes last too, or as soon as a block or an objection stands. Without an outcome, the question is about a
 * refusal: anything that hinders a refusal hinders an approval as well.
 */
export const decide = command({
  name: 'decide',
  on: 'Request',
  by: ['legal'],
  asksProof: true,
  from: ['submitted'],
  to: ['approved', 'refused'],
  byNamed: true,
  signs: barredFromSigning,
  closedBy: [underRight, ordered, seatTaken],
  hinders: [
    timeIsOver,
    rightUnknown,
    rightUnconfirmed,
    hostUnknown,
    toApprove('need_to_know', (file) => isBlocked(file) && blockedDetail(testOf(file))),
    toApprove('test_incomplete', (file) => !allAnswered(testOf(file))),
    toApprove('need_to_know', (file) => testOf(file).outcome !== 'established'),
    { rule: 'lawful_basis', when: (file, given) => approves(given) && unnamedBasis(file, given.categories) },
    toApprove('three_sign_offs', (file) => others(file).filter(agrees).length < 2),
    toApprove(
      'meeting_unconfirmed',
      ({ discussed, meetings }) => !discussed && (saysUnconfirmed(meetings) ?? false),
    ),
    toApprove('discussion', ({ discussed }) => !discussed),
    toApprove('conflicted_seat', (file) =>
      others(file).some(({ personId }) => hasConflict(personId, file.row)),
    ),
    toApprove('register', contradicted),
    toApprove('window_over', ({ row, at }) => {
      const { window } = row.content;
      return window !== undefined && window.to < londonDate(at);
    }),
    {
      rule: 'legal_last',
      when: (file, given) =>
        !approves(given) && !isBlocked(file) && others(file).length < 2 && !others(file).some(objects),
    },
    findingNotUpheld,
    {
      rule: 'hearing',
      when: (file, given) => !approves(given) && (saysUnheard(file, given.grounds) ?? false),
    },
    toApprove(
      'journey_early',
      ({ stageBefore, at }) => stageBefore !== null && isTooEarly(stageBefore, londonDate(at)),
    ),
    { rule: 'journey', when: (_file, { links }) => links?.journey ?? false },
    { rule: 'places', when: (_file, { links }) => links?.hasPlace === false },
  ],
});

/** What the law bars of these events, unless the order itself lifts it: the court's words open proceedings and orders. */
const barOf = ({ assessment }: CaseFile): Finding | undefined =>
  assessment?.test.findings.find(
    (finding) =>
      finding.question === 'legal_bars' &&
      finding.result !== 'satisfied' &&
      !(finding.result === 'blocks' && isLiftable(finding)),
  );

/** Who recorded the order does not carry it out: two people stand behind a grant that nobody judged. */
const barredFromCarryingOut = (actor: Actor, acting: Acting, row: ObservationRequest): RuleKey | null =>
  row.order?.recordedBy === actor.id ? 'order_two_people' : barredFromSigning(actor, acting, row);

/**
 * An order of a court, or a decision of the council or of a committee with power, is carried out by Legal: the grant has the
 * order as its authority. Legal say in `legal_bars` what the order allows; any other bar of law stands.
 */
export const carryOut = command({
  name: 'carry_out',
  on: 'Request',
  by: ['legal'],
  asksProof: true,
  from: ['submitted'],
  to: ['approved'],
  byNamed: true,
  signs: barredFromCarryingOut,
  closedBy: [{ rule: 'no_order', when: (row) => !orderStands(row) }],
  hinders: [
    hostUnknown,
    {
      rule: 'order_bars',
      when(file) {
        const bar = barOf(file);
        return bar !== undefined && `${ruleSays('order_bars')} ${bar.explanation}`;
      },
      rests: (file) => barOf(file)?.authority ?? null,
    },
    { rule: 'lawful_basis', when: (file, { categories }) => unnamedBasis(file, categories) },
  ],
});
