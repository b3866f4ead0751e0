/**
 * The exhaustive walk of a right to papers. From a request that asks for papers everybody gives every command, breadth
 * first, until no new state is found, and the rules themselves say what comes of it. In no state that can be reached are
 * papers released under a right, a seat signed or a review decided against section 3a of the need-to-know rules.
 *
 * The model keeps what the database keeps of one right. A predicate that shares no code with the rules judges what
 * happened. Each rule is then weakened, one after the other, to see that the walk finds it.
 */
import { describe, expect, test } from '@jest/globals';
import type { CaseFile } from '../../../policies/case/case-file.js';
import type { Command, GivenOf } from '../../../policies/command/command.js';
import { Refusal } from '../../../policies/core/refusals.js';
import type { Office } from '../../../policies/core/office.js';
import { signOff } from '../../../policies/decision/commands.js';
import { questions } from '../../../policies/need-to-know/questions.js';
import {
  askRightReview,
  confirmRight,
  decideRightReview,
  recordRight,
  releasePapers,
} from '../../../policies/papers/commands.js';
import type { RecordedRight } from '../../../policies/papers/on-record.js';
import { assertReleasedByRight } from '../../../policies/papers/papers.js';
import {
  assertConfirmation,
  assertRightCanExist,
  dueOfRecorded,
} from '../../../policies/papers/recording.js';
import type { Actor, Holding } from '../../../policies/people/actor.js';
import { abilityFor } from '../../../policies/permission/ability.js';
import type { EveryCommand } from '../../../policies/permission/every-command.js';
import { permit } from '../../../policies/permission/permit.js';
import type { AppointmentKind, Councillor, Standing } from '../../../policies/register/member.js';
import type { ObservationRequest } from '../../../policies/request/request.js';
import {
  citedKinds,
  statutoryRights,
  type Cites,
  type ClaimableRight,
  type RecordableRight,
  type RightFinding,
} from '../../../policies/request/statutory-right.js';
import type { Governance } from '../../../policies/settings/governance.js';
import { noChoices, settingsOf } from '../../../policies/settings/settings.js';

const now = new Date('2026-09-15T10:00:00Z');
const day = { past: '2026-09-10', toCome: '2026-09-25' } as const;

// --- the people ---

const holds = (office: Office): Holding => ({ office, capacity: 'authorised', head: false });
const someone = (id: string, ...offices: Office[]): Actor => ({
  kind: 'Actor',
  id,
  name: id,
  email: `${id}@council.example`,
  councillorId: null,
  standing: null,
  holdings: offices.map(holds),
});
const people: readonly Actor[] = [
  someone('legal1', 'legal'),
  someone('legal2', 'legal'),
  someone('two', 'legal', 'democratic_services'),
  someone('ds1', 'democratic_services'),
  someone('host', 'democratic_services'),
  someone('cs1', 'childrens_services'),
  someone('reviews', 'monitoring_officer', 'democratic_services'),
  { ...someone('asks', 'councillor'), councillorId: 'councillor asks', standing: 'sitting' },
];
const abilities = new Map(people.map((who) => [who.id, abilityFor(who)]));

/** By whom what is done rightfully, by the table of section 3a and the table of offices. */
const inOffice: Readonly<Record<string, readonly string[]>> = {
  legal: ['legal1', 'legal2', 'two'],
  proper: ['two', 'ds1', 'reviews'],
  delegate: ['two', 'ds1', 'reviews', 'cs1'],
  reviewer: ['reviews'],
};

// --- the states ---

interface Confirmed {
  readonly by: string;
  readonly delegated: boolean;
  readonly finding: RightFinding | null;
}

interface Kept {
  readonly right: RecordableRight;
  readonly cites: Cites | null;
  readonly by: string;
  readonly confirmed: Confirmed | null;
  readonly review: 'asked' | 'upheld' | 'remitted' | null;
  /** A note: whether it was recorded on the version that stands. */
  readonly stale: boolean;
}

interface State {
  readonly kept: Kept | null;
  readonly bars: 'open' | 'none' | 'stands';
  readonly returned: boolean;
  readonly released: boolean;
  readonly signed: boolean;
}

/** The council and the member of one walk. */
interface World {
  readonly governance: Governance;
  readonly standing: Standing;
  readonly appointments: readonly AppointmentKind[];
  readonly claimed: ClaimableRight | null;
}

const start: State = { kept: null, bars: 'open', returned: false, released: false, signed: false };

const countsOf = ({ right, confirmed }: Kept, claimed: World['claimed']): boolean =>
  confirmed !== null || (right === 'none' && claimed === null);

const rowOf = (state: State, world: World): ObservationRequest => {
  const { kept } = state;
  return {
    kind: 'Request',
    id: 1,
    reference: 'OBS-2026-0001',
    status: state.returned ? 'returned' : 'submitted',
    version: 1,
    submitted: true,
    submittedAt: now,
    createdAt: now,
    councillorId: 'councillor asks',
    councillorName: 'asks',
    hostId: 'host',
    hostName: 'host',
    managerId: 'manager',
    managerName: 'manager',
    observationType: 'document_inspection',
    content: world.claimed === null ? {} : { claimedRight: world.claimed },
    actedBy: [],
    conflicts: [],
    signedBefore: [],
    signers: [],
    named: [],
    namedIds: [],
    remittedAt: null,
    review: null,
    statutoryRight:
      kept === null || kept.review === 'remitted'
        ? null
        : {
            right: kept.right,
            due: kept.right === 'none' ? null : day.toCome,
            counts: countsOf(kept, world.claimed),
            reasoned: true,
            claimed: world.claimed,
            cites: kept.cites,
            recordedBy: kept.by,
          },
    lifts: [],
    seats: state.signed ? [{ office: 'childrens_services', personId: 'cs1', outcome: 'agree' }] : [],
    returns: [],
    decidedAt: null,
    withdrawnAt: null,
    grantId: null,
    endedAt: null,
  };
};

const recordedOf = (kept: Kept, { claimed }: World): RecordedRight => ({
  id: 1,
  version: 1,
  right: kept.right,
  due: null,
  recordedAt: now,
  recordedBy: kept.by,
  by: kept.by,
  reasons: 'Reasons.',
  document: 'A document.',
  cites: kept.cites,
  claimed,
  counts: countsOf(kept, claimed),
  confirmed: kept.confirmed && {
    at: now,
    personId: kept.confirmed.by,
    by: kept.confirmed.by,
    office: 'democratic_services',
    delegation: kept.confirmed.delegated ? 'Delegation 7' : null,
  },
  findings: kept.confirmed?.finding
    ? [{ category: 'health', finding: kept.confirmed.finding, reasons: 'Reasons.' }]
    : [],
  covers: null,
  review: kept.review && {
    askedAt: now,
    reasons: 'Reasons.',
    decidedAt: kept.review === 'asked' ? null : now,
    by: null,
    outcome: kept.review === 'asked' ? null : kept.review,
    decisionReasons: null,
  },
});

const memberOf = ({ standing, appointments }: World): Councillor => ({
  kind: 'Councillor',
  id: 'councillor asks',
  name: 'asks',
  ward: null,
  standing,
  term: { from: '2025-05-01', to: null },
  appointments: appointments.map((kind) => ({ id: kind, title: kind, kind, from: '2025-05-01', to: null })),
  training: [],
  undertaking: null,
  finding: null,
  defeat: null,
});

const settingsBy = {
  leader_and_cabinet: settingsOf({ ...noChoices, governance: 'leader_and_cabinet' }),
  mayor_and_cabinet: settingsOf({ ...noChoices, governance: 'mayor_and_cabinet' }),
  committee_system: settingsOf({ ...noChoices, governance: 'committee_system' }),
};
const settingsFor = ({ governance }: World) => settingsBy[governance];

/** As much of a file as the rules of a right and a sign-off read. */
const fileOf = (state: State, world: World): CaseFile => {
  const bars = { open: 'unanswered', none: 'satisfied', stands: 'blocks' }[state.bars];
  const findings = questions.map(({ key }) => ({
    question: key,
    result: key === 'legal_bars' ? bars : 'satisfied',
  }));
  const known = {
    row: rowOf(state, world),
    papers: {
      linked: [],
      rights: state.kept === null ? [] : [recordedOf(state.kept, world)],
      releases: state.released ? [{ version: 1 }] : [],
    },
    assessment: { given: [], proposed: {}, test: { findings, grounds: [], outcome: 'incomplete' } },
    facts: { councillor: memberOf(world) },
    settings: settingsFor(world),
    at: now,
    upheldFinding: false,
    discussed: false,
  };
  return known as unknown as CaseFile;
};

// --- the commands, and the rules as the walk asks them ---

type RightCommand = Command<EveryCommand['name'], 'Request'>;

interface Rules {
  readonly record: RightCommand;
  readonly confirm: RightCommand;
  readonly ask: RightCommand;
  readonly review: RightCommand;
  readonly release: RightCommand;
  readonly sign: RightCommand;
  readonly recorded: typeof dueOfRecorded;
  readonly exists: typeof assertRightCanExist;
  readonly confirmed: typeof assertConfirmation;
  readonly releases: typeof assertReleasedByRight;
  readonly editAsksAnew: boolean;
}
const real: Rules = {
  record: recordRight,
  confirm: confirmRight,
  ask: askRightReview,
  review: decideRightReview,
  release: releasePapers,
  sign: signOff,
  recorded: dueOfRecorded,
  exists: assertRightCanExist,
  confirmed: assertConfirmation,
  releases: assertReleasedByRight,
  editAsksAnew: true,
};

const isDone = (act: () => void): boolean => {
  try {
    act();
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
};

const citations: readonly Cites[] = citedKinds.flatMap((kind) =>
  Object.values(day).map((date) => ({ kind, body: 'Cabinet', date })),
);

/** One step: the state that it leads to, and what was wrong with it by the predicate. */
interface Step {
  readonly to: State;
  readonly fault: string | null;
}

// --- the predicate, which shares nothing with the rules ---

const elected = ({ standing }: World) => standing === 'sitting';
const cabinet = ({ governance }: World) => governance !== 'committee_system';

/** Why a right that counts should not, in words; null where it should. */
const wrongRight = ({ right, cites, by, confirmed, stale }: Kept, world: World): string | null => {
  if (stale) return 'it is of an earlier version';
  if (!inOffice['legal']?.includes(by)) return `${by} is not of Legal`;
  if (right === 'none' && world.claimed === null) return null;
  if (confirmed === null) return 'nobody confirmed it';
  if (confirmed.by === by) return 'one person did both';
  const scrutiny = (right === 'none' ? world.claimed : right) === 'reg17';
  const confirmers = inOffice[scrutiny ? 'delegate' : 'proper'] ?? [];
  if (!confirmers.includes(confirmed.by)) return `${confirmed.by} does not confirm it`;
  if (confirmed.delegated !== scrutiny) return 'the delegation is not as it should be';
  if (right === 'none') return null;
  if (cites === null) return 'nothing is cited';
  if (right === 's100F') {
    if (!elected(world)) return 'no member of the council';
    return cites.kind === 'meeting' && cites.date === day.toCome ? null : 'no meeting to come';
  }
  if (!cabinet(world)) return 'no executive';
  if (right === 'reg16') {
    if (!elected(world)) return 'no member of the council';
    if (cites.kind === 'review') return 'no business of the executive';
    return cites.kind === 'decision' && cites.date === day.toCome ? 'not yet decided' : null;
  }
  if (!elected(world) && world.standing !== 'coopted') return 'not in office';
  if (world.appointments.includes('lead_member')) return 'of the executive';
  if (!world.appointments.includes('relevant_committee')) return 'not of scrutiny';
  return cites.kind !== 'review' && cites.date === day.toCome ? 'not yet transacted' : null;
};

const wrongRelease = ({ kept, bars }: State, world: World, category: string): string | null => {
  if (kept === null || kept.right === 'none' || kept.review !== null) return 'there is no right';
  const wrong = wrongRight(kept, world);
  if (wrong !== null) return wrong;
  if (bars !== 'none') return 'the law bars it, or nobody has said';
  const { right, cites, confirmed } = kept;
  if (category === 'process') return null;
  if (confirmed?.finding === 'not_exempt') return null;
  if (confirmed?.finding === null && right === 'reg17' && cites?.kind === 'review') return null;
  return 'exempt information';
};

const wrongSeat = ({ kept }: State, world: World): string | null => {
  if (kept === null || kept.review === 'remitted') return 'nobody has looked for a right';
  return kept.right === 'none' ? wrongRight(kept, world) : 'there is a right, or one waits';
};

// --- the walk ---

const proof = { by: 'passphrase', at: now } as const;

const stepsFrom = (state: State, world: World, rules: Rules): Step[] => {
  const file = fileOf(state, world);
  const may = (command: RightCommand, who: Actor, given: GivenOf<'Request'> = {}): boolean => {
    const ability = abilities.get(who.id) ?? abilityFor(who);
    return isDone(() => {
      permit(command, { ability, actor: who, proof }, file, given);
    });
  };
  const steps: Step[] = [];
  const to = (change: Partial<State>, fault: string | null = null) =>
    steps.push({ to: { ...state, ...change }, fault });
  const { kept } = state;

  // What other rules see to, done as it is done.
  to({ bars: 'none' });
  to({ bars: 'stands' });
  if (state.returned) to({ returned: false });
  else to({ returned: true });
  to(
    rules.editAsksAnew
      ? { kept: null, bars: 'open', released: false, signed: false }
      : { kept: kept && { ...kept, stale: true }, bars: 'open', released: false, signed: false },
  );

  for (const who of people) {
    const by = { by: who.id };
    if (may(rules.record, who, by)) {
      for (const right of statutoryRights) {
        for (const cites of right === 'none' ? [undefined] : citations) {
          const given = { right, cites, document: 'A document.' };
          const before = {
            councillor: memberOf(world),
            settings: settingsFor(world),
            receivedAt: now,
            now,
          };
          if (!isDone(() => rules.recorded(given, before))) continue;
          const fault =
            kept?.review === 'remitted' && kept.by === who.id
              ? 'found afresh by the same person'
              : state.released
                ? 'papers are out under another right'
                : null;
          const made: Kept = {
            right,
            cites: cites ?? null,
            by: who.id,
            confirmed: null,
            review: null,
            stale: false,
          };
          to({ kept: made }, fault);
        }
      }
    }
    if (kept !== null && may(rules.confirm, who)) {
      for (const finding of [null, 'not_exempt', 'exempt'] as const) {
        for (const delegated of [false, true]) {
          const given = {
            delegation: delegated ? 'Delegation 7' : undefined,
            findings: finding === null ? [] : [{ category: 'health', finding, reasons: 'Reasons.' }],
          };
          const recorded = { right: kept.right, claimed: world.claimed };
          const allowed = isDone(() => {
            rules.confirmed(given, recorded, ['health', 'process']);
            if (kept.right !== 'none')
              rules.exists(kept.right, {
                councillor: memberOf(world),
                settings: settingsFor(world),
                now,
              });
          });
          if (!allowed) continue;
          const confirmed = { by: who.id, delegated, finding };
          const made = { ...kept, confirmed };
          const over = kept.right === 'none' ? {} : { signed: false };
          to({ kept: made, ...over }, wrongRight(made, world));
        }
      }
    }
    if (kept !== null && may(rules.ask, who)) {
      const denied = kept.right === 'none' && kept.confirmed !== null && kept.review === null;
      to({ kept: { ...kept, review: 'asked' } }, denied ? null : 'nothing to review');
    }
    if (kept !== null && may(rules.review, who, by)) {
      const wrong = !inOffice['reviewer']?.includes(who.id)
        ? 'not the reviewer'
        : [kept.by, kept.confirmed?.by].includes(who.id)
          ? 'reviews their own finding'
          : kept.review === 'asked'
            ? null
            : 'nobody asked';
      for (const review of ['upheld', 'remitted'] as const) to({ kept: { ...kept, review } }, wrong);
    }
    for (const category of ['process', 'health']) {
      const released = () => {
        rules.releases(file, { category });
      };
      if (may(rules.release, who) && isDone(released))
        to({ released: true }, wrongRelease(state, world, category));
    }
    if (may(rules.sign, who, { office: 'childrens_services' })) to({ signed: true }, wrongSeat(state, world));
  }
  return steps;
};

/**
 * Every fault that can be reached, and how many states there are.
 * @param until a fault that ends the walk once it is found
 */
const walk = (
  world: World,
  rules: Rules,
  until?: string,
): { readonly states: number; readonly faults: readonly string[] } => {
  const seen = new Set([JSON.stringify(start)]);
  const queue = [start];
  const faults = new Set<string>();
  for (let state = queue.shift(); state !== undefined && !faults.has(until ?? ''); state = queue.shift()) {
    for (const { to, fault } of stepsFrom(state, world, rules)) {
      if (fault !== null) {
        faults.add(fault);
        continue;
      }
      const key = JSON.stringify(to);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(to);
    }
  }
  return { states: seen.size, faults: [...faults].toSorted() };
};

const scrutinyMember: World = {
  governance: 'leader_and_cabinet',
  standing: 'sitting',
  appointments: ['relevant_committee'],
  claimed: null,
};
const worlds: Readonly<Record<string, World>> = {
  'a ward member': { ...scrutinyMember, appointments: ['ward'] },
  'a scrutiny member': scrutinyMember,
  'a co-opted scrutiny member': { ...scrutinyMember, standing: 'coopted' },
  'a lead member': { ...scrutinyMember, appointments: ['lead_member', 'relevant_committee'] },
  'a former member': { ...scrutinyMember, standing: 'former' },
  'a member where there is a committee system': { ...scrutinyMember, governance: 'committee_system' },
  'a scrutiny member who claims regulation 17': { ...scrutinyMember, claimed: 'reg17' },
  'a ward member who claims section 100F': { ...scrutinyMember, appointments: ['ward'], claimed: 's100F' },
};

describe('no step against section 3a can be reached', () => {
  test.each(Object.entries(worlds))('by %s', (_who, world) => {
    const { states, faults } = walk(world, real);
    expect(faults).toEqual([]);
    expect(states).toBeGreaterThan(world.standing === 'former' ? 15 : 100);
  });
});

/** The command without one of its rules. */
const without = (command: RightCommand, ...rules: string[]): RightCommand => ({
  ...command,
  signs:
    command.signs === null
      ? null
      : (actor, acting, row) => {
          const rule = command.signs?.(actor, acting, row) ?? null;
          return rule !== null && rules.includes(rule) ? null : rule;
        },
  closedBy: command.closedBy.filter(({ rule }) => !rules.includes(rule)),
  hinders: command.hinders.filter(({ rule }) => !rules.includes(rule)),
});

describe('a rule that is weakened is found', () => {
  const weakened: readonly (readonly [string, Partial<Rules>, keyof typeof worlds, string])[] = [
    [
      'that another person confirms',
      { confirm: without(confirmRight, 'right_two_people') },
      'a ward member',
      'one person did both',
    ],
    [
      'that the right office confirms',
      { confirm: without(confirmRight, 'office') },
      'a ward member',
      'cs1 does not confirm it',
    ],
    [
      'that nobody with a conflict confirms',
      { confirm: without(confirmRight, 'host_signs') },
      'a ward member',
      'host does not confirm it',
    ],
    [
      'that the delegate cites the delegation',
      { confirmed: () => undefined },
      'a scrutiny member',
      'the delegation is not as it should be',
    ],
    [
      'that a right counts once it is confirmed',
      { release: without(releasePapers, 'right_waits', 'release'), releases: () => undefined },
      'a ward member',
      'nobody confirmed it',
    ],
    [
      'that the law must bar nothing',
      { release: without(releasePapers, 'right_bars') },
      'a ward member',
      'the law bars it, or nobody has said',
    ],
    [
      'that a right releases some papers alone',
      { releases: () => undefined },
      'a ward member',
      'exempt information',
    ],
    [
      'that the right can exist: for the co-opted',
      { recorded: () => day.toCome, exists: () => undefined },
      'a co-opted scrutiny member',
      'no member of the council',
    ],
    [
      'that the right can exist: for a member of the executive',
      { recorded: () => day.toCome, exists: () => undefined },
      'a lead member',
      'of the executive',
    ],
    [
      'that the right can exist: in a committee system',
      { recorded: () => day.toCome, exists: () => undefined },
      'a member where there is a committee system',
      'no executive',
    ],
    [
      'that the right hangs on what it can hang on',
      { recorded: () => day.toCome },
      'a ward member',
      'no meeting to come',
    ],
    [
      'that no seat is signed while a right waits',
      { sign: without(signOff, 'right_waits') },
      'a scrutiny member who claims regulation 17',
      'nobody confirmed it',
    ],
    [
      'that no seat is signed before Legal has looked for a right',
      { sign: without(signOff, 'right_first') },
      'a ward member',
      'nobody has looked for a right',
    ],
    [
      'that no seat is signed under a right',
      { sign: without(signOff, 'right_stands') },
      'a ward member',
      'there is a right, or one waits',
    ],
    [
      'that other papers are another question',
      { editAsksAnew: false },
      'a ward member',
      'it is of an earlier version',
    ],
    [
      'that nothing is recorded anew once papers are out',
      { record: without(recordRight, 'release') },
      'a ward member',
      'papers are out under another right',
    ],
    [
      'that a finding is made afresh by others',
      { record: without(recordRight, 'signed_before') },
      'a ward member who claims section 100F',
      'found afresh by the same person',
    ],
    [
      'that nobody reviews their own finding',
      { review: without(decideRightReview, 'reviewer_signed') },
      'a ward member who claims section 100F',
      'reviews their own finding',
    ],
    [
      'that a review is asked for first',
      { review: without(decideRightReview, 'no_review') },
      'a ward member who claims section 100F',
      'nobody asked',
    ],
    [
      'that a review is asked for once, of a denied right',
      { ask: without(askRightReview, 'right_denied') },
      'a ward member who claims section 100F',
      'nothing to review',
    ],
  ];

  test.each(weakened)('%s', (_rule, weaker, who, fault) => {
    const world = worlds[who];
    if (world === undefined) throw new Error(`There is no ${who}.`);
    expect(walk(world, { ...real, ...weaker }, fault).faults).toContain(fault);
  });
});
