/**
 * The exhaustive walk. A small council, two people an office, and one request: from each starting point
 * everybody gives every command, breadth first, to a stated depth, and the rules themselves say what comes
 * of it. In no state that can be reached does a grant stand without three distinct valid sign-offs on the
 * version decided.
 *
 * The model keeps what the database keeps of one request and applies what the use cases apply: an edit makes
 * a version, voids the seats and carries the answers over to be confirmed; a changed answer voids the seats;
 * the discussion counts on the version it was held on. Beside that it keeps notes that the rules never see
 * (which version and which answers somebody signed), and a predicate that shares no code with the rules
 * judges each grant by them. States are one where no rule and no note can tell them apart: the number of the
 * version is dropped, and so is who spoke, once the discussion is held.
 */
import { describe, expect, test } from '@jest/globals';
import { conflictToRecord } from '../../../policies/conflict/conflict.js';
import { abilityFor, authorise } from '../../../policies/permission/ability.js';
import type { CommandName } from '../../../policies/permission/every-command.js';
import {
  checkDecision,
  checkSignOff,
  commandOf,
  permit,
  type OnRecord,
} from '../../support/commands-by-name.js';
import { needToKnow } from '../../../policies/need-to-know/test.js';
import { Refusal } from '../../../policies/core/refusals.js';
import { conflict } from '../../../policies/core/rules.js';
import { discussionHeld, type Spoken } from '../../../policies/decision/sign-off.js';
import type { Acting, Actor, Holding } from '../../../policies/people/actor.js';
import {
  seats as threeOffices,
  type Capacity,
  type Office,
  type Seat,
} from '../../../policies/core/office.js';
import type { LiveSeat } from '../../../policies/request/live-seat.js';
import type { ObservationRequest, RequestStatus } from '../../../policies/request/request.js';
import { englandAndWales } from '../../support/calendar.js';
import { ownScenarios } from '../../support/scenarios.js';

// --- the council ---

const holds = (office: Office, capacity: Capacity = 'authorised', head = false): Holding => ({
  office,
  capacity,
  head,
});
const someone = (id: string, ...holdings: Holding[]): Actor => ({
  kind: 'Actor',
  id,
  name: id,
  email: `${id}@council.example`,
  councillorId: null,
  standing: null,
  holdings,
});
const councillor = (id: string, standing: 'sitting', ...holdings: Holding[]): Actor => ({
  ...someone(id, holds('councillor', 'principal'), ...holdings),
  councillorId: `councillor ${id}`,
  standing,
});

/**
 * Two of each office. The councillors, the host and the line manager hold offices besides, as they hardly
 * ever would, so that it is the separation of duties that keeps them from signing and not the want of an
 * office; one person holds two offices; and one is deputy for the head of Children's Services.
 */
const people = (headAbsent: boolean): readonly Actor[] => [
  someone('cs1', holds('childrens_services', 'principal', true)),
  someone('cs2', holds('childrens_services')),
  someone('csDeputy', {
    ...holds('childrens_services', 'deputy'),
    deputyFor: { id: 'cs1', name: 'cs1' },
    principalAbsent: headAbsent,
  }),
  someone('ds1', holds('democratic_services', 'principal', true)),
  someone('ds2', holds('democratic_services')),
  someone('legal1', holds('legal', 'principal', true)),
  someone('legal2', holds('legal')),
  someone('two', holds('democratic_services'), holds('legal')),
  someone('mo', holds('monitoring_officer', 'principal', true)),
  someone('host', holds('host'), holds('democratic_services')),
  someone('manager', holds('childrens_services')),
  councillor('asks', 'sitting', holds('legal')),
  councillor('another', 'sitting', holds('childrens_services')),
];
const council = { present: people(false), absent: people(true) };
const abilities = new Map([...council.present, ...council.absent].map((actor) => [actor, abilityFor(actor)]));
const abilityOf = (actor: Actor) => abilities.get(actor) ?? abilityFor(actor);

/** The people whom Children's Services may name: the usual host, or one of those who would sign. */
const hosts = ['host', 'cs2'] as const;
/** The people for whom a conflict may be recorded on the way. */
const conflictable = ['cs1', 'legal1'] as const;

// --- the states ---

type Result = 'established' | 'incomplete' | 'blocked';

/** A sign-off, with the notes: on which version and answers it was made, and whether the head was away. */
interface Signed extends LiveSeat {
  readonly version: number;
  readonly answers: number;
  readonly headAway: boolean;
}

/** What stood when a grant was made. */
interface Decided {
  readonly version: number;
  readonly answers: number;
  readonly result: Result;
  readonly seats: readonly Signed[];
  readonly said: readonly Said[];
  readonly hostId: string | null;
  readonly conflicts: readonly string[];
}

type Said = Spoken & { readonly version: number };

interface State {
  readonly status: RequestStatus;
  readonly version: number;
  /** Counts every change of an answer: two sign-offs with one number were made on the same answers. */
  readonly answers: number;
  readonly result: Result;
  /** What the answers carried over would come to, until they are confirmed. */
  readonly carried: Result | null;
  readonly hostId: string | null;
  readonly seats: readonly Signed[];
  readonly spoken: readonly Said[];
  readonly conflicts: readonly string[];
  readonly headAbsent: boolean;
  readonly grant: Decided | null;
}

const draft: State = {
  status: 'draft',
  version: 1,
  answers: 0,
  result: 'incomplete',
  carried: null,
  hostId: null,
  seats: [],
  spoken: [],
  conflicts: [],
  headAbsent: false,
  grant: null,
};
const answered: State = { ...draft, status: 'submitted', result: 'established', answers: 1, hostId: 'host' };

const byOffice = (a: LiveSeat, b: LiveSeat) =>
  threeOffices.indexOf(a.office) - threeOffices.indexOf(b.office);

/** A key of what never changes, worked out once for each: most steps leave most of a state as it was. */
const remembered = <Thing extends object>(keyOf: (thing: Thing) => string) => {
  const known = new WeakMap<Thing, string>();
  return (thing: Thing): string => {
    const key = known.get(thing) ?? keyOf(thing);
    known.set(thing, key);
    return key;
  };
};

const seatsKey = remembered((signed: readonly Signed[]) =>
  signed.map(({ office, personId, outcome }) => `${office}:${personId}:${outcome}`).join(','),
);

/** What the rules see of a state's row, beside its version. */
const rowKey = ({ status, hostId, headAbsent, conflicts, seats }: State) =>
  `${status}|${hostId}|${headAbsent}|${conflicts.join(',')}|${seatsKey(seats)}`;

/** The people who can speak for two of the offices: of the others it says all to know for which. */
const speakForTwo = ['two'];

/**
 * What of the discussion can still matter: once it is held, that it is (and whether on this version); before
 * that, for which offices somebody spoke who speaks for no other, and for which somebody who speaks for two.
 * A test below shows that the rule sees no more than this.
 */
const discussionKey = remembered((spoken: readonly Said[]): string => {
  if (held(spoken)) return 'held';
  const entries = spoken
    .filter(({ office }) => office !== 'monitoring_officer')
    .map(({ personId, office }) => `${speakForTwo.includes(personId) ? personId : 'one'}:${office}`);
  return [...new Set(entries)].toSorted().join(',');
});

const heldOn = remembered((spoken: readonly Said[]) => String(discussionHeld(spoken)));
const held = (spoken: readonly Said[]) => heldOn(spoken) === 'true';

const ended = (state: State) =>
  state.status !== 'draft' && state.status !== 'submitted' && state.status !== 'returned';

const stateKey = (state: State) => {
  // Nothing is done to a request that has ended: only its row and its grant are left to tell it by.
  if (ended(state)) return `${rowKey(state)}|${state.grant ? String(fault(state.grant)) : ''}`;
  const { version, answers, seats, spoken } = state;
  const notes = seats.map((seat) => `${seat.version === version}${seat.answers === answers}${seat.headAway}`);
  const onThis = spoken.every((entry) => entry.version === version);
  return `${rowKey(state)}|${state.result}|${state.carried}|${notes.join(',')}|${discussionKey(spoken)}|${onThis}`;
};

const rowOf = (state: State): ObservationRequest => ({
  kind: 'Request',
  id: 1,
  reference: 'OBS-2026-0001',
  status: state.status,
  version: state.version,
  submitted: state.status !== 'draft',
  submittedAt: null,
  createdAt: new Date(0),
  councillorId: 'councillor asks',
  councillorName: 'asks',
  hostId: state.hostId,
  hostName: state.hostId,
  managerId: state.hostId === null ? null : 'manager',
  managerName: null,
  observationType: 'initial_child_protection_conference',
  content: {},
  actedBy: [],
  conflicts: state.conflicts.map((personId) => ({ personId, kind: 'relation' })),
  signedBefore: [],
  signers: [],
  named: [],
  lifts: [],
  namedIds: [],
  remittedAt: null,
  review: null,
  statutoryRight: null,
  seats: state.seats.map(({ office, personId, outcome }) => ({ office, personId, outcome })),
  returns: [],
  decidedAt: null,
  withdrawnAt: null,
  grantId: null,
  endedAt: null,
});

/** The three things that the answers may come to, each from answers that do, by the test itself. */
const testOf = (id: string) => {
  const scenario = ownScenarios.scenarios.find((each) => each.id === id);
  if (!scenario) throw new Error(`No scenario ${id}`);
  const { observationType, answers } = scenario;
  return needToKnow({
    observationType,
    answers,
    events: 1,
    now: new Date('2026-09-15'),
    calendar: englandAndWales,
  });
};
const tests = {
  established: testOf('everything-in-order'),
  incomplete: testOf('legal-have-not-answered'),
  blocked: testOf('a-niece-is-named'),
} as const;

// --- the predicate, which shares nothing with the rules ---

const rightful: Readonly<Record<Seat, readonly string[]>> = {
  childrens_services: ['cs1', 'cs2', 'manager', 'csDeputy'],
  democratic_services: ['ds1', 'ds2', 'two', 'host'],
  legal: ['legal1', 'legal2', 'two'],
};

/** Why a grant should not stand, in a word; null for one that should. */
const fault = (grant: Decided): string | null => {
  const { seats, version, said } = grant;
  const wanted = { childrens_services: 'agree', democratic_services: 'agree', legal: 'approve' };
  for (const [office, outcome] of Object.entries(wanted)) {
    const signed = seats.filter((seat) => seat.office === office);
    if (signed.length !== 1 || signed[0]?.outcome !== outcome) return `${office} has not said yes`;
  }
  if (new Set(seats.map(({ personId }) => personId)).size !== 3) return 'not three people';
  for (const { office, personId, headAway, ...seat } of seats) {
    if (!rightful[office].includes(personId)) return `${personId} does not sign for ${office}`;
    if (personId === 'csDeputy' && !headAway) return 'the head was there';
    if (personId === grant.hostId || personId === 'manager') return `${personId} is part of it`;
    if (grant.conflicts.includes(personId)) return `${personId} is conflicted`;
    if (seat.version !== version) return `${office} signed another version`;
    if (seat.answers !== grant.answers) return `${office} signed other answers`;
  }
  if (grant.result !== 'established') return 'the need is not established';
  const heard = said.filter((entry) => entry.version === version);
  const met = heard.some(({ present }) => present?.length === 3);
  const speakers = threeOffices.map((office) =>
    heard
      .filter((entry) => entry.present === null && entry.office === office)
      .map(({ personId }) => personId),
  );
  const [first = [], second = [], third = []] = speakers;
  const spoke = first.some((a) => second.some((b) => a !== b && third.some((c) => c !== a && c !== b)));
  return met || spoke ? null : 'not discussed';
};

// --- the commands ---

type Command =
  | { readonly name: 'edit' | 'submit' | 'withdraw' | 'return' | 'confirm' }
  | { readonly name: 'name_host'; readonly hostId: string }
  | { readonly name: 'answer'; readonly result: Result }
  | { readonly name: 'discuss'; readonly office: Office; readonly present: readonly Office[] | null }
  | { readonly name: 'sign_off'; readonly office: Seat; readonly outcome: 'agree' | 'object' }
  | { readonly name: 'withdraw_sign_off'; readonly office: Seat }
  | { readonly name: 'decide'; readonly outcome: 'approve' | 'refuse' }
  | { readonly name: 'record_conflict'; readonly personId: string }
  | { readonly name: 'record_absence' };

const everyCommand: readonly Command[] = [
  { name: 'edit' },
  { name: 'submit' },
  { name: 'withdraw' },
  { name: 'return' },
  { name: 'confirm' },
  ...hosts.map((hostId) => ({ name: 'name_host' as const, hostId })),
  ...(['established', 'incomplete', 'blocked'] as const).map((result) => ({
    name: 'answer' as const,
    result,
  })),
  ...commandOf('discuss').by.flatMap((office) =>
    [null, [...threeOffices]].map((present) => ({ name: 'discuss' as const, office, present })),
  ),
  ...threeOffices.flatMap((office) =>
    (['agree', 'object'] as const).map((outcome) => ({ name: 'sign_off' as const, office, outcome })),
  ),
  ...threeOffices.map((office) => ({ name: 'withdraw_sign_off' as const, office })),
  ...(['approve', 'refuse'] as const).map((outcome) => ({ name: 'decide' as const, outcome })),
  ...conflictable.map((personId) => ({ name: 'record_conflict' as const, personId })),
  { name: 'record_absence' },
];

/** The rules as the walk asks them: the real ones, or one of them weakened to see that the walk would tell. */
interface Rules {
  readonly permit: typeof permit;
  readonly checkSignOff: typeof checkSignOff;
  readonly checkDecision: typeof checkDecision;
  readonly editVoids: boolean;
  readonly answerVoids: boolean;
  readonly discussionStays: boolean;
}
const real: Rules = {
  permit,
  checkSignOff,
  checkDecision,
  editVoids: true,
  answerVoids: true,
  discussionStays: false,
};

/** The offices to name in a command, one after the other: for a question that is each office of the three. */
const narrowings = (command: Command): readonly (Office | undefined)[] => {
  if (command.name === 'answer' || command.name === 'confirm') return threeOffices;
  return 'office' in command ? [command.office] : [undefined];
};

interface Allowed {
  readonly who: Actor;
  readonly command: Command;
  readonly acting: Acting | null;
}

/** A row, what everybody may do with it, and what came of each check that was made on it. */
interface Situation {
  readonly row: ObservationRequest;
  readonly allowed: readonly Allowed[];
  readonly checked: Map<string, string | null>;
}

/**
 * The rule that refuses, or null. The checks are pure, and of a state they see its row, the test and whether
 * it was discussed: each is made once for each of these.
 */
const refusedBy = ({ checked }: Situation, key: string, check: () => void): string | null => {
  const known = checked.get(key);
  if (known !== undefined) return known;
  let rule: string | null = null;
  try {
    check();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    rule = error.rule ?? '';
  }
  checked.set(key, rule);
  return rule;
};

type Verdict = Acting | string;

/** Who acts, or the rule that says no; on a version that is out of date it must always say no. */
const verdict = (
  rules: Rules,
  who: Actor,
  name: CommandName,
  row: ObservationRequest,
  office: Office | undefined,
): Verdict => {
  const ask = (version: number): Verdict => {
    try {
      return rules.permit(name, { ability: abilityOf(who), actor: who }, row, { version, office });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return error.rule ?? '';
    }
  };
  const fresh = ask(row.version);
  if (typeof fresh !== 'string' && ask(row.version - 1) !== 'stale_version') {
    throw new Error(`${who.id} could ${name} on a version that is out of date.`);
  }
  return fresh;
};

const mayRecord = (who: Actor, kind: 'RecordedConflict' | 'Absence', personId: string): string | null => {
  try {
    const subject =
      kind === 'Absence' ? ({ kind, personId } as const) : conflictToRecord({ personId, recordedBy: who.id });
    authorise(abilityOf(who), 'record', subject, 'own_record');
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.rule ?? '';
  }
};

/** Every command that this person may give on the row; the rules that refuse the others are noted in `met`. */
const permitted = (
  rules: Rules,
  who: Actor,
  given: readonly Command[],
  row: ObservationRequest,
  met: Set<string>,
): Allowed[] => {
  // What is sent beside the office makes no difference to who may send it: asked once of each office.
  const asked = new Map<string, Verdict>();
  const may = (name: CommandName, office: Office | undefined): Verdict => {
    const key = `${name} ${office}`;
    const known = asked.get(key) ?? verdict(rules, who, name, row, office);
    asked.set(key, known);
    return known;
  };
  return given.flatMap((command): Allowed[] => {
    if (command.name === 'record_conflict' || command.name === 'record_absence') {
      const refused =
        command.name === 'record_conflict'
          ? mayRecord(who, 'RecordedConflict', command.personId)
          : mayRecord(who, 'Absence', 'cs1');
      if (refused !== null) met.add(refused);
      return refused === null ? [{ who, command, acting: null }] : [];
    }
    const name = command.name === 'confirm' ? 'answer' : command.name;
    return narrowings(command).flatMap((office) => {
      const acting = may(name, office);
      if (typeof acting !== 'string') return [{ who, command, acting }];
      met.add(acting);
      return [];
    });
  });
};

const awayFor = (state: State) =>
  state.headAbsent || state.conflicts.includes('cs1') || state.hostId === 'cs1';

const standingOf = (state: State, row: ObservationRequest): OnRecord => ({
  row,
  test: tests[state.result],
  discussed: held(state.spoken),
  upheldFinding: false,
});

const sign = (state: State, who: Actor, office: Seat, outcome: LiveSeat['outcome']): State => ({
  ...state,
  seats: [
    ...state.seats,
    {
      office,
      personId: who.id,
      outcome,
      version: state.version,
      answers: state.answers,
      headAway: awayFor(state),
    },
  ].toSorted(byOffice),
});

/**
 * The state after a command that is permitted, as the use case of that name leaves it; the rule that says no
 * where a condition of the command is not met.
 */
const after = (
  rules: Rules,
  state: State,
  on: Situation,
  { who, command, acting }: Allowed,
): State | string => {
  switch (command.name) {
    case 'edit':
      return {
        ...state,
        version: state.version + 1,
        result: 'incomplete',
        carried: state.status === 'draft' ? null : (state.carried ?? state.result),
        seats: rules.editVoids ? [] : state.seats,
        spoken: rules.discussionStays ? state.spoken : [],
      };
    case 'submit':
      return { ...state, status: 'submitted' };
    case 'withdraw':
      return { ...state, status: 'withdrawn' };
    case 'return':
      return { ...state, status: 'returned' };
    case 'name_host':
      // The use case names nobody once a sign-off stands, and nobody with a recorded relation.
      if (state.seats.length > 0 || state.conflicts.includes(command.hostId)) return state;
      return { ...state, hostId: command.hostId };
    case 'confirm':
      return state.carried === null ? state : { ...state, result: state.carried, carried: null };
    case 'answer':
      return {
        ...state,
        answers: state.answers + 1,
        result: command.result,
        carried: null,
        seats: rules.answerVoids ? [] : state.seats,
      };
    case 'discuss': {
      const entry = {
        personId: who.id,
        office: acting?.office ?? command.office,
        ...metBy(acting?.office ?? command.office, command.present),
        version: state.version,
      };
      return { ...state, spoken: [...state.spoken, entry] };
    }
    case 'sign_off': {
      const { office, outcome } = command;
      const grounds = outcome === 'object' ? (['disproportionate'] as const) : [];
      const refused = refusedBy(on, `${office} ${outcome} ${state.result}`, () =>
        rules.checkSignOff(office, { outcome, grounds }, standingOf(state, on.row)),
      );
      return refused ?? sign(state, who, office, outcome);
    }
    case 'withdraw_sign_off':
      return { ...state, seats: state.seats.filter(({ office }) => office !== command.office) };
    case 'decide': {
      const { outcome } = command;
      const standing = standingOf(state, on.row);
      const grounds = outcome === 'refuse' ? (['disproportionate', ...standing.test.grounds] as const) : [];
      const refused = refusedBy(on, `${outcome} ${state.result} ${standing.discussed}`, () =>
        rules.checkDecision({ outcome, grounds }, standing),
      );
      if (refused !== null) return refused;
      const signed = sign(state, who, 'legal', outcome);
      if (outcome === 'refuse') return { ...signed, status: 'refused' };
      const { version, answers, result, seats, spoken, hostId, conflicts } = signed;
      return {
        ...signed,
        status: 'approved',
        grant: { version, answers, result, seats, said: spoken, hostId, conflicts },
      };
    }
    case 'record_conflict':
      return state.conflicts.includes(command.personId)
        ? state
        : { ...state, conflicts: [...state.conflicts, command.personId].toSorted() };
    case 'record_absence':
      return { ...state, headAbsent: !state.headAbsent };
  }
};

// --- the walk ---

interface Walked {
  readonly states: number;
  /** The commands given that were permitted. */
  readonly steps: number;
  /** How many states hold a grant, and by how many different threes of people it was signed. */
  readonly approved: number;
  readonly threes: number;
  /** After how many commands the first grant stood; null where none did. */
  readonly firstApproval: number | null;
  /** How many commands it took until nothing was new, or to the depth stated. */
  readonly depth: number;
  /** Everybody whose sign-off stands under some grant. */
  readonly signers: ReadonlySet<string>;
  readonly statuses: ReadonlySet<RequestStatus>;
  /** Every rule that refused something on the way. */
  readonly met: ReadonlySet<string>;
  /** The way to the first state that breaks the invariant, and why; null if there is none. */
  readonly violation: { readonly way: readonly string[]; readonly because: string } | null;
  readonly seconds: number;
}

const spell = ({ who, command }: Allowed) =>
  `${who.id}: ${Object.values(command)
    .filter((part) => part !== null)
    .join(' ')}`;

/** Why a state should not be: a grant that should not stand, or a status and a grant that disagree. */
const wrongWith = (state: State): string | null => {
  if ((state.status === 'approved') !== (state.grant !== null)) return 'the status and the grant disagree';
  return state.grant === null ? null : fault(state.grant);
};

const walk = (
  from: State,
  depth: number,
  rules: Rules = real,
  given: readonly Command[] = everyCommand,
): Walked => {
  const began = Date.now();
  const seen = new Map<string, { readonly parent: string | null; readonly step: Allowed | null }>();
  const rows = new Map<string, Situation>();
  const met = new Set<string>();
  const threes = new Set<string>();
  const signers = new Set<string>();
  const statuses = new Set<RequestStatus>([from.status]);
  let approved = 0;
  let steps = 0;
  let firstApproval: number | null = null;
  let reached = 0;

  /** What everybody may do is a question about the row alone, so that it is asked once of each row. */
  const situation = (state: State) => {
    const key = rowKey(state);
    const known = rows.get(key);
    if (known) return known;
    const row = rowOf(state);
    const allowed = council[state.headAbsent ? 'absent' : 'present'].flatMap((who) =>
      permitted(rules, who, given, row, met),
    );
    // The person who answers, names or withdraws leaves no mark on the state: one of those who may do it is enough.
    const effects = new Map(
      allowed.map((each) => {
        const { name } = each.command;
        const marks =
          name === 'sign_off' ||
          name === 'decide' ||
          (name === 'discuss' && speakForTwo.includes(each.who.id));
        return [`${JSON.stringify(each.command)}${marks ? each.who.id : ''}`, each];
      }),
    );
    const made: Situation = { row, allowed: [...effects.values()], checked: new Map() };
    rows.set(key, made);
    return made;
  };

  const wayTo = (key: string): string[] => {
    const way: string[] = [];
    for (let at = seen.get(key); at?.step; at = at.parent === null ? undefined : seen.get(at.parent)) {
      way.unshift(spell(at.step));
    }
    return way;
  };
  const done = (violation: Walked['violation']): Walked => {
    const seconds = (Date.now() - began) / 1000;
    return {
      states: seen.size,
      steps,
      approved,
      threes: threes.size,
      firstApproval,
      depth: reached,
      signers,
      statuses,
      met,
      violation,
      seconds,
    };
  };

  let frontier: (readonly [string, State])[] = [[stateKey(from), from]];
  seen.set(frontier[0]?.[0] ?? '', { parent: null, step: null });
  for (let level = 0; level < depth && frontier.length > 0; level += 1) {
    const next: (readonly [string, State])[] = [];
    for (const [parent, state] of frontier) {
      const on = situation(state);
      for (const step of on.allowed) {
        const then = after(rules, state, on, step);
        if (typeof then === 'string') {
          met.add(then);
          continue;
        }
        steps += 1;
        const key = stateKey(then);
        if (seen.has(key)) continue;
        seen.set(key, { parent, step });
        statuses.add(then.status);
        const because = wrongWith(then);
        if (because !== null) return done({ way: wayTo(key), because });
        if (then.status === 'approved') {
          approved += 1;
          firstApproval ??= level + 1;
          threes.add(then.seats.map(({ personId }) => personId).join(','));
          for (const { personId } of then.seats) signers.add(personId);
        }
        next.push([key, then]);
      }
    }
    frontier = next;
    if (next.length > 0) reached = level + 1;
  }
  return done(null);
};

const figures = ({ states, steps, approved, threes, seconds }: Walked) =>
  `${states} states, ${steps} steps, ${approved} approved states by ${threes} threes of people, in ${seconds.toFixed(1)} s`;

/** Without conflicts and absences the states are few enough to walk until there is nothing new. */
const onTheRequest = everyCommand.filter(
  ({ name }) => name !== 'record_conflict' && name !== 'record_absence',
);
const unlimited = 1000;

/** A meeting that each other office which was there has confirmed, each through another person. */
const metBy = (recorder: Office, present: readonly Office[] | null) => ({
  present,
  meeting: present && {
    id: 'meeting',
    date: '2026-09-15',
    confirmations: present
      .filter((office) => office !== recorder)
      .map((office) => ({ office, personId: `confirmed for ${office}`, wasThere: true })),
  },
});
const spoke = (personId: string, office: Office): Said => ({ personId, office, present: null, version: 1 });
const signedBy = (personId: string, office: Seat): Signed => ({
  office,
  personId,
  outcome: 'agree',
  version: 1,
  answers: 1,
  headAway: false,
});
/** One step before the decision: discussed, and signed by the heads of two offices. */
const signed: State = {
  ...answered,
  spoken: [spoke('cs1', 'childrens_services'), spoke('ds1', 'democratic_services'), spoke('legal1', 'legal')],
  seats: [signedBy('cs1', 'childrens_services'), signedBy('ds1', 'democratic_services')],
};

const fromDraft = walk(draft, unlimited, real, onTheRequest);
const fromAnswered = walk(answered, 4);
const fromSigned = walk(signed, 4);

describe.each([
  {
    title: `from a draft, every command on the request until nothing is new, at depth ${fromDraft.depth}: ${figures(fromDraft)}`,
    walked: fromDraft,
  },
  {
    title: `from all answers given, conflicts and absences as well, to depth 4: ${figures(fromAnswered)}`,
    walked: fromAnswered,
  },
  {
    title: `from two sign-offs given, conflicts and absences as well, to depth 4: ${figures(fromSigned)}`,
    walked: fromSigned,
  },
])('$title', ({ walked }) => {
  test('no grant exists without three distinct valid sign-offs on the version decided', () => {
    expect(walked.violation).toBeNull();
  });

  test('and grants do stand, signed by many different threes of people', () => {
    expect(walked.approved).toBeGreaterThanOrEqual(walked.threes);
    expect(walked.threes).toBeGreaterThanOrEqual(10);
  });
});

describe('the walk is a walk', () => {
  test('it reaches every status', () => {
    expect(fromDraft.statuses).toEqual(
      new Set(['draft', 'submitted', 'returned', 'approved', 'refused', 'withdrawn']),
    );
  });

  test('it meets every rule that separates the duties, and every condition of a sign-off and a decision', () => {
    const met = new Set([...fromDraft.met, ...fromAnswered.met, ...fromSigned.met]);
    for (const rule of [
      'office',
      'requester',
      'any_councillor',
      'host_signs',
      'line_manager_signs',
      'declared_relation',
      'one_person_one_office',
      'principal_present',
      'own_record',
      'status',
      'seat_taken',
      'host_not_named',
      'test_incomplete',
      'need_to_know',
      'three_sign_offs',
      'discussion',
      'legal_last',
      'conflicted_seat',
    ]) {
      expect([...met]).toContain(rule);
    }
  });

  test('approval takes seven commands from a draft and no fewer', () => {
    expect(fromDraft.firstApproval).toBe(7);
  });

  test('everybody who may sign for an office does so on the way to some grant, and nobody else', () => {
    const signers = new Set([...fromDraft.signers, ...fromAnswered.signers, ...fromSigned.signers]);
    expect(signers).toEqual(
      new Set(['cs1', 'cs2', 'csDeputy', 'ds1', 'ds2', 'two', 'host', 'legal1', 'legal2']),
    );
  });
});

/** The rules without one of them: the people whom it refuses may act. */
const without = (...rules: readonly string[]): Rules => {
  const lenient = <T>(call: () => T, otherwise: () => T): T => {
    try {
      return call();
    } catch (error) {
      if (error instanceof Refusal && rules.includes(error.rule ?? '')) return otherwise();
      throw error;
    }
  };
  return {
    ...real,
    permit: (name, who, row, narrowed) =>
      lenient(
        () => permit(name, who, row, narrowed),
        () => {
          // The rule stood before these two, which are not to be weakened with it.
          if (narrowed?.version !== row.version) throw conflict('stale_version');
          if (!commandOf(name).from?.includes(row.status)) throw conflict('status');
          return {
            office: narrowed.office ?? commandOf(name).by[0] ?? 'councillor',
            capacity: 'authorised',
            deputyFor: null,
          };
        },
      ),
    checkDecision: (given, standing) =>
      lenient(
        () => checkDecision(given, standing),
        () => undefined,
      ),
  };
};

/** What is enough to break each rule by, so that a walk that is meant to fail does so soon. */
const enough = everyCommand.filter(
  (command) =>
    ['edit', 'confirm', 'decide'].includes(command.name) ||
    (command.name === 'sign_off' && command.outcome === 'agree') ||
    (command.name === 'answer' && command.result === 'established') ||
    (command.name === 'discuss' && command.present !== null && command.office === 'legal'),
);
const withConflicts = [...enough, ...everyCommand.filter(({ name }) => name === 'record_conflict')];
const discussed: State = { ...answered, spoken: signed.spoken };

describe('the walk fails where one rule is weakened', () => {
  const weakened: readonly (readonly [string, string, State, number, Rules, (readonly Command[])?])[] = [
    [
      'an edit that leaves the sign-offs standing',
      'signed another version',
      signed,
      4,
      { ...real, editVoids: false },
    ],
    [
      'a changed answer that leaves them standing',
      'signed other answers',
      signed,
      3,
      { ...real, answerVoids: false },
    ],
    [
      'a discussion that counts for the next version',
      'not discussed',
      discussed,
      5,
      { ...real, discussionStays: true },
    ],
    [
      'one person who signs for two offices',
      'not three people',
      discussed,
      4,
      without('one_person_one_office'),
    ],
    // Of a host or a manager who signed there is a second guard, at the decision: both have to give way.
    ['a host who signs', 'host is part of it', discussed, 4, without('host_signs', 'conflicted_seat')],
    [
      'a line manager who signs',
      'manager is part of it',
      discussed,
      4,
      without('line_manager_signs', 'conflicted_seat'),
    ],
    [
      'a councillor who signs',
      'another does not sign for childrens_services',
      discussed,
      4,
      without('any_councillor'),
    ],
    ['a requester who signs', 'asks does not sign for', discussed, 4, without('requester')],
    [
      'a deputy who signs while the head is there',
      'the head was there',
      discussed,
      4,
      without('principal_present'),
    ],
    [
      'a declared relation who decides',
      'is conflicted',
      signed,
      3,
      without('declared_relation'),
      withConflicts,
    ],
    [
      'a sign-off of somebody since conflicted',
      'is conflicted',
      signed,
      3,
      without('conflicted_seat'),
      withConflicts,
    ],
    ['an approval without the other two', 'has not said yes', discussed, 2, without('three_sign_offs')],
    [
      'an approval without a discussion',
      'not discussed',
      { ...signed, spoken: [] },
      2,
      without('discussion'),
    ],
    [
      'an approval that a block does not stop',
      'the need is not established',
      { ...signed, result: 'blocked' },
      1,
      without('need_to_know'),
    ],
  ];

  test.each(weakened)('%s', (_, because, from, depth, rules, given = enough) => {
    expect(walk(from, depth, real, given).violation).toBeNull();
    const { violation } = walk(from, depth, rules, given);
    expect(violation?.because).toContain(because);
    expect(violation?.way.at(-1)).toMatch(/: decide approve$/u);
  });
});

describe('states that are taken for one', () => {
  test('a discussion is held or not by what the walk stores of it, whatever people say afterwards', () => {
    // All entries possible for people who speak for one office or for two, and meetings.
    const all: readonly Said[] = council.absent.flatMap(({ id, holdings }) =>
      holdings
        .filter(({ office }) => commandOf('discuss').by.includes(office))
        .flatMap(({ office }) => [
          spoke(id, office),
          { ...spoke(id, office), ...metBy(office, threeOffices) },
        ]),
    );
    const random = (() => {
      let seed = 1;
      return (below: number) => {
        seed = (seed * 48_271) % 2_147_483_647;
        return seed % below;
      };
    })();
    const some = (most: number) =>
      Array.from({ length: random(most + 1) }, () => all[random(all.length)] as Said);
    const byKey = new Map<string, readonly Said[]>();
    const told: unknown[] = [];
    let compared = 0;
    for (let run = 0; run < 4000; run += 1) {
      const spoken = some(4).filter(({ present }) => present === null || random(6) === 0);
      const key = discussionKey(spoken);
      const other = byKey.get(key);
      byKey.set(key, other ?? spoken);
      if (!other) continue;
      compared += 1;
      for (const more of [[], some(2), some(4)]) {
        if (discussionHeld([...spoken, ...more]) !== discussionHeld([...other, ...more]))
          told.push([spoken, other, more]);
      }
    }
    expect(told).toEqual([]);
    expect(byKey.size).toBeGreaterThan(10);
    expect(compared).toBeGreaterThan(1000);
  });
});
