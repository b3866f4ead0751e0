/**
 * Who may do what, at which stage, and who reads what: need-to-know.md, sections 4 and 5, typed out again as
 * one table and held against the rules. Each line reads aloud: "Democratic Services, authorised: while it is
 * submitted they may return, answer, discuss, sign off and withdraw a sign-off; they read the request, …".
 */
import { conflictToRecord } from '../../../policies/conflict/conflict.js';
import type { StatutoryRight } from '../../../policies/request/statutory-right.js';
import { describe, expect, test } from '@jest/globals';
import { abilityFor, type AppAbility } from '../../../policies/permission/ability.js';
import { commandNames, type CommandName } from '../../../policies/permission/every-command.js';
import { available, permit } from '../../support/commands-by-name.js';
import { confirmOffice } from '../../../policies/office/commands.js';
import { isOpen, verdict } from '../../../policies/permission/permit.js';
import { matrix } from '../../../policies/rule-book/matrix.js';
import { officeSays } from '../../../policies/core/office-names.js';
import { viewOf, type View } from '../../../policies/permission/offices/view.js';
import { Refusal } from '../../../policies/core/refusals.js';
import type { Actor, Holding } from '../../../policies/people/actor.js';
import { offices, type Capacity, type Office, type Seat } from '../../../policies/core/office.js';
import type { LiveSeat } from '../../../policies/request/live-seat.js';
import type { Grant } from '../../../policies/grant/grant.js';
import type { Standing } from '../../../policies/register/member.js';
import {
  requestStatuses,
  type ObservationRequest,
  type RequestStatus,
} from '../../../policies/request/request.js';

const row = (changes: Partial<ObservationRequest> = {}): ObservationRequest => ({
  kind: 'Request',
  id: 1,
  reference: 'OBS-2026-0001',
  status: 'submitted',
  version: 3,
  submitted: true,
  submittedAt: new Date('2026-09-15T10:00:00Z'),
  createdAt: new Date('2026-09-14T10:00:00Z'),
  councillorId: 'asks',
  councillorName: 'The councillor who asks',
  hostId: 'host',
  hostName: 'The host',
  managerId: 'manager',
  managerName: 'The line manager',
  observationType: 'core_group',
  content: {},
  actedBy: ['acted'],
  conflicts: [],
  signedBefore: [],
  signers: [],
  named: [],
  namedIds: [],
  remittedAt: null,
  review: null,
  statutoryRight: null,
  seats: [],
  lifts: [],
  returns: [],
  decidedAt: null,
  withdrawnAt: null,
  grantId: null,
  // Of what was approved, that the council has ended it: until then nothing of it is reviewed.
  endedAt: new Date('2026-09-20T10:00:00Z'),
  ...changes,
});

/** The same request at each stage; a draft was never submitted, and nobody has acted on it or hosts it. */
const at = (status: RequestStatus, changes: Partial<ObservationRequest> = {}): ObservationRequest =>
  row({
    status,
    ...changes,
    ...(status === 'draft'
      ? {
          submitted: false,
          submittedAt: null,
          hostId: null,
          managerId: null,
          actedBy: [],
          seats: [],
          named: [],
          namedIds: [],
          signers: [],
          signedBefore: [],
        }
      : {}),
  });

const holding = (office: Office, capacity: Capacity, changes: Partial<Holding> = {}): Holding => ({
  office,
  capacity,
  head: false,
  ...changes,
});
const deputyOf = (office: Office, principalAbsent: boolean): Holding =>
  holding(office, 'deputy', {
    deputyFor: { id: `head of ${office}`, name: 'The principal' },
    principalAbsent,
  });

const officer = (id: string, ...holdings: Holding[]): Actor => ({
  kind: 'Actor',
  id,
  name: id,
  email: `${id.replaceAll(' ', '.')}@council.example`,
  councillorId: null,
  standing: null,
  holdings,
});
const member = (councillorId: string, standing: Standing, ...holdings: Holding[]): Actor => ({
  ...officer(`person of ${councillorId}`, holding('councillor', 'principal'), ...holdings),
  councillorId,
  standing,
});

type Commands = string;

interface Line {
  readonly who: string;
  readonly actor: Actor;
  /** What the row is like, beside its stage, that the line speaks of. */
  readonly given?: Partial<ObservationRequest>;
  /** Of a request that was submitted: `request`, `test`, `discussion`, `advice`. */
  readonly reads: string;
  readonly as: View | null;
  readonly draft?: Commands;
  readonly submitted?: Commands;
  readonly returned?: Commands;
  readonly refused?: Commands;
  readonly approved?: Commands;
  /** The office that they act for, if they do not hold it. */
  readonly office?: Office;
  /** In what capacity they act for an office. */
  readonly capacity?: Capacity;
  /** The rule by which signing is refused, although the office is theirs. */
  readonly barred?: string;
  /** The rule by which everything else is refused, where it is not `office`. */
  readonly forbids?: (command: CommandName) => string;
}

const asking = {
  draft: 'edit submit withdraw',
  submitted: 'edit withdraw answer_gist ask_right_review',
  returned: 'edit submit withdraw answer_gist ask_right_review',
  refused: 'ask_review',
  approved: 'ask_review',
};
const everything = 'request test discussion advice';

type Stages = Pick<Line, 'submitted' | 'returned' | 'refused' | 'approved'> &
  Readonly<Partial<Record<'time_passed', string>>>;

/** What each office does, where nobody has signed yet. */
const work: Readonly<
  Record<'childrens_services' | 'democratic_services' | 'legal' | 'monitoring_officer', Stages>
> = {
  childrens_services: {
    submitted:
      'return name_host answer lift_rule discuss confirm_meeting sign_off withdraw_sign_off release_papers confirm_right',
    returned: 'release_papers confirm_right',
    approved: 'release_papers',
  },
  democratic_services: {
    submitted:
      'return answer lift_rule discuss confirm_meeting sign_off withdraw_sign_off name_reviewer confirm_right',
    returned: 'confirm_right',
    refused: 'name_reviewer',
    approved: 'name_reviewer',
  },
  legal: {
    submitted: 'return answer lift_rule discuss confirm_meeting tell_gist decide carry_out record_right',
    returned: 'record_right',
    refused: 'remit_unasked',
  },
  monitoring_officer: {
    submitted: 'return discuss confirm_meeting decide_right_review',
    returned: 'decide_right_review',
    refused: 'accept_late decide_review remit_unasked direct',
    approved: 'accept_late decide_review direct',
    time_passed: 'direct',
  },
};
const nothing: Stages = { submitted: '', returned: '', refused: '', approved: '' };
const working = Object.keys(work) as (keyof typeof work)[];
const says = {
  childrens_services: 'Children’s Services',
  democratic_services: 'Democratic Services',
  legal: 'Legal',
  monitoring_officer: 'the Monitoring Officer',
};

const councillorCommands: readonly string[] = [
  'edit',
  'submit',
  'withdraw',
  'answer_gist',
  'ask_review',
  'ask_right_review',
];
const signing: readonly string[] = [
  'sign_off',
  'tell_gist',
  'decide',
  'carry_out',
  'accept_late',
  'decide_review',
  'lift_rule',
  'confirm_right',
  'decide_right_review',
];
const words = (text: Commands | undefined): readonly string[] => (text ?? '').split(' ').filter(Boolean);

const wordsOf = (stages: Stages): readonly string[] => [
  ...words(stages.submitted),
  ...words(stages.returned),
  ...words(stages.refused),
  ...words(stages.approved),
];

const byCapacity = working.flatMap((office): Line[] => {
  const line = { reads: everything, as: 'office' as const, ...work[office] };
  const present = (command: CommandName) =>
    wordsOf(work[office]).includes(command) ? 'principal_present' : 'office';
  const signed = [`head of ${office}`];
  const conflicted = [{ personId: `head of ${office}`, kind: 'relation' as const }];
  return [
    {
      ...line,
      who: `${says[office]}, principal`,
      actor: officer('p', holding(office, 'principal')),
      capacity: 'principal',
    },
    {
      ...line,
      who: `${says[office]}, authorised`,
      actor: officer('p', holding(office, 'authorised')),
      capacity: 'authorised',
    },
    {
      ...line,
      who: `${says[office]}, deputy while the principal is there`,
      actor: officer('p', deputyOf(office, false)),
      ...nothing,
      forbids: present,
    },
    {
      ...line,
      who: `${says[office]}, deputy while the principal is absent`,
      actor: officer('p', deputyOf(office, true)),
      capacity: 'deputy',
    },
    {
      ...line,
      who: `${says[office]}, deputy while the principal is conflicted`,
      actor: officer('p', deputyOf(office, false)),
      given: { conflicts: conflicted },
      capacity: 'deputy',
    },
    {
      ...line,
      who: `${says[office]}, deputy while the principal is the host`,
      actor: officer('p', deputyOf(office, false)),
      given: { hostId: `head of ${office}` },
      capacity: 'deputy',
    },
    {
      ...line,
      who: `${says[office]}, deputy while the principal has signed what was remitted since`,
      actor: officer('p', deputyOf(office, false)),
      given: { signedBefore: signed, signers: signed },
      capacity: 'deputy',
    },
    {
      ...line,
      who: `${says[office]}, deputy while the principal has signed what was not remitted`,
      actor: officer('p', deputyOf(office, false)),
      given: { signers: signed },
      // Nobody reviews a version that they signed; signing it does not keep anybody from the rest of the work.
      ...(office === 'monitoring_officer'
        ? { capacity: 'deputy' as const }
        : { ...nothing, forbids: present }),
    },
  ];
});

/** Officers who do the work and never sign or review, each by the rule that bars them. */
const separated = working.flatMap((office): Line[] => {
  const line = {
    reads: everything,
    as: 'office' as const,
    ...work[office],
    capacity: 'authorised' as const,
  };
  const actor = officer('p', holding(office, 'authorised'));
  const barredBy = (who: string, barred: string, given: Partial<ObservationRequest>): Line => ({
    ...line,
    who: `${says[office]}, ${who}`,
    actor,
    given,
    barred,
  });
  return [
    office === 'monitoring_officer'
      ? barredBy('who has signed it', 'reviewer_signed', { signers: ['p'] })
      : barredBy('who has signed what was remitted since', 'signed_before', {
          signedBefore: ['p'],
          signers: ['p'],
        }),
    barredBy('who is the host', 'host_signs', { hostId: 'p' }),
    barredBy('who is the host’s line manager', 'line_manager_signs', { managerId: 'p' }),
    barredBy('who is a declared relation', 'declared_relation', {
      conflicts: [{ personId: 'p', kind: 'relation' }],
    }),
    barredBy('who is a party to a complaint', 'complaint', {
      conflicts: [{ personId: 'p', kind: 'complaint' }],
    }),
    {
      ...line,
      who: `${says[office]}, who is a councillor as well`,
      actor: { ...member('somebody', 'sitting', holding(office, 'authorised')), id: 'p' },
      barred: 'any_councillor',
    },
  ];
});

/** Whom the Chief Executive has named acts for that office, on that request, and in nothing but its seat. */
const named = (
  [
    ['childrens_services', { submitted: 'lift_rule sign_off withdraw_sign_off' }],
    ['democratic_services', { submitted: 'lift_rule sign_off withdraw_sign_off' }],
    ['legal', { submitted: 'lift_rule tell_gist decide carry_out' }],
    ['monitoring_officer', { refused: 'accept_late decide_review', approved: 'accept_late decide_review' }],
  ] as const
).flatMap(([office, may]): Line[] => {
  const line: Line = {
    who: `somebody named for ${says[office]}`,
    actor: officer('p'),
    given: { named: [{ office, personId: 'p' }], namedIds: ['p'] },
    reads: 'request test discussion',
    as: 'office',
    ...may,
    office,
    capacity: 'authorised',
  };
  return [
    line,
    {
      ...line,
      who: `${line.who}, who is conflicted`,
      given: { ...line.given, conflicts: [{ personId: 'p', kind: 'complaint' }] },
      barred: 'complaint',
    },
  ];
});

const table: readonly Line[] = [
  {
    who: 'the councillor who asks',
    actor: member('asks', 'sitting'),
    reads: 'request',
    as: 'own',
    ...asking,
    forbids: (command) => (councillorCommands.includes(command) ? 'office' : 'requester'),
  },
  {
    who: 'the co-opted member who asks',
    actor: member('asks', 'coopted'),
    reads: 'request',
    as: 'own',
    ...asking,
    forbids: (command) => (councillorCommands.includes(command) ? 'office' : 'requester'),
  },
  ...(['former', 'elect'] as const).map((standing): Line => ({
    who: `the one who asked, ${standing === 'former' ? 'a former councillor now' : 'a member elect'}`,
    actor: member('asks', standing),
    reads: 'request',
    as: 'own',
    forbids: (command) => (councillorCommands.includes(command) ? 'standing' : 'requester'),
  })),
  {
    who: 'the councillor who asks, who holds an office as well',
    actor: member(
      'asks',
      'sitting',
      holding('legal', 'principal'),
      holding('childrens_services', 'principal'),
    ),
    reads: 'request',
    as: 'own',
    ...asking,
    forbids: () => 'requester',
  },
  { who: 'another councillor', actor: member('another', 'sitting'), reads: '', as: null },
  {
    who: 'another councillor, a former one',
    actor: member('another', 'former'),
    reads: '',
    as: null,
    forbids: (command) => (councillorCommands.includes(command) ? 'standing' : 'office'),
  },
  ...byCapacity,
  ...separated,
  ...named,
  {
    who: 'the host named',
    actor: officer('host', holding('host', 'principal')),
    reads: 'request',
    as: 'host',
  },
  {
    who: 'a host of something else',
    actor: officer('other host', holding('host', 'principal')),
    reads: '',
    as: null,
  },
  {
    who: 'the host’s line manager',
    actor: officer('manager', holding('host', 'principal')),
    reads: '',
    as: null,
  },
  {
    who: 'Data Protection',
    actor: officer('p', holding('data_protection', 'principal')),
    reads: 'request',
    as: 'data_protection',
  },
  {
    who: 'Internal Audit',
    actor: officer('p', holding('auditor', 'principal')),
    reads: 'request',
    as: 'auditor',
  },
  {
    who: 'the administrator',
    actor: officer('p', holding('administrator', 'principal')),
    reads: '',
    as: null,
  },
  { who: 'an officer without an office', actor: officer('p'), reads: '', as: null },
];

const cell = (line: Line, status: RequestStatus): readonly string[] => {
  if (status === 'withdrawn') return [];
  // A direction comes about what time closed as well, and a review.
  return status === 'time_passed'
    ? words(line.refused).filter((command) => command !== 'remit_unasked')
    : words(line[status]);
};

/** Who signed a refusal may have it decided afresh, with a record of why it is they; who is conflicted may not. */
const isBarred = ({ barred }: Line, command: string): boolean =>
  barred !== undefined &&
  (signing.includes(command) ||
    (command === 'remit_unasked' && !['reviewer_signed', 'signed_before'].includes(barred)));

/** What a line may do at some stage or other, signing included where something of the row bars it. */
const theirs = (line: Line) => new Set(requestStatuses.flatMap((status) => cell(line, status)));

const officesOf = (line: Line): readonly Seat[] =>
  (['childrens_services', 'democratic_services', 'legal'] as const).filter((office) =>
    line.office ? line.office === office : line.actor.holdings.some((held) => held.office === office),
  );

/** What the seats leave to do: sign where the seat is free, take it back where it is not, name while none is. */
const seatsLeave = (command: string, line: Line, signed: readonly LiveSeat[]): boolean => {
  const own = officesOf(line).some((office) => signed.some((seat) => seat.office === office));
  if (command === 'lift_rule') return true;
  if (['sign_off', 'decide', 'decide_review', 'accept_late'].includes(command)) return !own;
  if (command === 'withdraw_sign_off') return own;
  return command !== 'name_host' || signed.length === 0;
};

const right = (given: 's100F' | 'reg17' | 'none', more: Partial<StatutoryRight> = {}): StatutoryRight => ({
  right: given,
  due: given === 'none' ? null : '2026-10-01',
  counts: true,
  reasoned: true,
  claimed: null,
  cites: null,
  recordedBy: 'somebody of Legal',
  ...more,
});
const papers = 'document_inspection' as const;
const reviewOf = (
  version: number,
  outcome: 'upheld' | null,
  late: { readonly acceptedAt: Date | null } | null = null,
) => ({
  version,
  late,
  askedAt: new Date('2026-09-16T10:00:00Z'),
  outcome,
  decidedAt: outcome && new Date('2026-09-17T10:00:00Z'),
});

/** What a request may have come to beside its stage and its seats, and which commands that leaves room for. */
interface Situation {
  readonly is: Partial<ObservationRequest>;
  readonly leaves: (command: string, status: RequestStatus, actor: Actor) => boolean;
}
const later = [
  'carry_out',
  'answer_gist',
  'ask_review',
  'name_reviewer',
  'accept_late',
  'decide_review',
  'record_right',
  'confirm_right',
  'ask_right_review',
  'decide_right_review',
  'release_papers',
];
const leaving =
  (...extra: readonly string[]) =>
  (command: string) =>
    !later.includes(command) || extra.includes(command);
const underRight = (command: string, status: RequestStatus) =>
  leaving('ask_review', 'record_right', 'release_papers')(command) &&
  !(status === 'submitted' && ['sign_off', 'decide', 'lift_rule', 'tell_gist'].includes(command));
const situations: Readonly<Record<string, Situation>> = {
  'as it was handed in': { is: {}, leaves: leaving('ask_review') },
  'a review is asked for': {
    is: { review: reviewOf(3, null) },
    leaves: (command, status) =>
      (leaving('decide_review')(command) && command !== 'remit_unasked') ||
      (command === 'name_reviewer' && status !== 'submitted'),
  },
  'a review is asked for late': {
    is: { review: reviewOf(3, null, { acceptedAt: null }) },
    leaves: (command, status) =>
      (leaving('accept_late')(command) && command !== 'remit_unasked') ||
      (command === 'name_reviewer' && status !== 'submitted'),
  },
  'the refusal was upheld': {
    is: { review: reviewOf(3, 'upheld') },
    leaves: (command, _status, { holdings }) =>
      leaving()(command) &&
      (command !== 'remit_unasked' || holdings.some(({ office }) => office === 'monitoring_officer')),
  },
  'an earlier refusal was remitted': {
    is: { review: reviewOf(2, null), remittedAt: new Date('2026-09-18T10:00:00Z') },
    leaves: (command, status) =>
      leaving('ask_review')(command) || (command === 'name_reviewer' && status === 'submitted'),
  },
  'an order is carried out': {
    is: {
      order: { recordedBy: 'somebody else', givenBy: 'court' },
      remittedAt: new Date('2026-09-18T10:00:00Z'),
    },
    leaves: (command, status) =>
      command !== 'edit' &&
      !['return', 'sign_off', 'decide', 'lift_rule', 'tell_gist'].includes(command) &&
      (leaving('ask_review', 'carry_out')(command) ||
        (command === 'name_reviewer' && status === 'submitted')),
  },
  'the councillor was told the gist': {
    is: {
      hearing: {
        version: 3,
        matters: ['collateral_purpose'],
        toldAt: new Date('2026-09-18T10:00:00Z'),
        dueOn: '2026-09-25',
        answeredAt: null,
        endedAt: null,
      },
    },
    // They are told again where something new is held against them, which the request alone does not say.
    leaves: leaving('answer_gist', 'ask_review'),
  },
  'papers, before Legal has looked for a right': {
    is: { observationType: papers },
    leaves: (command, status) =>
      leaving('ask_review', 'record_right')(command) ||
      (command === 'release_papers' && status === 'approved'),
  },
  'papers without a right': {
    is: { observationType: papers, statutoryRight: right('none') },
    leaves: (command, status) =>
      leaving('ask_review', 'record_right')(command) ||
      (command === 'release_papers' && status === 'approved'),
  },
  'papers under a right': {
    is: { observationType: papers, statutoryRight: right('s100F') },
    leaves: underRight,
  },
  'a right waits to be confirmed': {
    is: { observationType: papers, statutoryRight: right('reg17', { counts: false }) },
    leaves: (command, status) =>
      leaving('ask_review', 'record_right', 'confirm_right')(command) ||
      (command === 'release_papers' && status === 'approved'),
  },
  'a right from before, without reasons, waits': {
    is: { observationType: papers, statutoryRight: right('reg17', { counts: false, reasoned: false }) },
    leaves: (command, status) =>
      leaving('ask_review', 'record_right')(command) ||
      (command === 'release_papers' && status === 'approved'),
  },
  'a claimed right was denied': {
    is: { observationType: papers, statutoryRight: right('none', { claimed: 's100F' }) },
    leaves: (command, status) =>
      leaving('ask_review', 'record_right', 'ask_right_review', 'decide_right_review')(command) ||
      (command === 'release_papers' && status === 'approved'),
  },
};

type Answer =
  | { readonly permitted: true; office: Office; capacity: Capacity }
  | { readonly status: number; readonly rule: string };

const abilities = new WeakMap<Actor, AppAbility>();
/** Made once for each: it is asked thousands of times. */
const abilityOf = (actor: Actor): AppAbility => {
  const ability = abilities.get(actor) ?? abilityFor(actor);
  abilities.set(actor, ability);
  return ability;
};

const asked = (command: CommandName, line: Line, on: ObservationRequest, version?: number): Answer => {
  try {
    const { office, capacity } = permit(
      command,
      { actor: line.actor, ability: abilityOf(line.actor) },
      on,
      version === undefined ? {} : { version },
    );
    return { permitted: true, office, capacity };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: error.status, rule: error.rule ?? '' };
  }
};

/** What the table says of one command at one stage. */
const expected = (command: CommandName, line: Line, status: RequestStatus): Answer => {
  const barred = isBarred(line, command);
  if (cell(line, status).includes(command) && !barred) {
    const office = councillorCommands.includes(command)
      ? 'councillor'
      : (line.office ?? line.actor.holdings.at(-1)?.office);
    return {
      permitted: true,
      office: office ?? 'councillor',
      capacity: councillorCommands.includes(command) ? 'principal' : (line.capacity ?? 'principal'),
    };
  }
  if (theirs(line).has(command)) {
    // A draft is nobody's but its author's: to the offices it is not there, so they have no authority over it.
    if (status === 'draft' && !councillorCommands.includes(command)) return { status: 403, rule: 'office' };
    return cell(line, status).includes(command)
      ? { status: 403, rule: line.barred ?? '' }
      : { status: 409, rule: 'status' };
  }
  const rule = line.forbids?.(command) ?? 'office';
  return { status: 403, rule: status === 'draft' && rule === 'principal_present' ? 'office' : rule };
};

const seatsOf = (...signed: Seat[]): LiveSeat[] =>
  signed.map((office) => ({ office, personId: `signed for ${office}`, outcome: 'agree' }));
const seatings: readonly LiveSeat[][] = [
  [],
  seatsOf('childrens_services'),
  seatsOf('democratic_services'),
  seatsOf('childrens_services', 'democratic_services'),
];

describe.each(table)('$who', (line) => {
  test.each(requestStatuses.map((status) => ({ status, may: cell(line, status).join(', ') || 'nothing' })))(
    '$status: may $may; whatever else is refused, for authority before the stage',
    ({ status }) => {
      const on = at(status, line.given);
      for (const command of commandNames) {
        expect([command, asked(command, line, on)]).toEqual([command, expected(command, line, status)]);
      }
    },
  );

  test('is offered a command exactly when it is not refused and the seats leave room for it', () => {
    const ability = abilityFor(line.actor);
    for (const [situation, { is, leaves }] of Object.entries(situations)) {
      for (const status of requestStatuses) {
        for (const seats of status === 'draft' ? [[]] : seatings) {
          const on = at(status, { ...line.given, ...is, seats });
          const room = (name: string) => seatsLeave(name, line, seats) && leaves(name, status, line.actor);
          const offered = available({ actor: line.actor, ability }, on);
          const possible = commandNames.filter((name) => 'permitted' in asked(name, line, on) && room(name));
          expect([situation, status, seats.length, offered]).toEqual([
            situation,
            status,
            seats.length,
            possible,
          ]);
          const spoken = cell(line, status).filter((name) => !isBarred(line, name) && room(name));
          expect(new Set(offered)).toEqual(new Set(spoken));
        }
      }
    }
  });

  test(`reads ${line.reads || 'nothing'}`, () => {
    const ability = abilityFor(line.actor);
    const readsOf = (on: ObservationRequest) =>
      [
        ability.can('read', on) && 'request',
        ability.can('read_assessment', on) && 'test',
        ability.can('read_discussion', on) && 'discussion',
        ability.can('read_advice', on) && 'advice',
      ].filter(Boolean);
    for (const status of requestStatuses.filter((each) => each !== 'draft')) {
      expect(readsOf(at(status, line.given))).toEqual(words(line.reads));
    }
    // A draft is read by its author alone, and so is one that was withdrawn before it was submitted.
    const author = line.as === 'own' ? ['request'] : [];
    expect(readsOf(at('draft', line.given))).toEqual(author);
    const never = {
      ...line.given,
      submitted: false,
      submittedAt: null,
      hostId: null,
      managerId: null,
      actedBy: [],
      named: [],
      namedIds: [],
    };
    expect(readsOf(at('withdrawn', never))).toEqual(author);
  });

  test(`reads it ${line.as ? `as ${line.as}` : 'in no way'}`, () => {
    const who = { actor: line.actor, ability: abilityFor(line.actor) };
    if (line.as) expect(viewOf(who, at('submitted', line.given))).toBe(line.as);
    else expect(() => viewOf(who, at('submitted', line.given))).toThrow();
  });

  test('a changed request must be read again first, by people who have authority at all', () => {
    for (const command of commandNames) {
      const on = at('submitted', line.given);
      const fresh = asked(command, line, on, 3);
      expect(fresh).toEqual(asked(command, line, on));
      const authority = theirs(line).has(command);
      for (const version of [2, 4]) {
        expect(asked(command, line, on, version)).toEqual(
          authority ? { status: 409, rule: 'stale_version' } : fresh,
        );
      }
    }
  });
});

describe('the table', () => {
  test('speaks of every office and every capacity, and gives every command to somebody', () => {
    expect(new Set(table.flatMap(({ actor }) => actor.holdings.map(({ office }) => office)))).toEqual(
      new Set(offices),
    );
    expect(new Set(table.flatMap(({ actor }) => actor.holdings.map(({ capacity }) => capacity)))).toEqual(
      new Set(['principal', 'authorised', 'deputy']),
    );
    expect(new Set(table.flatMap((line) => [...theirs(line)]))).toEqual(new Set(commandNames));
  });

  test('ends with the decision: a refusal or an end is reviewed, a refusal remitted, and papers are released; no more', () => {
    const ends: readonly (readonly [RequestStatus, readonly CommandName[]])[] = [
      [
        'approved',
        ['release_papers', 'ask_review', 'name_reviewer', 'accept_late', 'decide_review', 'direct'],
      ],
      ['refused', ['ask_review', 'name_reviewer', 'accept_late', 'decide_review', 'remit_unasked', 'direct']],
      ['withdrawn', []],
      ['time_passed', ['ask_review', 'name_reviewer', 'accept_late', 'decide_review', 'direct']],
    ];
    for (const line of table) {
      for (const { is } of Object.values(situations)) {
        for (const [status, may] of ends) {
          const on = at(status, { ...line.given, ...is });
          const offered = available({ actor: line.actor, ability: abilityOf(line.actor) }, on);
          expect(offered.filter((name) => !may.includes(name))).toEqual([]);
        }
      }
    }
  });
});

describe('a person who has acted before', () => {
  const acted = officer('acted');

  test('and holds no office now keeps reading that, and does nothing', () => {
    const ability = abilityFor(acted);
    for (const status of [
      'submitted',
      'returned',
      'approved',
      'refused',
      'withdrawn',
      'time_passed',
    ] as const) {
      for (const action of ['read', 'read_assessment', 'read_discussion'] as const) {
        expect(ability.can(action, at(status))).toBe(true);
      }
      expect(available({ actor: acted, ability }, at(status))).toEqual([]);
    }
    expect(viewOf({ actor: acted, ability }, row())).toBe('office');
  });

  test('and is an administrator now reads nothing of what they signed, hosted or were named for', () => {
    const ability = abilityFor(officer('p', holding('administrator', 'principal')));
    const once = { actedBy: ['p'], hostId: 'p', namedIds: ['p'] };
    for (const status of requestStatuses) {
      for (const read of ['read', 'read_assessment', 'read_discussion', 'read_advice'] as const) {
        expect([status, read, ability.can(read, at(status, { ...once }))]).toEqual([status, read, false]);
      }
    }
    for (const kind of ['Request', 'Grant', 'Visit', 'Incident'] as const) {
      expect([kind, ability.rulesFor('read', kind)]).toEqual([kind, []]);
    }
    const commands = commandNames.filter((name) => ability.can(name, row(once)));
    expect(commands).toEqual([]);
  });

  test('reads no other request', () => {
    expect(abilityFor(acted).can('read', row({ actedBy: ['somebody'] }))).toBe(false);
  });

  test('and is the councillor who asks reads it as their own, however they came to act', () => {
    const actor = { ...member('asks', 'sitting'), id: 'acted' };
    const ability = abilityFor(actor);
    expect(viewOf({ actor, ability }, row())).toBe('own');
    expect(ability.can('read_discussion', row())).toBe(false);
  });
});

test('an office is confirmed by no deputy, whether or not the principal is there', () => {
  const held = {
    kind: 'OfficeHeld',
    id: 'o1',
    personId: 'new',
    office: 'legal',
    capacity: 'principal',
    head: false,
    authority: null,
    from: null,
    to: null,
    givenBy: { id: 'administrator', name: 'The administrator' },
    confirmedBy: null,
    confirmed: false,
  } as const;
  const answers = [
    holding('monitoring_officer', 'principal'),
    deputyOf('monitoring_officer', true),
    deputyOf('monitoring_officer', false),
  ].map((each) => {
    const actor = officer('p', each);
    const who = { actor, ability: abilityFor(actor) };
    const answer = verdict(confirmOffice, who, held, { by: 'p', today: '2026-09-15' });
    return ['rule' in answer ? answer.rule : answer.capacity, isOpen(confirmOffice, who, held, {})];
  });
  expect(answers).toEqual([
    ['principal', true],
    ['office_waits', false],
    ['principal_present', false],
  ]);
});

describe('a person with two offices', () => {
  const two = officer('two', holding('legal', 'authorised'), holding('democratic_services', 'authorised'));
  const ability = abilityFor(two);
  const offered = (seats: readonly LiveSeat[]) => available({ actor: two, ability }, row({ seats }));
  const signedByThem = (office: Seat): LiveSeat => ({ office, personId: 'two', outcome: 'agree' });

  test('may sign for either while they have signed for neither', () => {
    expect(offered([])).toEqual([
      'return',
      'answer',
      'lift_rule',
      'discuss',
      'confirm_meeting',
      'sign_off',
      'tell_gist',
      'decide',
    ]);
  });

  test('does not decide for Legal after they signed for Democratic Services, and may take that back', () => {
    const seats = [signedByThem('democratic_services')];
    expect(offered(seats)).toEqual([
      'return',
      'answer',
      'lift_rule',
      'discuss',
      'confirm_meeting',
      'withdraw_sign_off',
    ]);
    expect(() => permit('decide', { actor: two, ability }, row({ seats }))).toThrow(
      expect.objectContaining({ status: 403, rule: 'one_person_one_office' }),
    );
  });

  test('acts for the office that is named, where one is', () => {
    for (const office of ['legal', 'democratic_services'] as const) {
      expect(permit('answer', { actor: two, ability }, row(), { office }).office).toBe(office);
    }
    expect(() => permit('answer', { actor: two, ability }, row(), { office: 'childrens_services' })).toThrow(
      expect.objectContaining({ status: 403, rule: 'office' }),
    );
  });
});

describe('a strategy discussion', () => {
  const on = row({ observationType: 'strategy_discussion' });
  const offered = (...holdings: Holding[]) => {
    const actor = officer('p', ...holdings);
    return available({ actor, ability: abilityFor(actor) }, on);
  };

  test('is signed for Children’s Services by the Director, and not by a deputy or a delegate', () => {
    expect(offered(holding('childrens_services', 'principal', { head: true }))).toContain('sign_off');
    for (const other of [
      holding('childrens_services', 'principal'),
      holding('childrens_services', 'authorised'),
      deputyOf('childrens_services', true),
    ]) {
      expect(offered(other)).toEqual(['return', 'name_host', 'answer', 'discuss', 'confirm_meeting']);
    }
    expect(offered(holding('democratic_services', 'authorised'))).toContain('sign_off');
  });
});

/** The matrix that people read (`npm run rules`), held against the lines above and, after an approval, against these. */
describe('the matrix', () => {
  const lines = matrix();
  const given = (on: string) =>
    Object.fromEntries(lines.filter((each) => each.on === on).map(({ command, by }) => [command, by]));

  test('says the same about a request as its lines, office by office and stage by stage', () => {
    for (const office of working) {
      for (const status of requestStatuses) {
        const said = lines
          .filter(
            ({ on, by, from }) =>
              on === 'Request' && by.includes(officeSays[office]) && from?.includes(status),
          )
          .map(({ command }) => command);
        const line = { reads: '', as: null, who: office, actor: officer('p'), ...work[office] };
        expect([office, status, new Set(said)]).toEqual([office, status, new Set(cell(line, status))]);
      }
    }
  });

  test('says who acts after an approval', () => {
    expect(given('Grant')).toEqual({
      plan_visit: ['The host', 'Children’s Services'],
      revoke: ['Children’s Services', 'Democratic Services', 'Legal Services', 'Data Protection', 'The host'],
      mark_condition: ['Children’s Services', 'Democratic Services', 'Legal Services', 'The host'],
      confirm_freeze: ['Data Protection'],
      release: ['Data Protection'],
    });
    expect(given('Visit')).toEqual({
      move: ['The host', 'Children’s Services'],
      cancel: ['The host', 'Children’s Services'],
      check: ['The host', 'Children’s Services', 'Legal Services'],
      record_attendance: ['The host', 'Children’s Services'],
      confirm: ['The councillor'],
      ask: ['The councillor in office'],
      respond: ['Children’s Services'],
    });
    expect(given('Incident')).toEqual({
      add_case: ['The host', 'Children’s Services'],
      tell_allegation: ['Data Protection'],
      answer_allegation: ['The councillor in office'],
      assess_breach: ['Data Protection'],
      close: ['Data Protection'],
      report: [
        'Children’s Services',
        'Democratic Services',
        'Legal Services',
        'The Monitoring Officer',
        'Data Protection',
        'The host',
      ],
    });
  });

  test('says who keeps which records, and that a second person confirms', () => {
    expect(given('Hold')).toEqual({
      lift: ['Legal Services', 'The Monitoring Officer', 'Data Protection'],
      place: ['Legal Services', 'The Monitoring Officer', 'Data Protection'],
    });
    expect(given('AuditRequirement')).toEqual({
      confirm_requirement: ['Democratic Services', 'The Monitoring Officer'],
      end_requirement: ['Democratic Services', 'The Monitoring Officer'],
      record_requirement: ['Democratic Services'],
    });
    expect(given('Disposal')).toEqual({
      confirm: ['Democratic Services', 'Data Protection'],
      withdraw: ['Democratic Services', 'Data Protection'],
      propose: ['Democratic Services'],
    });
    const keepers = ['The administrator', 'Democratic Services'];
    expect(given('Person')).toEqual({
      add_person: ['The administrator'],
      change_person: ['The administrator'],
      give_office: ['The administrator'],
      invite: keepers,
      suspend: keepers,
      restore: keepers,
      sign_out: keepers,
      ask_codes_removal: ['The administrator'],
      withdraw_codes_removal: ['The administrator'],
      confirm_codes_removal: ['The administrator', 'The Monitoring Officer'],
      ask_address_change: ['The administrator'],
      withdraw_address_change: ['The administrator'],
      confirm_address_change: ['The administrator', 'The Monitoring Officer'],
    });
    expect(given('OfficeHeld')).toEqual({
      confirm_office: ['The administrator', 'The Monitoring Officer'],
      end_office: ['The administrator'],
    });
    expect(given('Token')).toEqual({
      make_token: ['Democratic Services', 'Internal Audit'],
      revoke_token: ['The administrator', 'Anybody about themselves'],
    });
    expect(lines.filter(({ signs }) => signs).map(({ on, command }) => `${on} ${command}`)).toEqual([
      'Request lift_rule',
      'Request sign_off',
      'Request tell_gist',
      'Request decide',
      'Request carry_out',
      'Request accept_late',
      'Request decide_review',
      'Request remit_unasked',
      'Request confirm_right',
      'Request decide_right_review',
      'Disposal confirm',
      'Redaction confirm',
      'AccessRequest release_access',
      'AuditRequirement confirm_requirement',
      'Correction confirm',
      'Correction refuse',
      'Correction withdraw',
      'Person confirm_codes_removal',
      'Person confirm_address_change',
      'OfficeHeld confirm_office',
      'AuditRequirement record_requirement',
      'Correction correct',
      'Token make_token',
    ]);
  });

  test('says no more and no less than the ability does, of each command for each office alone', () => {
    const subject = {
      submitted: true,
      councillorId: 'asks',
      hostId: 'host',
      personId: 'somebody else',
      councillor: true,
    };
    for (const office of offices.filter((each) => each !== 'councillor' && each !== 'host')) {
      const ability = abilityFor(officer('p', holding(office, 'principal')));
      const may = lines.filter(({ command, on }) =>
        ability.can(command as 'edit', { ...subject, kind: on, namedIds: [], actedBy: [] } as never),
      );
      expect([office, may]).toEqual([office, lines.filter(({ by }) => by.includes(officeSays[office]))]);
    }
  });

  test.each([
    ['Request', 'create', ['journey']],
    ['Request', 'answer', ['register']],
    ['Request', 'discuss', ['privilege']],
    ['Request', 'name_reviewer', ['seat_taken', 'somebody_is_free']],
    ['Request', 'sign_off', ['upheld_finding']],
    ['Request', 'tell_gist', ['hearing_told', 'hearing_needless']],
    ['Request', 'answer_gist', ['nothing_to_answer']],
    [
      'Request',
      'decide',
      ['hearing', 'lawful_basis', 'window_over', 'upheld_finding', 'journey_early', 'journey', 'places'],
    ],
    ['Visit', 'move', ['visit_over', 'grant_ended']],
    ['Incident', 'report', ['names_case']],
    ['Disposal', 'propose', ['disposal_proposed', 'held', 'nothing_due']],
    ['Disposal', 'confirm', ['held', 'disposal_changed']],
    ['Register', 'keep', ['member', 'feed']],
    ['Settings', 'keep', ['settings_changed']],
    ['Protocol', 'accept', ['protocol_in_force']],
  ])('names what may stand in the way of a use case too: %s %s', (on, name, rules) => {
    const line = lines.find((each) => each.on === on && each.command === name);
    expect(line?.hinders.map(({ rule }) => rule)).toEqual(expect.arrayContaining(rules));
  });

  test('names an authority for everything that may stand in the way', () => {
    const hinders = lines.flatMap((each) => each.hinders);
    expect(hinders.length).toBeGreaterThan(40);
    for (const each of hinders) expect(each.says && each.authority).toBeTruthy();
  });
});

/** The rest of section 5: everything that is not a request. */
describe('grants, councillors, the trail and the records beside them', () => {
  const grant = {
    kind: 'Grant',
    id: 'g1',
    reference: 'OBS-2026-0001',
    councillorId: 'asks',
    hostId: 'host',
    actedBy: ['acted'],
  } as unknown as Grant;
  const theOfficers = Object.fromEntries(
    offices.map((office) => [office, officer(`of ${office}`, holding(office, 'principal'))]),
  ) as Record<Office, Actor>;
  const people: Readonly<Record<string, Actor>> = {
    ...theOfficers,
    'the councillor who asks': member('asks', 'sitting'),
    'a former councillor who asked': member('asks', 'former'),
    'another councillor': member('another', 'sitting'),
    'the host named': officer('host', holding('host', 'principal')),
    'the host’s line manager': officer('manager'),
    'somebody who has acted': officer('acted'),
  };
  const those = (may: (actor: Actor) => boolean) =>
    Object.entries(people)
      .filter(([, actor]) => may(actor))
      .map(([who]) => who);

  test('a grant is read by the offices, Data Protection, Internal Audit, its councillor and its host', () => {
    expect(those((actor) => abilityFor(actor).can('read', grant))).toEqual([
      'childrens_services',
      'legal',
      'monitoring_officer',
      'democratic_services',
      'data_protection',
      'auditor',
      'the councillor who asks',
      'a former councillor who asked',
      'the host named',
      'somebody who has acted',
    ]);
  });

  test('the trail is read by Democratic Services and Internal Audit', () => {
    expect(those((actor) => abilityFor(actor).can('read', { kind: 'Trail' }))).toEqual([
      'democratic_services',
      'auditor',
    ]);
  });

  test('the register is read by Democratic Services, and by each councillor for themselves', () => {
    const councillor = (id: string) => ({ kind: 'Councillor', id }) as never;
    expect(those((actor) => abilityFor(actor).can('read', councillor('asks')))).toEqual([
      'democratic_services',
      'the councillor who asks',
      'a former councillor who asked',
    ]);
  });

  test('a request is made by a councillor in office alone', () => {
    expect(those((actor) => abilityFor(actor).can('create', 'Request'))).toEqual([
      'the councillor who asks',
      'another councillor',
    ]);
    expect(abilityFor(member('asks', 'coopted')).can('create', 'Request')).toBe(true);
    expect(abilityFor(member('asks', 'elect')).can('create', 'Request')).toBe(false);
  });

  test('the test is tried out by the four offices', () => {
    expect(those((actor) => abilityFor(actor).can('create', 'Preview'))).toEqual([
      'childrens_services',
      'legal',
      'monitoring_officer',
      'democratic_services',
    ]);
  });

  test('deputies are registered by Democratic Services; absences and conflicts by them, and one’s own by oneself', () => {
    const record = (kind: 'Deputy' | 'Absence' | 'RecordedConflict', personId: string) =>
      those((actor) =>
        abilityFor(actor).can(
          'record',
          kind === 'RecordedConflict'
            ? conflictToRecord({ personId, recordedBy: actor.id })
            : { kind, personId },
        ),
      );
    expect(record('Deputy', 'of legal')).toEqual(['democratic_services']);
    expect(record('Absence', 'of legal')).toEqual(['legal', 'democratic_services']);
    expect(record('RecordedConflict', 'of legal')).toEqual(['legal', 'democratic_services']);
  });
});
