/**
 * The rule book as data: every rule that can say no, and the tables that the rules read. An edition keeps its text,
 * so that people can read an entry of the trail beside the rules of its time.
 *
 * It holds words and tables. It does not hold the code that weighs them (need-to-know/test.ts, access.ts).
 */
import { AbilityBuilder, createMongoAbility } from '@casl/ability';
import { rulesOf } from '../permission/ability.js';
import type { AppAbility, Builder, OfficeRules } from '../permission/actions.js';
import { periods } from '../core/time/deadlines.js';
import {
  grantedTo,
  grantedToCouncillor,
  grantedToHost,
  grantedToNamed,
  grantedToSelf,
} from '../permission/granted.js';
import { matrix } from './matrix.js';
import { authorities, authorityKeys, kindOfAuthority } from '../core/authorities.js';
import { groundSays, type Ground } from '../core/grounds.js';
import { questions, type Circumstances, type Meaning, type Question } from '../need-to-know/questions.js';
import { eventsAllowed, observationTypes } from '../core/observation-types.js';
import { councillor } from '../permission/offices/councillor.js';
import { acted, everyone } from '../permission/offices/everyone.js';
import { host } from '../permission/offices/host.js';
import { noRights } from '../papers/rights.js';
import { defaultSchedule } from '../retention/retention.js';
import { ruleKeys, ruleOf, ruleSays } from '../core/rules.js';
import { leastWordsOfNecessity } from '../request/submission.js';
import type { Actor } from '../people/actor.js';
import type { Office } from '../core/office.js';
import type { Standing } from '../register/member.js';
import { keysOf } from '../core/fields/keys-of.js';

/** Plain data, as JSON has it. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };
export type Book = { readonly [section: string]: Plain };

const isPlain = (data: unknown): data is Plain =>
  data === null ||
  ['boolean', 'number', 'string'].includes(typeof data) ||
  (typeof data === 'object' && Object.values(data).every(isPlain));

const plain = (data: unknown): Plain => {
  const copy: unknown = JSON.parse(JSON.stringify(data));
  if (!isPlain(copy)) throw new TypeError('JSON has nothing but plain data.');
  return copy;
};

const rules = Object.fromEntries(
  ruleKeys.map((key) => {
    const { authority, kind } = ruleOf(key);
    return [key, { says: ruleSays(key), authority, kind }];
  }),
);

/** Everything that an answer's meaning may depend on, in every combination. */
const circumstances: readonly Circumstances[] = observationTypes.flatMap((type) =>
  Array.from({ length: eventsAllowed.most }, (_, before) => before + 1).flatMap((events) =>
    [false, true].flatMap((eventIsNear) =>
      [false, true].map((isCoopted) => ({ type, events, eventIsNear, isCoopted, neverObserved: [] })),
    ),
  ),
);

const axes = {
  type: ({ type }) => type.key,
  events: ({ events }) => events,
  eventIsNear: ({ eventIsNear }) => eventIsNear,
  isCoopted: ({ isCoopted }) => isCoopted,
} as const satisfies Readonly<Record<string, (given: Circumstances) => Plain>>;
type Axis = keyof typeof axes;
const axisNames = keysOf(axes);

const differOnlyIn = (axis: Axis, a: Circumstances, b: Circumstances): boolean =>
  axisNames.every((each) => (axes[each](a) === axes[each](b)) === (each !== axis));

/** The value itself; if it depends on circumstances, its value in each of those that matter. */
const inEach = <T extends Plain>(value: T | ((given: Circumstances) => T)): Plain => {
  if (typeof value !== 'function') return value;
  const relevant = axisNames.filter((axis) =>
    circumstances.some((a) => circumstances.some((b) => differOnlyIn(axis, a, b) && value(a) !== value(b))),
  );
  const cases = new Map<string, Plain>();
  for (const given of circumstances) {
    const when = Object.fromEntries(relevant.map((axis) => [axis, axes[axis](given)]));
    cases.set(JSON.stringify(when), { when, is: value(given) });
  }
  return [...cases.values()];
};

const meaningOf = ({ blocks, needsReason, authority, ...rest }: Meaning): Plain => ({
  ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, plain(value)])),
  blocks: inEach<Ground | null>(blocks ?? null),
  needsReason: inEach<boolean>(needsReason ?? false),
  ...(authority === undefined ? {} : { authority: inEach<string>(authority) }),
});

const meaningsOf = (choice: Readonly<Record<string, Meaning>>): Plain =>
  Object.fromEntries(Object.entries(choice).map(([value, meaning]) => [value, meaningOf(meaning)]));

const answersOf = ({ answers }: Question): Plain =>
  answers.shape === 'each'
    ? {
        items: Object.fromEntries(
          Object.entries(answers.itemSays).map(([item, says]) => [
            item,
            {
              says,
              askedFor: observationTypes
                .filter((type) => answers.items(type).includes(item))
                .map(({ key }) => key),
              values: meaningsOf(answers.values(item)),
            },
          ]),
        ),
      }
    : { [answers.shape]: meaningsOf(answers.values) };

const somebody = (
  holdings: Actor['holdings'],
  seat: { readonly councillorId: string; readonly standing: Standing } | null = null,
): Actor => ({
  kind: 'Actor',
  id: 'the person',
  name: '',
  email: '',
  councillorId: seat?.councillorId ?? null,
  standing: seat?.standing ?? null,
  holdings,
});

const permissionsBy = (offices: readonly OfficeRules[], actor: Actor): Plain => {
  const builder: Builder = new AbilityBuilder<AppAbility>(createMongoAbility);
  for (const add of offices) add(builder, actor);
  return plain(builder.rules);
};

const holding = (office: Office): Actor => somebody([{ office, capacity: 'principal', head: false }]);
const member = (standing: Standing): Actor => somebody([], { councillorId: 'their own', standing });

const permissions: Plain = {
  everyone: permissionsBy([everyone, acted, grantedToSelf, grantedToNamed], somebody([])),
  host: permissionsBy([host, grantedToHost], holding('host')),
  councillor: permissionsBy([councillor, grantedToCouncillor], member('sitting')),
  former_councillor: permissionsBy([councillor, grantedToCouncillor], member('former')),
  ...Object.fromEntries(
    keysOf(rulesOf).map((office) => {
      const { [office]: of = () => {} } = rulesOf;
      const granted: OfficeRules = (builder, actor) => grantedTo(office, builder, actor);
      return [office, permissionsBy([of, granted], holding(office))];
    }),
  ),
};

/** Every command by what it is about; its hindrances by the rules' keys. */
const commands: Plain = Object.fromEntries(
  [...new Set(matrix().map(({ on }) => on))].map((kind) => [
    kind,
    Object.fromEntries(
      matrix()
        .filter(({ on }) => on === kind)
        .map(({ command, by, from, to, signs, hinders }) => [
          command,
          { by, from, to, signs, hinders: hinders.map(({ rule }) => rule) },
        ]),
    ),
  ]),
);

/** The rules as they are in this build. */
export const ruleBook: Book = {
  noRights: plain(noRights),
  rules,
  authorities: Object.fromEntries(
    authorityKeys.map((key) => {
      const cites = authorities[key];
      return [key, { kind: kindOfAuthority(cites), cites }];
    }),
  ),
  questions: questions.map((question) => ({
    key: question.key,
    asks: question.asks,
    office: question.office,
    authority: question.authority,
    answers: answersOf(question),
  })),
  grounds: groundSays,
  observationTypes: plain(observationTypes),
  commands,
  permissions,
  defaults: {
    workingDays: periods,
    monthsKept: plain(defaultSchedule),
    events: eventsAllowed,
    wordsOfNecessity: leastWordsOfNecessity,
  },
};
