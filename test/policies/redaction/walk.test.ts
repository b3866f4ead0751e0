/**
 * The exhaustive walk of a text that was reported. Everybody gives every command, breadth first, until no new state is
 * found, while what covers the text comes and goes; the rules themselves say what comes of it. In no state that can be
 * reached was a text erased against section 6a of the need-to-know rules.
 *
 * A predicate that shares no code with the rules judges each step. Each rule is then weakened, one after the other, to see
 * that the walk finds it.
 */
import { describe, expect, test } from '@jest/globals';
import type { Command, GivenOf } from '../../../policies/command/command.js';
import type { Office } from '../../../policies/core/office.js';
import { Refusal } from '../../../policies/core/refusals.js';
import type { Acting, Actor, Holding } from '../../../policies/people/actor.js';
import { abilityFor } from '../../../policies/permission/ability.js';
import { redactionCommands, type EveryCommand } from '../../../policies/permission/every-command.js';
import { available, permit, permitOneself } from '../../../policies/permission/permit.js';
import { confirmRedaction, putBack, reportText } from '../../../policies/redaction/commands.js';
import {
  heldBys,
  redactingOffices,
  reportBy,
  type RedactingOffice,
  type Redaction,
} from '../../../policies/redaction/redaction.js';

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
  someone('dp1', 'data_protection'),
  someone('dp2', 'data_protection'),
  someone('both', 'data_protection', 'legal'),
  someone('legal1', 'legal'),
  someone('legal2', 'legal'),
  someone('ds', 'democratic_services'),
  someone('cs', 'childrens_services'),
  someone('mo', 'monitoring_officer'),
  someone('host', 'host'),
  someone('audits', 'auditor'),
  someone('administers', 'administrator'),
  {
    ...someone('asks', 'councillor', 'data_protection', 'legal'),
    councillorId: 'councillor asks',
    standing: 'sitting',
  },
];
const abilities = new Map(people.map((who) => [who.id, abilityFor(who)]));

const ofDataProtection = ['dp1', 'dp2', 'both'];
const erasing = [...ofDataProtection, 'legal1', 'legal2', 'ds', 'cs', 'mo'];

// --- the states ---

interface First {
  readonly id: string;
  readonly office: RedactingOffice;
}
interface State {
  readonly status: Redaction['status'];
  readonly first: First | null;
  readonly held: boolean;
}
const start: State = { status: 'hidden', first: null, held: false };

/** What kind of text it is, and which officers beside Data Protection could read it. */
interface World {
  readonly privileged: boolean;
  readonly readers: readonly string[];
}
const everyOffice = ['legal1', 'legal2', 'ds', 'cs', 'mo'];
const worlds: Readonly<Record<string, World>> = {
  'a text of a request': { privileged: false, readers: everyOffice },
  'a text of the case, which one office reads': { privileged: false, readers: ['cs'] },
  'privileged advice': { privileged: true, readers: everyOffice },
  'a text that no other office reads': { privileged: false, readers: [] },
};

const redactionOf = ({ status, first, held }: State, { privileged }: World): Redaction => ({
  kind: 'Redaction',
  personId: 'host',
  councillorId: 'councillor asks',
  status,
  first,
  held,
  heldBy: held ? (heldBys[0] ?? null) : null,
  privileged,
});

// --- the rules as the walk asks them ---

type OnRedaction = Command<EveryCommand['name'], 'Redaction'>;
interface Rules {
  readonly confirm: OnRedaction;
  readonly putBack: OnRedaction;
}
const real: Rules = { confirm: confirmRedaction, putBack };

const actingOf = (act: () => Acting): Acting | null => {
  try {
    return act();
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
};

// --- the predicate, which shares nothing with the rules ---

const wrongConfirming = (state: State, world: World, who: string, office: string): string | null => {
  if (state.status !== 'hidden') return 'erased once it is over';
  if (!erasing.includes(who)) return `${who} erases nothing`;
  if (office !== 'data_protection' && !world.readers.includes(who)) return 'erased by who cannot read it';
  const { first } = state;
  if (first === null) return null;
  if (first.id === who) return 'erased by one person';
  if (state.held) return 'erased while something covers it';
  const offices = [first.office, office];
  if (!offices.includes('data_protection')) return 'erased without Data Protection';
  if (world.privileged && !offices.includes('legal') && !offices.includes('monitoring_officer'))
    return 'advice erased without Legal';
  return null;
};

const wrongPuttingBack = ({ status }: State, who: string): string | null => {
  if (status !== 'hidden') return 'put back once it is over';
  return ofDataProtection.includes(who) ? null : 'put back without Data Protection';
};

// --- the walk ---

interface Step {
  readonly to: State;
  readonly fault: string | null;
  readonly did: string;
}
const proof = { by: 'passphrase', at: new Date(0) } as const;

const isRedacting = (office: Office): office is RedactingOffice =>
  redactingOffices.some((each) => each === office);

const stepsFrom = (state: State, world: World, rules: Rules): Step[] => {
  const report = redactionOf(state, world);
  const may = (command: OnRedaction, who: Actor, given: GivenOf<'Redaction'>, proved = true) =>
    actingOf(() => {
      const ability = abilities.get(who.id) ?? abilityFor(who);
      return permit(command, { ability, actor: who, ...(proved ? { proof } : {}) }, report, given);
    });
  const covering: Step = { to: { ...state, held: !state.held }, fault: null, did: 'cover' };
  const given = people.flatMap((who): Step[] => {
    const reads = { reads: world.readers.includes(who.id) };
    // As the use case gives it, and for each office of theirs.
    const offices = [undefined, ...who.holdings.map(({ office }) => office).filter(isRedacting)];
    const confirmed = offices.flatMap((named): Step[] => {
      const narrowed = named === undefined ? reads : { ...reads, office: named };
      const acting = may(rules.confirm, who, narrowed);
      if (acting === null || !isRedacting(acting.office)) return [];
      const fault = may(rules.confirm, who, narrowed, false)
        ? 'confirmed without a proof'
        : wrongConfirming(state, world, who.id, acting.office);
      const to: State =
        state.first === null
          ? { ...state, first: { id: who.id, office: acting.office } }
          : { ...state, status: 'erased' };
      return [{ to, fault, did: `${state.first === null ? 'first' : 'second'} ${who.id}` }];
    });
    const back: Step[] = may(rules.putBack, who, {})
      ? [
          {
            to: { ...state, status: 'put_back' },
            fault: wrongPuttingBack(state, who.id),
            did: `put back ${who.id}`,
          },
        ]
      : [];
    return [...confirmed, ...back];
  });
  return [covering, ...given];
};

interface Walked {
  readonly states: number;
  readonly statuses: ReadonlySet<string>;
  readonly faults: readonly string[];
  readonly did: ReadonlySet<string>;
}

const walk = (world: World, rules: Rules): Walked => {
  const seen = new Set([JSON.stringify(start)]);
  const queue = [start];
  const faults = new Set<string>();
  const did = new Set<string>();
  const statuses = new Set<string>();
  for (let state = queue.shift(); state !== undefined; state = queue.shift()) {
    statuses.add(state.status);
    const steps = stepsFrom(state, world, rules);
    const waits = state.status === 'hidden' && state.first !== null && !state.held;
    if (waits && !steps.some(({ to }) => to.status === 'erased')) faults.add('nobody can be the second');
    for (const step of steps) {
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
  return { states: seen.size, statuses, faults: [...faults].toSorted(), did };
};

describe('no text is erased against section 6a', () => {
  test.each(Object.entries(worlds))('%s', (_name, world) => {
    const { faults, did, statuses, states } = walk(world, real);
    expect(faults).toEqual([]);
    expect(statuses).toEqual(new Set(['hidden', 'erased', 'put_back']));
    expect(states).toBeGreaterThan(10);
    // And each whose task it is does it: as the first of the two, as the second, and who puts back.
    const weighing = erasing
      .filter((id) => ofDataProtection.includes(id) || world.readers.includes(id))
      .filter((id) => !world.privileged || !['ds', 'cs'].includes(id));
    const seconds = weighing.filter(
      // Where nobody but Data Protection reads it, both are of Data Protection.
      (id) => weighing.some((other) => other !== id),
    );
    for (const id of weighing) expect([...did]).toContain(`first ${id}`);
    for (const id of seconds) expect([...did]).toContain(`second ${id}`);
    for (const id of ofDataProtection) expect([...did]).toContain(`put back ${id}`);
  });
});

test('anybody reports a text for themselves, and nobody in the name of another', () => {
  for (const who of people) {
    const caller = { ability: abilities.get(who.id) ?? abilityFor(who), actor: who };
    const reports = (by: string): boolean => {
      try {
        permitOneself(reportText, caller, reportBy(by), {});
        return true;
      } catch (error) {
        if (error instanceof Refusal) return false;
        throw error;
      }
    };
    expect([who.id, reports(who.id), reports('somebody else')]).toEqual([who.id, true, false]);
  }
});

test('what `can` offers of a report is offered to nobody once it is over, nor about themselves', () => {
  for (const world of Object.values(worlds)) {
    for (const status of ['hidden', 'erased', 'put_back'] as const) {
      const report = redactionOf({ ...start, status }, world);
      for (const who of people) {
        const caller = { ability: abilities.get(who.id) ?? abilityFor(who), actor: who };
        const expected =
          status !== 'hidden'
            ? []
            : ofDataProtection.includes(who.id)
              ? ['confirm', 'put_back']
              : erasing.includes(who.id)
                ? ['confirm']
                : [];
        expect([who.id, status, available(redactionCommands, caller, report, {})]).toEqual([
          who.id,
          status,
          expected,
        ]);
      }
    }
  }
});

/** The command without one of its rules. */
const without = (command: OnRedaction, ...rules: string[]): OnRedaction => ({
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

describe('a rule that is weakened is found', () => {
  const weakened: readonly (readonly [string, Partial<Rules>, string])[] = [
    [
      'that two people erase',
      { confirm: without(confirmRedaction, 'redaction_two_people') },
      'erased by one person',
    ],
    [
      'that one of them is of Data Protection',
      { confirm: without(confirmRedaction, 'redaction_data_protection') },
      'erased without Data Protection',
    ],
    [
      'that one of them is of Legal or the Monitoring Officer where it is advice',
      { confirm: without(confirmRedaction, 'redaction_privilege') },
      'advice erased without Legal',
    ],
    [
      'that the first of the two who erase advice is one whom another can follow',
      {
        confirm: {
          ...confirmRedaction,
          hinders: confirmRedaction.hinders.map((each) =>
            each.rule === 'redaction_privilege'
              ? { ...each, when: (file, given) => file.first !== null && each.when(file, given) }
              : each,
          ),
        },
      },
      'nobody can be the second',
    ],
    [
      'that nothing is erased that a hold or a request covers',
      { confirm: without(confirmRedaction, 'redaction_held') },
      'erased while something covers it',
    ],
    [
      'that an office erases only what it reads',
      { confirm: without(confirmRedaction, 'office') },
      'erased by who cannot read it',
    ],
    ['that it is erased once', { confirm: { ...confirmRedaction, from: null } }, 'erased once it is over'],
    ['that it is put back once', { putBack: { ...putBack, from: null } }, 'put back once it is over'],
    [
      'that who confirms has proved who they are',
      { confirm: { ...confirmRedaction, asksProof: false } },
      'confirmed without a proof',
    ],
    [
      'that Data Protection alone put a text back',
      { putBack: { ...confirmRedaction, signs: null, hinders: [] } },
      'put back without Data Protection',
    ],
  ];

  test.each(weakened)('%s', (_rule, weaker, fault) => {
    const found = Object.values(worlds).flatMap((world) => walk(world, { ...real, ...weaker }).faults);
    expect(found).toContain(fault);
  });
});
