/**
 * The exhaustive walk of a correction. Of each kind of record, recorded by each of those who may, everybody gives every
 * command, breadth first, until no new state is found, and the rules themselves say what comes of it. In no state that can
 * be reached does a correction count against section 6a of the need-to-know rules.
 *
 * A predicate that shares no code with the rules judges each step. Each rule is then weakened, one after the other, to see
 * that the walk finds it.
 */
import { describe, expect, test } from '@jest/globals';
import type { Command, GivenOf } from '../../../policies/command/command.js';
import type { Office } from '../../../policies/core/office.js';
import { Refusal } from '../../../policies/core/refusals.js';
import type { RuleKey } from '../../../policies/core/rules.js';
import {
  confirmCorrection,
  correct,
  refuseCorrection,
  withdrawCorrection,
} from '../../../policies/correction/commands.js';
import {
  confirmerOf,
  correctionStatuses,
  type Correction,
  type CorrectionStatus,
  type Slip,
} from '../../../policies/correction/correction.js';
import type { Actor, Holding } from '../../../policies/people/actor.js';
import { abilityFor } from '../../../policies/permission/ability.js';
import { correctionCommands, type EveryCommand } from '../../../policies/permission/every-command.js';
import { available, permit, permitOn } from '../../../policies/permission/permit.js';

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

/** Two of each office. The councillor whose request it is holds all three offices besides, as hardly anybody would. */
const people: readonly Actor[] = [
  someone('cs1', 'childrens_services'),
  someone('cs2', 'childrens_services'),
  someone('ds1', 'democratic_services'),
  someone('ds2', 'democratic_services'),
  someone('legal1', 'legal'),
  someone('legal2', 'legal'),
  someone('two', 'legal', 'democratic_services'),
  {
    ...someone('deputy'),
    holdings: [
      {
        ...holds('legal'),
        capacity: 'deputy',
        deputyFor: { id: 'legal1', name: 'legal1' },
        principalAbsent: false,
      },
    ],
  },
  someone('mo', 'monitoring_officer'),
  someone('host', 'host'),
  someone('dp', 'data_protection'),
  someone('audits', 'auditor'),
  someone('administers', 'administrator'),
  {
    ...someone('asks', 'councillor', 'childrens_services', 'democratic_services', 'legal'),
    councillorId: 'councillor asks',
    standing: 'sitting',
  },
];
const abilities = new Map(people.map((who) => [who.id, abilityFor(who)]));

/** Who acts for an office, by what is written above. */
const inOffice: Readonly<Record<string, readonly string[]>> = {
  childrens_services: ['cs1', 'cs2'],
  democratic_services: ['ds1', 'ds2', 'two'],
  legal: ['legal1', 'legal2', 'two'],
};

// --- what is corrected ---

type Signing = 'childrens_services' | 'democratic_services' | 'legal';

/** One record: what it is, which office recorded it and who of it, whether that person still acts, and who takes a place. */
interface World {
  readonly about: Slip['about'];
  readonly field: string;
  readonly office: Signing;
  readonly recordedBy: string | null;
  readonly recorderActs: boolean;
  readonly barredBy: RuleKey | null;
  /** Whether a second person of the office confirms it: section 6a. */
  readonly second: boolean;
}

const signed = (office: Signing, recordedBy: string, recorderActs: boolean): World => ({
  about: office === 'legal' ? 'decision' : 'sign_off',
  field: 'reasons',
  office,
  recordedBy,
  recorderActs,
  barredBy: null,
  second: true,
});
const hosting = (barredBy: RuleKey | null): World => ({
  about: 'request',
  field: 'host',
  office: 'childrens_services',
  recordedBy: null,
  recorderActs: false,
  barredBy,
  second: false,
});
const kept = {
  office: 'democratic_services',
  recordedBy: null,
  recorderActs: false,
  barredBy: null,
} as const;
const bars = ['host_is_councillor', 'administrator_alone', 'host_conflicted', 'host_signed'] as const;

const worlds: readonly World[] = [
  ...([true, false] as const).flatMap((acts) => [
    signed('legal', 'legal1', acts),
    signed('legal', 'two', acts),
    signed('democratic_services', 'ds1', acts),
    signed('childrens_services', 'cs1', acts),
  ]),
  ...[null, ...bars].map(hosting),
  // What Democratic Services keep in the register.
  { ...kept, about: 'councillor', field: 'defeat', second: true },
  { ...kept, about: 'training', field: 'expires', second: false },
  { ...kept, about: 'appointment', field: 'to', second: false },
];

// --- the states ---

interface State {
  readonly status: CorrectionStatus | 'none';
  readonly by: string | null;
}
const start: State = { status: 'none', by: null };

const correctionOf = ({ status, by }: State, world: World, rules: Rules): Correction => ({
  kind: 'Correction',
  about: world.about,
  field: world.field,
  personId: by ?? '',
  councillorId: 'councillor asks',
  hostId: 'host',
  status: status === 'none' ? 'waiting' : status,
  office: world.office,
  confirmedBy: rules.confirmer(world.about, world.office),
});

// --- the rules as the walk asks them ---

type OnCorrection = Command<EveryCommand['name'], 'Correction'>;

interface Rules {
  readonly correct: OnCorrection;
  readonly confirm: OnCorrection;
  readonly refuse: OnCorrection;
  readonly withdraw: OnCorrection;
  readonly confirmer: typeof confirmerOf;
}
const real: Rules = {
  correct,
  confirm: confirmCorrection,
  refuse: refuseCorrection,
  withdraw: withdrawCorrection,
  confirmer: confirmerOf,
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

// --- the predicate, which shares nothing with the rules ---

const wrongOffice = (who: string, office: Signing): string | null =>
  inOffice[office]?.includes(who) ? null : 'not of the office that recorded it';

const wrongProposal = (state: State, world: World, who: string, counts: boolean): string | null => {
  const { office, recordedBy, recorderActs, barredBy, second } = world;
  if (who === 'asks') return 'the councillor corrects what was said of them';
  if (recordedBy !== null && recorderActs && recordedBy !== who) return 'not who recorded it';
  if (barredBy !== null) return `a host who may not host: ${barredBy}`;
  if (state.status === 'waiting') return 'two wait';
  if (counts && second) return 'it counts without a second person';
  return wrongOffice(who, office);
};

const wrongSettling = (state: State, world: World, who: string, how: CorrectionStatus): string | null => {
  if (state.status !== 'waiting') return `${how} once it is over`;
  if (how === 'withdrawn') return who === state.by ? null : 'withdrawn by another';
  if (who === state.by) return `${how} by who proposed it`;
  if (who === 'asks') return 'the councillor confirms what is said of them';
  return wrongOffice(who, world.office);
};

// --- the walk ---

interface Step {
  readonly to: State;
  readonly fault: string | null;
  readonly did: string;
}

const proof = { by: 'passphrase', at: new Date(0) } as const;
const settlings = [
  ['confirm', 'counts'],
  ['refuse', 'refused'],
  ['withdraw', 'withdrawn'],
] as const;

const stepsFrom = (state: State, world: World, rules: Rules): Step[] => {
  const correction = correctionOf(state, world, rules);
  const may = (
    command: OnCorrection,
    who: Actor,
    given: GivenOf<'Correction'>,
    on: Correction,
    proved = true,
  ) =>
    isDone(() => {
      const ability = abilities.get(who.id) ?? abilityFor(who);
      permit(command, { ability, actor: who, ...(proved ? { proof } : {}) }, on, given);
    });
  return people.flatMap((who): Step[] => {
    const { recordedBy, recorderActs, barredBy } = world;
    const slip: Slip = {
      ...correction,
      personId: who.id,
      status: 'waiting',
      recordedBy,
      recorderActs,
      waits: false,
    };
    const given = {
      office: world.office,
      by: who.id,
      recordedBy,
      recorderActs,
      barredBy,
      waits: state.status === 'waiting',
    };
    const counts = slip.confirmedBy === null;
    const proposed: Step[] = may(rules.correct, who, given, slip)
      ? [
          {
            to: { status: counts ? 'counts' : 'waiting', by: who.id },
            fault: wrongProposal(state, world, who.id, counts),
            did: `propose ${who.id}`,
          },
        ]
      : [];
    if (state.status === 'none') return proposed;
    const settled = settlings.flatMap(([name, status]): Step[] => {
      const command = rules[name];
      const office = name === 'withdraw' ? correction.office : (correction.confirmedBy ?? undefined);
      if (!may(command, who, { office }, correction)) return [];
      const unproved = name === 'confirm' && may(command, who, { office }, correction, false);
      return [
        {
          to: { status, by: state.by },
          fault: unproved ? 'confirmed without a proof' : wrongSettling(state, world, who.id, status),
          did: `${name} ${who.id}`,
        },
      ];
    });
    return [...proposed, ...settled];
  });
};

interface Walked {
  readonly states: number;
  readonly faults: readonly string[];
  readonly did: ReadonlySet<string>;
}

const walk = (world: World, rules: Rules): Walked => {
  const seen = new Set([JSON.stringify(start)]);
  const queue = [start];
  const faults = new Set<string>();
  const did = new Set<string>();
  for (let state = queue.shift(); state !== undefined; state = queue.shift()) {
    for (const step of stepsFrom(state, world, rules)) {
      if (step.fault !== null) {
        faults.add(step.fault);
        continue;
      }
      did.add(step.did);
      const key = JSON.stringify(step.to);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(step.to);
    }
  }
  return { states: seen.size, faults: [...faults].toSorted(), did };
};

const nameOf = ({ about, office, recordedBy, recorderActs, barredBy }: World): string =>
  [
    about,
    `of ${office}`,
    ...(recordedBy === null ? [] : [`by ${recordedBy}${recorderActs ? '' : ', who acts no more'}`]),
    ...(barredBy === null ? [] : [`to somebody kept from it by ${barredBy}`]),
  ].join(' ');

describe('no step against section 6a can be reached', () => {
  test.each(worlds.map((world) => [nameOf(world), world] as const))('%s', (_name, world) => {
    const { faults, did } = walk(world, real);
    expect(faults).toEqual([]);
    // And those whose task it is do all of it.
    const { office, recordedBy, recorderActs, barredBy, second } = world;
    const proposers =
      barredBy !== null ? [] : recordedBy !== null && recorderActs ? [recordedBy] : (inOffice[office] ?? []);
    const seconds = second ? (inOffice[office] ?? []).filter((id) => proposers.some((by) => by !== id)) : [];
    const withdrawing = second ? proposers : [];
    expect([...did].toSorted()).toEqual(
      [
        ...proposers.map((id) => `propose ${id}`),
        ...seconds.flatMap((id) => [`confirm ${id}`, `refuse ${id}`]),
        ...withdrawing.map((id) => `withdraw ${id}`),
      ].toSorted(),
    );
  });
});

test('what `can` offers of a correction is what is permitted, and nothing else', () => {
  const kinds = [...new Map(worlds.map((world) => [`${world.about} ${world.office}`, world])).values()];
  const cases = kinds.flatMap((world) =>
    correctionStatuses
      .filter((status) => world.second || status === 'counts')
      .flatMap((status) =>
        ['cs1', 'ds1', 'legal1', 'two', 'asks'].flatMap((by) =>
          people.map((who) => ({ who, on: correctionOf({ status, by }, world, real) })),
        ),
      ),
  );
  const differing = cases.filter(({ who, on }) => {
    const caller = { ability: abilities.get(who.id) ?? abilityFor(who), actor: who, proof };
    const permitted = settlings
      .filter(([name]) => {
        const office = name === 'withdraw' ? on.office : (on.confirmedBy ?? undefined);
        return isDone(() => {
          permitOn(real[name], caller, on, { office });
        });
      })
      .map(([name]) => name);
    return available(correctionCommands, caller, on, {}).join() !== permitted.join();
  });
  expect(cases.length).toBeGreaterThan(500);
  expect(differing).toEqual([]);
});

/** The command without one of its rules. */
const without = (command: OnCorrection, ...rules: string[]): OnCorrection => ({
  ...command,
  signs:
    command.signs === null
      ? null
      : (actor, acting, row) => {
          const rule = command.signs?.(actor, acting, row) ?? null;
          return rule !== null && rules.includes(rule) ? null : rule;
        },
  hinders: command.hinders.filter(({ rule }) => !rules.includes(rule)),
});
const fromAnywhere = (command: OnCorrection): OnCorrection => ({ ...command, from: null });

describe('a rule that is weakened is found', () => {
  const weakened: readonly (readonly [string, Partial<Rules>, string])[] = [
    [
      'that who recorded it proposes',
      { correct: without(correct, 'correction_recorder') },
      'not who recorded it',
    ],
    ['that one waits at a time', { correct: without(correct, 'correction_waits') }, 'two wait'],
    [
      'that nobody corrects what was said of themselves',
      { correct: without(correct, 'requester') },
      'the councillor corrects what was said of them',
    ],
    ...bars.map(
      (rule) =>
        [
          `that nobody hosts who is kept from it by ${rule}`,
          { correct: without(correct, rule) },
          `a host who may not host: ${rule}`,
        ] as const,
    ),
    [
      'that a second person is asked for a decision and a sign-off',
      { confirmer: () => null },
      'it counts without a second person',
    ],
    [
      'that another person confirms',
      { confirm: without(confirmCorrection, 'correction_two_people') },
      'counts by who proposed it',
    ],
    [
      'that another person refuses',
      { refuse: without(refuseCorrection, 'correction_two_people') },
      'refused by who proposed it',
    ],
    [
      'that who proposed it withdraws it',
      { withdraw: without(withdrawCorrection, 'correction_proposer') },
      'withdrawn by another',
    ],
    ['that it is confirmed once', { confirm: fromAnywhere(confirmCorrection) }, 'counts once it is over'],
    ['that it is refused once', { refuse: fromAnywhere(refuseCorrection) }, 'refused once it is over'],
    [
      'that it is withdrawn before it is over',
      { withdraw: fromAnywhere(withdrawCorrection) },
      'withdrawn once it is over',
    ],
    [
      'that the office confirms which recorded it',
      { confirmer: () => 'monitoring_officer' },
      'not of the office that recorded it',
    ],
    [
      'that who confirms has proved who they are',
      { confirm: { ...confirmCorrection, asksProof: false } },
      'confirmed without a proof',
    ],
  ];

  test.each(weakened)('%s', (_rule, weaker, fault) => {
    const found = worlds.flatMap((world) => walk(world, { ...real, ...weaker }).faults);
    expect(found).toContain(fault);
  });
});
