/**
 * A council's settings: the days on which its offices work, how many of them each step may take, the names of the
 * observation types and how long they may last. Everything starts at the defaults of need-to-know.md, sections 3 and
 * 7; the database holds only the differences from them.
 */
import { capitalised } from '../core/words/capitalised.js';
import { periods as defaultPeriods, type Period, type Periods } from '../core/time/deadlines.js';
import {
  observationType,
  observationTypeKeys,
  observationTypeWith,
  type ObservationType,
  type ObservationTypeKey,
} from '../core/observation-types.js';
import type { RoutedBar } from '../core/observation-types.js';
import { offices } from '../core/office.js';
import type { RetentionKind } from '../retention/retention.js';
import type { Adopted } from './adopted.js';
import { calendarOf, type Nation } from './bank-holidays.js';
import type { ClearDays } from '../core/time/clear-days.js';
import { noCaseReferences, type CaseReferences } from './case-references.js';
import type { Governance } from './governance.js';
import { withProclaimed, type Calendar, type ProclaimedDay } from '../core/time/working-days.js';
import { withoutUndefined } from '../core/fields/without-undefined.js';

/** The part of a type that a council may change; `null` removes a limit. */
export interface TypeChoice {
  readonly label?: string | undefined;
  /** The longest visit, in hours. */
  readonly maxHours?: number | undefined;
  /** The longest window of one request, in months. */
  readonly maxWindowMonths?: number | undefined;
  /** The longest window of all requests that continue one another, in months. */
  readonly maxMonthsInAll?: number | undefined;
  /** At least how many working days before the event the family is asked. */
  readonly familyNoticeDays?: number | undefined;
}

/** What a council may call by a name of its own: its offices, and the area that a member sits for. Codes stay. */
export const namedThings = [...offices, 'ward'] as const;
export type NamedThing = (typeof namedThings)[number];

/** As it is stored: every choice a council has made, and nothing that it left at its default. */
export interface Choices {
  readonly nation: Nation;
  /** Working days. */
  readonly periods: Readonly<Partial<Record<Period, number | undefined>>>;
  readonly types: Readonly<Partial<Record<ObservationTypeKey, TypeChoice | undefined>>>;
  /** Laid over the nation's known bank holidays, from the list that GOV.UK publishes; by date. */
  readonly bankHolidays: Readonly<Partial<Record<Nation, readonly ProclaimedDay[] | undefined>>>;
  /** Months; beside the schedule itself, so that its history shows with the rest. */
  readonly retention: Readonly<Partial<Record<RetentionKind, number | undefined>>>;
  /** As people read them in the middle of a sentence: `Director of Law`, `division`. */
  readonly names: Readonly<Partial<Record<NamedThing, string | undefined>>>;
  /** The document in which the council’s own rules stand; null where it has named none. */
  readonly adopted: Adopted | null;
  readonly governance: Governance;
  readonly clearDays: ClearDays;
  /** The bars that members never observe here, whether or not there is a lawful route: a council rule. */
  readonly neverObserved: readonly RoutedBar[];
  /** How the case system writes its references. */
  readonly caseReferences: CaseReferences;
}

/** What the rules read: the calendar, the periods, and this council's types. */
export interface Settings extends Calendar {
  readonly choices: Choices;
  /**
   * The number of the change that made them; 0 for a council that has changed nothing, and for settings that are not
   * stored.
   */
  readonly revision: number;
  readonly periods: Periods;
  /** The observation type of that key, with this council's label and limits. */
  type(key: ObservationTypeKey): ObservationType;
}

/** The first day of every council that has set nothing. */
export const noChoices: Choices = {
  nation: 'england_and_wales',
  periods: {},
  types: {},
  bankHolidays: {},
  retention: {},
  names: {},
  adopted: null,
  governance: 'leader_and_cabinet',
  clearDays: 'calendar_days',
  neverObserved: [],
  caseReferences: noCaseReferences,
};

const typeAs = (key: ObservationTypeKey, choice: TypeChoice | undefined): ObservationType =>
  choice ? observationTypeWith(key, withoutUndefined(choice)) : observationType(key);

/** The settings that a council's choices make; `revision` where they are kept. */
export const settingsOf = (choices: Choices, revision = 0): Settings => {
  const calendar = withProclaimed(calendarOf(choices.nation), choices.bankHolidays[choices.nation] ?? []);
  const types = new Map(observationTypeKeys.map((key) => [key, typeAs(key, choices.types[key])]));
  return {
    choices,
    revision,
    holiday: (date) => calendar.holiday(date),
    periods: { ...defaultPeriods, ...withoutUndefined(choices.periods) },
    type: (key) => types.get(key) ?? observationType(key),
  };
};

/** The settings of a council that has changed nothing: need-to-know.md as it is written. */
export const defaultSettings: Settings = settingsOf(noChoices);

/** Every observation type as this council has it, in the order of the proposal. */
export const typesOf = (settings: Settings): readonly ObservationType[] =>
  observationTypeKeys.map((key) => settings.type(key));

/**
 * The names that the council has given to types, to offices, and to the area of a member (`ward_name`: the code `ward` is
 * a role on which a member relies), where they are not the usual ones.
 */
export const labelsOf = ({ choices }: Settings): Readonly<Record<string, string>> =>
  Object.fromEntries([
    ...Object.entries(choices.types).flatMap(([key, choice]): [string, string][] =>
      choice?.label === undefined ? [] : [[key, choice.label]],
    ),
    ...offices.flatMap((office): [string, string][] => {
      const name = choices.names[office];
      return name === undefined ? [] : [[office, name]];
    }),
    ...(choices.names.ward === undefined ? [] : [['ward_name', capitalised(choices.names.ward)] as const]),
  ]);

/** What the council calls the area that a member sits for. */
export const wardOf = ({ choices }: Settings): string => choices.names.ward ?? 'ward';
