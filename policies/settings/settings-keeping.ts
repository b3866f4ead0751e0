/**
 * What a council may set, and within what bounds. Source: need-to-know.md, where "default" marks what a council may
 * change (sections 3, 7 and 8). The bounds are ours: wide enough for any council, and tight enough to catch a typo.
 */
import { periods as defaultPeriods, type Period } from '../core/time/deadlines.js';
import { observationType, observationTypeKeys, type ObservationTypeKey } from '../core/observation-types.js';
import { routedBars, type RoutedBar } from '../core/observation-types.js';
import type { FieldError } from '../core/refusals.js';
import { defaultSchedule, retentionKinds, type RetentionKind } from '../retention/retention.js';
import { namedThings, type Choices, type NamedThing, type TypeChoice } from './settings.js';
import { councilRuleKeys } from '../core/authorities.js';
import { faultsOfAdopted, type Adopted } from './adopted.js';
import { faultsOfCaseReferences, tidy, type CaseReferences } from './case-references.js';
import { isBlank } from '../core/words/text.js';
import { nations, type Nation } from './bank-holidays.js';
import type { ClearDays } from '../core/time/clear-days.js';
import type { Governance } from './governance.js';
import { type ProclaimedDay } from '../core/time/working-days.js';
import { keysOf } from '../core/fields/keys-of.js';
import { withoutUndefined } from '../core/fields/without-undefined.js';

/** The settings to change; a setting that is left out stays as it is. */
export interface SettingsChange {
  readonly nation?: Nation | undefined;
  /** Working days. */
  readonly periods?: Readonly<Partial<Record<Period, number | undefined>>> | undefined;
  readonly types?: Readonly<Partial<Record<ObservationTypeKey, TypeChoice | undefined>>> | undefined;
  /** Null gives the usual name back. */
  readonly names?: Readonly<Partial<Record<NamedThing, string | null | undefined>>> | undefined;
  readonly governance?: Governance | undefined;
  readonly clearDays?: ClearDays | undefined;
  /** Months. */
  readonly retention?: Readonly<Partial<Record<RetentionKind, number | undefined>>> | undefined;
  /** It replaces the document named before; null names none. */
  readonly adopted?: Adopted | null | undefined;
  /** All of them: what is left out is observed again where there is a lawful route. */
  readonly neverObserved?: readonly RoutedBar[] | undefined;
  /** Each list replaces the one before; one that is left out stays. */
  readonly caseReferences?:
    { readonly [Part in keyof CaseReferences]?: CaseReferences[Part] | undefined } | undefined;
}

export const periodKeys: readonly Period[] = keysOf(defaultPeriods);

/** Working days from 1 to this many. */
export const longestChoice = 60;
export const longestLabel = 80;
/** Months: at least one for notifications, at least a year for decisions. */
export const retentionBounds: Readonly<
  Record<RetentionKind, { readonly least: number; readonly most: number }>
> = {
  requests: { least: 12, most: 600 },
  councillors: { least: 12, most: 600 },
  notifications: { least: 1, most: 120 },
};

type Limit = Exclude<keyof TypeChoice, 'label'>;
const limitBounds: Readonly<Record<Limit, { readonly least: number; readonly most: number }>> = {
  maxHours: { least: 1, most: 12 },
  maxWindowMonths: { least: 1, most: 12 },
  maxMonthsInAll: { least: 1, most: 24 },
  familyNoticeDays: { least: 1, most: 20 },
};
const limits: readonly Limit[] = keysOf(limitBounds);

/** The limits that a type has: only these may be set for it. */
export const limitsOf = (key: ObservationTypeKey): readonly Limit[] => {
  const type = observationType(key);
  return limits.filter((limit) => (limit === 'familyNoticeDays' ? type[limit] > 0 : type[limit] !== null));
};

export const boundsOf = (limit: Limit) => limitBounds[limit];

interface Bounds {
  readonly least: number;
  readonly most: number;
}

const faultOf = ({ least, most }: Bounds, unit: string): string =>
  `Enter a whole number of ${unit} from ${least} to ${most}`;

const within = (field: string, value: number | undefined, bounds: Bounds, message: string): FieldError[] =>
  value === undefined || (Number.isInteger(value) && value >= bounds.least && value <= bounds.most)
    ? []
    : [{ field, message }];

const units: Readonly<Record<Limit, string>> = {
  maxHours: 'hours',
  maxWindowMonths: 'months',
  maxMonthsInAll: 'months',
  familyNoticeDays: 'working days',
};

const periodBounds: Bounds = { least: 1, most: longestChoice };

/** The refusal of a number outside the bounds of a period, a limit of a type, or a time of retention. */
export const periodFault = faultOf(periodBounds, 'working days');
export const limitFault = (limit: Limit): string => faultOf(limitBounds[limit], units[limit]);
export const retentionFault = (kind: RetentionKind): string => faultOf(retentionBounds[kind], 'months');

const isOneLine = (label: string): boolean =>
  !isBlank(label) && label.length <= longestLabel && !/\p{Cc}/u.test(label);

const nameFault = `Enter a name of one line, of at most ${longestLabel} characters.`;

const faultsOfType = (key: ObservationTypeKey, choice: TypeChoice): FieldError[] => {
  const field = (name: string): string => `types.${key}.${name}`;
  const { label } = choice;
  const type = { ...observationType(key), ...choice };
  return [
    ...(label === undefined || isOneLine(label)
      ? []
      : [
          {
            field: field('label'),
            message: `Enter a label of one line, of at most ${longestLabel} characters.`,
          },
        ]),
    ...limits.flatMap((limit) => {
      if (choice[limit] === undefined) return [];
      return limitsOf(key).includes(limit)
        ? within(field(limit), choice[limit], limitBounds[limit], limitFault(limit))
        : [{ field: field(limit), message: 'This type has no such limit.' }];
    }),
    ...((type.maxMonthsInAll ?? Infinity) < (type.maxWindowMonths ?? 0)
      ? [{ field: field('maxMonthsInAll'), message: 'All stages together last no less than one of them.' }]
      : []),
  ];
};

const withCases = ({ caseReferences }: Choices, change: SettingsChange): CaseReferences =>
  tidy({ ...caseReferences, ...withoutUndefined(change.caseReferences ?? {}) });

/** Everything that is wrong with a change, each fault with its field. */
export const faultsOfChange = (before: Choices, change: SettingsChange): FieldError[] => [
  ...periodKeys.flatMap((period) =>
    within(`periods.${period}`, change.periods?.[period], periodBounds, periodFault),
  ),
  ...observationTypeKeys.flatMap((key) => {
    const choice = change.types?.[key];
    return choice ? faultsOfType(key, { ...before.types[key], ...withoutUndefined(choice) }) : [];
  }),
  ...retentionKinds.flatMap((kind) =>
    within(`retention.${kind}`, change.retention?.[kind], retentionBounds[kind], retentionFault(kind)),
  ),
  ...namedThings.flatMap((thing) => {
    const name = change.names?.[thing] ?? undefined;
    return name === undefined || isOneLine(name) ? [] : [{ field: `names.${thing}`, message: nameFault }];
  }),
  ...(change.adopted ? faultsOfAdopted(change.adopted) : []),
  ...(change.caseReferences ? faultsOfCaseReferences(withCases(before, change)) : []),
];

/** The settings that differ from the default: choosing the default is not a choice. */
const unlike = <T extends object>(given: T, defaults: { readonly [Name in keyof T]?: unknown }): T => {
  const chosen = { ...given };
  for (const name of keysOf(chosen))
    if (chosen[name] === defaults[name]) Reflect.deleteProperty(chosen, name);
  return chosen;
};

const withNames = (before: Choices['names'], names: SettingsChange['names'] = {}): Choices['names'] =>
  Object.fromEntries(
    namedThings.flatMap((thing): [NamedThing, string][] => {
      const name = names[thing] === undefined ? before[thing] : (names[thing] ?? undefined);
      return name === undefined ? [] : [[thing, name]];
    }),
  );

/** The choices as they are after a change that has no fault. */
export const withChange = (before: Choices, change: SettingsChange): Choices => {
  const types = observationTypeKeys.flatMap((key): [ObservationTypeKey, TypeChoice][] => {
    const choice = unlike(
      { ...before.types[key], ...withoutUndefined(change.types?.[key] ?? {}) },
      observationType(key),
    );
    return Object.keys(choice).length > 0 ? [[key, choice]] : [];
  });
  return {
    ...before,
    nation: change.nation ?? before.nation,
    periods: unlike({ ...before.periods, ...withoutUndefined(change.periods ?? {}) }, defaultPeriods),
    types: Object.fromEntries(types),
    retention: unlike({ ...before.retention, ...withoutUndefined(change.retention ?? {}) }, defaultSchedule),
    names: withNames(before.names, change.names),
    adopted: change.adopted === undefined ? before.adopted : change.adopted,
    governance: change.governance ?? before.governance,
    clearDays: change.clearDays ?? before.clearDays,
    neverObserved: routedBars.filter((bar) => (change.neverObserved ?? before.neverObserved).includes(bar)),
    caseReferences: withCases(before, change),
  };
};

/** The choices for one nation with its days that differ from the known ones; they replace the earlier choices. */
export const withHolidays = (before: Choices, nation: Nation, days: readonly ProclaimedDay[]): Choices => ({
  ...before,
  bankHolidays: { ...before.bankHolidays, [nation]: days.toSorted((a, b) => (a.date < b.date ? -1 : 1)) },
});

/** One thing that a change made different: numbers and codes as they are, words by their name alone. */
export interface Difference {
  readonly setting: string;
  readonly was: string | number | null;
  readonly became: string | number | null;
}

const numbersOf = ({
  nation,
  periods,
  types,
  retention,
  names,
  adopted,
  governance,
  clearDays,
  neverObserved,
  caseReferences,
}: Choices): Readonly<Record<string, string | number | undefined>> => ({
  nation,
  governance,
  clearDays,
  ...Object.fromEntries(
    periodKeys.map((period) => [`periods.${period}`, periods[period] ?? defaultPeriods[period]]),
  ),
  ...Object.fromEntries(
    observationTypeKeys.flatMap((key): (readonly [string, string | number | undefined])[] => {
      const type = { ...observationType(key), ...types[key] };
      return [
        ...limitsOf(key).map((limit) => [`types.${key}.${limit}`, type[limit] ?? undefined] as const),
        [`types.${key}.label`, type.label] as const,
      ];
    }),
  ),
  ...Object.fromEntries(
    retentionKinds.map((kind) => [`retention.${kind}`, retention[kind] ?? defaultSchedule[kind]]),
  ),
  ...Object.fromEntries(namedThings.map((thing) => [`names.${thing}`, names[thing]])),
  'adopted.title': adopted?.title,
  'adopted.date': adopted?.date,
  'adopted.link': adopted?.link,
  ...Object.fromEntries(
    councilRuleKeys.map((key) => [`adopted.paragraphs.${key}`, adopted?.paragraphs[key]]),
  ),
  ...Object.fromEntries(
    routedBars.map((bar) => [
      `neverObserved.${bar}`,
      neverObserved.includes(bar) ? 'never_observed' : 'by_lawful_route',
    ]),
  ),
  'caseReferences.prefixes': caseReferences.prefixes.join(', ') || undefined,
  'caseReferences.patterns': caseReferences.patterns.join(', ') || undefined,
});

const holidaysOf = ({ bankHolidays }: Choices): Readonly<Record<string, string>> =>
  Object.fromEntries(
    nations.flatMap((nation) =>
      (bankHolidays[nation] ?? []).map(({ date, name }) => [
        `bankHolidays.${nation}.${date}`,
        name === null ? 'working_day' : 'bank_holiday',
      ]),
    ),
  );

/** Everything that became different, by the name of the setting. */
export const differencesOf = (before: Choices, after: Choices): Difference[] => {
  const [was, became] = [before, after].map((choices) => ({ ...numbersOf(choices), ...holidaysOf(choices) }));
  const names = new Set([...Object.keys(was ?? {}), ...Object.keys(became ?? {})]);
  return [...names].flatMap((setting) => {
    const [old, now] = [was?.[setting] ?? null, became?.[setting] ?? null];
    return old === now ? [] : [{ setting, was: old, became: now }];
  });
};
