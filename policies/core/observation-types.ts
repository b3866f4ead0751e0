/**
 * The ten observation types: the members' proposal, and documents.
 * Source: need-to-know.md, section 3. Limits and special rules are product defaults.
 */
import { numberOf } from './words/number-of.js';

export const observationTypeKeys = [
  'strategy_discussion',
  'legal_gatekeeping',
  'assessment_team',
  'initial_child_protection_conference',
  'core_group',
  'child_in_need_team',
  'safeguarding_unit',
  'safeguarding_board',
  'childs_journey',
  'document_inspection',
] as const;
export type ObservationTypeKey = (typeof observationTypeKeys)[number];

export const parties = [
  'chair',
  'police',
  'health',
  'legal',
  'manager',
  'staff',
  'family',
  'child',
  'members',
  'head_of_unit',
  'partners',
  'hosts',
] as const;
export type Party = (typeof parties)[number];

/** The bars that a lawful route opens, and that a council may in spite of it never let members observe (a council rule). */
export const routedBars = ['proceedings', 'court_order', 'adoption', 'criminal', 'lado'] as const;
export type RoutedBar = (typeof routedBars)[number];
/** What in law may stand in the way of an observation: need-to-know.md, section 2, `legal_bars`. */
export type LegalBar = RoutedBar | 'privilege' | 'adoption_order';

export interface ObservationType {
  readonly key: ObservationTypeKey;
  readonly label: string;
  /** The officer who hosts or chairs what is observed. */
  readonly host: string;
  /** The parties who must agree; each one needs an answer, each time. */
  readonly parties: readonly Party[];
  readonly tiedToCase: 'yes' | 'several' | 'mostly_not';
  /** The limit of one event, in words. */
  readonly limit: string;
  /** The special rules, in words that a councillor can read. */
  readonly rules: readonly string[];
  /** Only the head of Children's Services signs for Children's Services (strategy discussions). */
  readonly signedByHead: boolean;
  /** The legal bars that end this type even where a lawful route is given (a child's journey). */
  readonly barredOutright: readonly ('proceedings' | 'adoption')[];
  /** The longest window of one request, in months; null where the type sets none. */
  readonly maxWindowMonths: number | null;
  /** The longest window of all requests that continue one another, in months; null where none may. */
  readonly maxMonthsInAll: number | null;
  /** The longest visit, in hours; null where a meeting lasts as long as it lasts. */
  readonly maxHours: number | null;
  /** Whether there is one observer at most. */
  readonly oneObserver: boolean;
  /** At least how many working days before the event the family is asked. */
  readonly familyNoticeDays: number;
  /** Whether nothing starts before the conference was held. */
  readonly startsAtConference: boolean;
}

/** The limits that a council may change. The words of a type that state a limit are made from it. */
export type Limits = Pick<
  ObservationType,
  'maxWindowMonths' | 'maxMonthsInAll' | 'maxHours' | 'familyNoticeDays'
>;

/** The words of a type, or how its limits make them. */
type Words = string | ((limits: Limits) => string);

const wordsFor =
  (limits: Limits) =>
  (words: Words): string =>
    typeof words === 'string' ? words : words(limits);

/** Hours in half a day, as section 3 calls the limit of a visit to a team. */
const halfDay = 4;

const visitLimit = ({ maxHours }: Limits): string =>
  maxHours === null || maxHours === halfDay ? 'Half a day' : numberOf(maxHours, 'hour');

const stageLimit = ({ maxWindowMonths, maxMonthsInAll }: Limits): string =>
  `A stage of ${numberOf(maxWindowMonths ?? 0, 'month')} at most, ${numberOf(maxMonthsInAll ?? 0, 'month')} in all`;

const forAll = [
  'Accompanied throughout; no part in the discussion (a word aside with the host is allowed).',
  'No notes, devices, recording or papers, and no unsupervised contact with a child.',
  'Questions and challenges come afterwards, through the agreed protocol.',
];

/** The defaults for all that the table leaves out. */
const defaults = {
  signedByHead: false,
  barredOutright: [],
  maxWindowMonths: null,
  maxMonthsInAll: null,
  maxHours: null,
  oneObserver: false,
  familyNoticeDays: 0,
  startsAtConference: false,
} as const satisfies Partial<ObservationType>;

type Entry = Omit<ObservationType, 'key' | 'limit' | 'rules' | keyof typeof defaults> &
  Partial<Pick<ObservationType, keyof typeof defaults>> & {
    readonly limit: Words;
    readonly rules: readonly Words[];
  };

const table: Readonly<Record<ObservationTypeKey, Entry>> = {
  strategy_discussion: {
    label: 'Strategy discussion',
    host: 'Team manager',
    parties: ['chair', 'police', 'health'],
    tiedToCase: 'yes',
    limit: '1 meeting',
    rules: [
      'The Children’s Services sign-off is given by the Director.',
      'The meeting is never delayed for an observer.',
      'No family agreement can be obtained.',
    ],
    signedByHead: true,
  },
  legal_gatekeeping: {
    label: 'Legal gatekeeping meeting',
    host: 'Senior manager',
    parties: ['chair', 'legal'],
    tiedToCase: 'yes',
    limit: '1 meeting',
    rules: ['Legal confirms that privilege is kept; its approval records that confirmation.'],
  },
  assessment_team: {
    label: 'Assessment team',
    host: 'Team manager',
    parties: ['manager', 'staff'],
    tiedToCase: 'several',
    limit: visitLimit,
    maxHours: halfDay,
    rules: ['No screens, calls or home visits.'],
  },
  initial_child_protection_conference: {
    label: 'Initial child protection conference',
    host: 'Independent conference chair',
    parties: ['chair', 'family', 'child'],
    tiedToCase: 'yes',
    limit: '1 conference',
    rules: [
      'One observer at a conference.',
      ({ familyNoticeDays }) =>
        `The family is asked at least ${numberOf(familyNoticeDays, 'working day')} before.`,
      'The observer leaves any closed part.',
    ],
    oneObserver: true,
    familyNoticeDays: 1,
  },
  core_group: {
    label: 'Core group',
    host: 'Lead social worker',
    parties: ['family', 'child', 'members'],
    tiedToCase: 'yes',
    limit: '1 meeting',
    rules: [],
  },
  child_in_need_team: {
    label: 'Child in Need / Child Protection team',
    host: 'Team manager',
    parties: ['manager', 'staff'],
    tiedToCase: 'several',
    limit: visitLimit,
    maxHours: halfDay,
    rules: ['No home visits.'],
  },
  safeguarding_unit: {
    label: 'Safeguarding unit',
    host: 'Head of unit',
    parties: ['head_of_unit'],
    tiedToCase: 'several',
    limit: visitLimit,
    maxHours: halfDay,
    rules: ['Allegations work is excluded.'],
  },
  safeguarding_board: {
    label: 'LSCB (now the safeguarding partnership)',
    host: 'Chair',
    parties: ['chair', 'partners'],
    tiedToCase: 'mostly_not',
    limit: '1 meeting',
    rules: ['May include meeting the chair.', 'The observer leaves for case reviews.'],
  },
  childs_journey: {
    label: 'A child’s journey',
    host: 'Named co-ordinator, and a host for each stage',
    parties: ['hosts', 'family', 'child'],
    tiedToCase: 'yes',
    limit: stageLimit,
    rules: [
      'A further stage is a new request that continues the last and goes through the three seats again.',
      'A further stage is approved once the first attendance at the last is recorded, or that stage has ended.',
      'Starts no earlier than the conference.',
      'Ends at proceedings or adoption, whether or not there is a lawful route.',
    ],
    barredOutright: ['proceedings', 'adoption'],
    maxWindowMonths: 3,
    maxMonthsInAll: 6,
    startsAtConference: true,
  },
  document_inspection: {
    label: 'Inspection of documents',
    host: 'Records officer',
    parties: [],
    tiedToCase: 'yes',
    limit: '1 supervised sitting',
    rules: ['No copies and no notes.', 'Access by documents meets the same test as access by attendance.'],
  },
};

/** The observation type of that key with a council's own limits and label, in all its words. */
export const observationTypeWith = (
  key: ObservationTypeKey,
  chosen: Partial<Limits & Pick<ObservationType, 'label'>>,
): ObservationType => {
  const type = { ...defaults, ...table[key], ...chosen };
  const inWords = wordsFor(type);
  return { ...type, limit: inWords(type.limit), rules: [...type.rules.map(inWords), ...forAll], key };
};

/** Every observation type with its default limits, in the order of the proposal. */
export const observationTypes: readonly ObservationType[] = observationTypeKeys.map((key) =>
  observationTypeWith(key, {}),
);

const byKey = new Map(observationTypes.map((type) => [type.key, type]));

/** The observation type of that key. */
export const observationType = (key: ObservationTypeKey): ObservationType => {
  const type = byKey.get(key);
  if (!type) throw new Error(`No observation type ${key}`);
  return type;
};

/** How many events one request may ask for (need-to-know.md, section 3). */
export const eventsAllowed = { least: 1, most: 3 } as const;
