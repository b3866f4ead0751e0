/**
 * Random histories of a grant and one of its visits: a list of dated events, from which both the record
 * that the rules read is built and, by a naive replay, what held at any moment. The replay is written from
 * need-to-know.md, section 6, and shares nothing with the rules: plain loops and conditions.
 */
import fc from 'fast-check';
import type { GrantRecord, Registered, VisitRecord } from '../../policies/grant/grant-record.js';
import type { Since } from '../../policies/core/time/spans.js';
import type { Condition } from '../../policies/grant/condition.js';
import type { Training } from '../../policies/register/member.js';
import type { Visit, VisitEnd } from '../../policies/visit/visit.js';

/** The cases that a visit of a history may be about. */
type CaseName = 'CP-1' | 'CP-2';
const anyCase = fc.constantFrom<CaseName | null>('CP-1', 'CP-1', 'CP-2', null);

/** What may happen, beside the time at which it does. */
export type Happening =
  | {
      readonly what: 'plan';
      readonly date: string;
      readonly chaperone: boolean;
      readonly caseNamed: CaseName | null;
    }
  | {
      readonly what: 'check';
      readonly question: 'connection';
      readonly answer: string;
      readonly reason: boolean;
    }
  | {
      readonly what: 'check';
      readonly question: 'agreements';
      readonly answer: Readonly<Record<string, string>>;
      readonly reason: boolean;
    }
  | {
      readonly what: 'check';
      readonly question: 'legal_bars';
      readonly answer: readonly { readonly bar: string; readonly lawfulRoute?: string }[];
      readonly reason: boolean;
      /** By the host, who reports; else by Legal, who answer. */
      readonly reported?: boolean;
    }
  | {
      readonly what: 'condition';
      readonly before: 'attendance' | 'closing';
      readonly state: Condition['state'];
    }
  | { readonly what: 'freeze' | 'release' | 'revoke' | 'arrival' }
  | { readonly what: 'visit_ends'; readonly because: VisitEnd; readonly journey: boolean }
  | { readonly what: 'standing'; readonly standing: 'sitting' | 'coopted' | 'former' }
  | { readonly what: 'term'; readonly from: string; readonly to: string | null }
  // A day, null, or `removed`.
  | { readonly what: 'appointment'; readonly to: string | null }
  | { readonly what: 'training'; readonly kind: string; readonly completed: string; readonly expires: string }
  | { readonly what: 'defeat'; readonly poll: string; readonly declared: Date }
  | { readonly what: 'new_term'; readonly from: string }
  | { readonly what: 'protocol' | 'acceptance'; readonly version: number };

export type Event = Happening & { readonly at: Date };

/** The window crosses the change to summer time; half a year of room around it. */
export const window = { from: '2027-03-15', to: '2027-04-16' };
const threeMonthsOn = '2027-06-15';
const origin = Date.parse('2027-03-01T00:00:00Z');
export const madeAt = new Date('2027-03-02T12:00:00Z');
const parties = ['family', 'child', 'members'];

const minute = fc.constantFrom(
  0,
  1,
  59,
  8 * 60,
  9 * 60 + 59,
  10 * 60,
  11 * 60,
  12 * 60 + 30,
  22 * 60 + 30,
  23 * 60,
  23 * 60 + 59,
);
/** Mostly in the window, sometimes long before or after. */
const dayOffset = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 10, max: 50 }) },
  { weight: 1, arbitrary: fc.integer({ min: 2, max: 10 }) },
  { weight: 1, arbitrary: fc.integer({ min: 50, max: 120 }) },
);
export const moment = fc
  .tuple(dayOffset, minute)
  .map(([day, minutes]) => new Date(origin + day * 86_400_000 + minutes * 60_000));
const day = dayOffset.map((offset) => new Date(origin + offset * 86_400_000).toISOString().slice(0, 10));

const said = (values: readonly string[]) => fc.constantFrom(...values);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({
    what: fc.constant('plan' as const),
    date: day,
    chaperone: fc.boolean(),
    caseNamed: anyCase,
  }),
  fc.record({
    what: fc.constant('check' as const),
    question: fc.constant('connection' as const),
    answer: said(['none', 'none', 'professional', 'ward', 'personal', 'unchecked']),
    reason: fc.boolean(),
  }),
  fc.record({
    what: fc.constant('check' as const),
    question: fc.constant('agreements' as const),
    answer: fc
      .tuple(
        ...parties.map(() =>
          said(['agreed', 'agreed', 'agreed', 'refused', 'pending', 'not_applicable', '']),
        ),
      )
      .map((answers) =>
        Object.fromEntries(
          answers.flatMap((answer, index) => (answer ? [[parties[index] ?? '', answer]] : [])),
        ),
      ),
    reason: fc.boolean(),
  }),
  fc.record({
    what: fc.constant('check' as const),
    question: fc.constant('legal_bars' as const),
    answer: fc.oneof(
      fc.constant([]),
      fc.array(
        fc.oneof(
          fc.record({
            bar: said(['proceedings', 'court_order', 'privilege', 'adoption', 'criminal', 'lado']),
          }),
          fc.record({
            bar: said(['proceedings', 'court_order', 'adoption', 'criminal', 'lado', 'adoption_order']),
            lawfulRoute: said(['The court has agreed.', ' ']),
          }),
        ),
        { maxLength: 1 },
      ),
    ),
    reason: fc.boolean(),
  }),
  fc.record({
    what: fc.constant('check' as const),
    question: fc.constant('legal_bars' as const),
    answer: fc.array(fc.record({ bar: said(['proceedings', 'lado']) }), { maxLength: 1 }),
    reason: fc.constant(false),
    reported: fc.constant(true),
  }),
  fc.record({
    what: fc.constant('condition' as const),
    before: fc.constantFrom('attendance' as const, 'closing' as const),
    state: fc.constantFrom('pending' as const, 'met' as const, 'breached' as const),
  }),
  fc.record({ what: fc.constantFrom('freeze' as const, 'release' as const, 'arrival' as const) }),
  fc.record({ what: fc.constant('revoke' as const) }),
  fc.record({
    what: fc.constant('visit_ends' as const),
    because: fc.constantFrom('cancelled' as const, 'blocked' as const, 'withdrawn' as const),
    journey: fc.boolean(),
  }),
  fc.record({
    what: fc.constant('standing' as const),
    standing: fc.constantFrom('sitting' as const, 'coopted' as const, 'former' as const),
  }),
  fc.record({ what: fc.constant('term' as const), from: fc.constant('2025-05-06'), to: fc.option(day) }),
  fc.record({
    what: fc.constant('appointment' as const),
    to: fc.oneof(fc.constant(null), fc.constant('removed' as const), day),
  }),
  fc.record({
    what: fc.constant('training' as const),
    kind: said(['safeguarding', 'data_protection']),
    completed: day,
    expires: fc.constantFrom('2027-03-20', '2027-04-01', '2029-01-01'),
  }),
  fc.record({ what: fc.constant('defeat' as const), poll: day, declared: moment }),
  fc.record({ what: fc.constant('new_term' as const), from: day }),
  fc.record({ what: fc.constant('protocol' as const), version: fc.integer({ min: 2, max: 3 }) }),
  fc.record({ what: fc.constant('acceptance' as const), version: fc.integer({ min: 1, max: 3 }) }),
);

const firstPlan = fc
  .record({
    what: fc.constant('plan' as const),
    date: day,
    chaperone: fc.constant(true),
    caseNamed: fc.constant<CaseName>('CP-1'),
  })
  .map((plan): Event => ({ ...plan, at: new Date(madeAt.getTime() + 60_000) }));

/** Everything in order at first, now and then with less of it, so that access is allowed often enough. */
const inOrder: readonly Happening[] = [
  { what: 'check', question: 'connection', answer: 'none', reason: false },
  {
    what: 'check',
    question: 'agreements',
    answer: { family: 'agreed', child: 'agreed', members: 'agreed' },
    reason: false,
  },
  { what: 'check', question: 'legal_bars', answer: [], reason: false },
  { what: 'condition', before: 'attendance', state: 'met' },
];

/** A history: a plan, mostly with every check in order, and up to eight things that happen to it. */
export const history: fc.Arbitrary<readonly Event[]> = fc
  .tuple(
    firstPlan,
    fc.subarray([...inOrder], { minLength: 3 }),
    fc.array(fc.tuple(happening, moment), { maxLength: 8 }),
  )
  .map(([plan, ordered, rest]) =>
    [
      plan,
      ...ordered.map((each, index): Event => ({
        ...each,
        at: new Date(madeAt.getTime() + (2 + index) * 60_000),
      })),
      ...rest.map(([each, at]): Event => ({ ...each, at })),
    ].toSorted((a, b) => a.at.getTime() - b.at.getTime()),
  );

/** What breaks a limit and is put right again: each pair passes, and leaves nothing behind. */
const passing: readonly (readonly [Happening, Happening])[] = [
  [{ what: 'freeze' }, { what: 'release' }],
  [
    { what: 'check', question: 'connection', answer: 'unchecked', reason: false },
    { what: 'check', question: 'connection', answer: 'none', reason: false },
  ],
  [
    {
      what: 'check',
      question: 'agreements',
      answer: { family: 'pending', child: 'agreed', members: 'agreed' },
      reason: false,
    },
    {
      what: 'check',
      question: 'agreements',
      answer: { family: 'agreed', child: 'agreed', members: 'agreed' },
      reason: false,
    },
  ],
  [
    { what: 'condition', before: 'attendance', state: 'breached' },
    { what: 'condition', before: 'attendance', state: 'met' },
  ],
  [
    { what: 'protocol', version: 2 },
    { what: 'acceptance', version: 2 },
  ],
];

/** What ends a limit for good, or until more is done. */
const lasting: readonly (readonly Happening[])[] = [
  [{ what: 'arrival' }],
  [{ what: 'arrival' }, { what: 'arrival' }],
  [{ what: 'freeze' }],
  [{ what: 'revoke' }],
  ...(['cancelled', 'blocked', 'withdrawn'] as const).map((because) => [
    { what: 'visit_ends', because, journey: false } as const,
  ]),
  [{ what: 'visit_ends', because: 'blocked', journey: true }],
  [{ what: 'standing', standing: 'former' }],
  [{ what: 'appointment', to: 'removed' }],
  [{ what: 'protocol', version: 2 }],
  [{ what: 'condition', before: 'attendance', state: 'pending' }],
  [{ what: 'condition', before: 'closing', state: 'breached' }],
];

/** A day in the window on which everything that stood at first still stands. */
const goodDay = fc
  .integer({ min: 15, max: 36 })
  .map((offset) => new Date(origin + offset * 86_400_000).toISOString().slice(0, 10));

/** Minutes around half past ten of the visit's day, and now and then the days before. */
const around = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -120, max: 120 }) },
  { weight: 1, arbitrary: fc.integer({ min: -4000, max: -120 }) },
);

/**
 * A history in which everything is in order except one thing: among many faults at once no limit decides alone, so
 * nobody would notice if one were missing from the rules.
 */
export const nearly: fc.Arbitrary<readonly Event[]> = fc
  .tuple(
    goodDay,
    fc.oneof(
      fc.constant([]),
      fc.constantFrom(...lasting),
      fc.constantFrom(...passing),
      happening.map((each) => [each]),
      // The same day, with something of the plan taken back.
      fc.record({ chaperone: fc.boolean(), caseNamed: anyCase }).map((kept) => [{ replan: kept }]),
      // Moved to that day from the one before, of which everybody had been asked.
      fc.constant([{ replan: {}, moved: true }]),
    ),
    fc.tuple(around, around),
  )
  .map(([date, disturbance, times]) => {
    const start = madeAt.getTime();
    const middle = Date.parse(`${date}T10:30:00Z`);
    const inTurn = times.toSorted((a, b) => a - b);
    const plan = { what: 'plan', date, chaperone: true, caseNamed: 'CP-1' } as const;
    const planned = disturbance.some((each) => 'moved' in each)
      ? { ...plan, date: plusDays(date, -1) }
      : plan;
    return [
      ...[planned, ...inOrder].map((each, index): Event => ({
        ...each,
        at: new Date(start + (1 + index) * 60_000),
      })),
      ...disturbance.map((each, index): Event => ({
        ...('replan' in each ? { ...plan, ...each.replan } : each),
        at: new Date(middle + (inTurn[index] ?? 0) * 60_000),
      })),
    ].toSorted((a, b) => a.at.getTime() - b.at.getTime());
  });

// The record, as the database would have it.

const firstTraining: readonly Training[] = [
  { kind: 'safeguarding', completed: '2026-05-01', expires: '2027-04-10' },
  { kind: 'data_protection', completed: '2026-05-01', expires: '2029-01-01' },
];
const firstRegister: Registered = {
  ward: 'Riverside',
  standing: 'sitting',
  term: { from: '2025-05-06', to: '2029-05-06' },
  appointments: [
    { id: 'relied', title: 'Scrutiny', kind: 'relevant_committee', from: '2025-05-20', to: null },
  ],
  training: firstTraining,
  defeat: null,
};

const changed = (register: Registered, event: Event): Registered | null => {
  switch (event.what) {
    case 'standing':
      return { ...register, standing: event.standing };
    case 'term':
      return { ...register, term: { from: event.from, to: event.to } };
    case 'appointment':
      return {
        ...register,
        appointments:
          event.to === 'removed'
            ? []
            : [
                {
                  id: 'relied',
                  title: 'Scrutiny',
                  kind: 'relevant_committee',
                  from: '2025-05-20',
                  to: event.to,
                },
              ],
      };
    case 'training':
      return {
        ...register,
        training: [
          ...register.training,
          { kind: event.kind, completed: event.completed, expires: event.expires },
        ],
      };
    case 'defeat':
      return { ...register, defeat: { poll: event.poll, declaredAt: event.declared } };
    case 'new_term':
      return { ...register, standing: 'sitting', term: { from: event.from, to: '2031-05-06' }, defeat: null };
    default:
      return null;
  }
};

const people = {
  councillorId: 'c',
  hostId: 'h',
  managerId: 'm',
  conflicts: [],
  signedBefore: [],
  signers: [],
  named: [],
  reference: 'OBS-2027-0001',
  councillorName: 'A councillor',
  hostName: 'A host',
  actedBy: [],
};

/** The first of its kind; what ended once does not end again. */
const first = <K extends Event['what']>(events: readonly Event[], what: K) =>
  events.find((event): event is Event & { readonly what: K } => event.what === what);

const planOf = (event: Event & { readonly what: 'plan' }) => ({
  date: event.date,
  from: '10:00',
  to: '12:00',
  caseReference: event.caseNamed,
  chaperone: event.chaperone ? 'The manager' : null,
  conferenceOn: null,
});

const checkOf = (event: Event & { readonly what: 'check' }): Visit['checks'] => ({
  [event.question]: {
    answer: event.answer,
    ...(event.reason ? { reason: 'It is explained.' } : {}),
  },
});

/** What is planned after these events. */
const planAmong = (events: readonly Event[]): { caseNamed: CaseName | null; date: string } => {
  const plan = events.findLast(({ what }) => what === 'plan');
  return plan?.what === 'plan' ? plan : { caseNamed: null, date: '' };
};

/** The record that these events leave. */
export const recordOf = (
  events: readonly Event[],
): { readonly record: GrantRecord; readonly visit: VisitRecord } => {
  const ofKind = <K extends Event['what']>(what: K) =>
    events.filter((event): event is Event & { readonly what: K } => event.what === what);
  const register: Since<Registered>[] = [{ at: new Date(0), value: firstRegister }];
  for (const event of events) {
    const next = changed(register.at(-1)?.value ?? firstRegister, event);
    if (next) register.push({ at: event.at, value: next });
  }
  const freezes: { from: Date; to: Date | null }[] = [];
  for (const event of events) {
    if (event.what === 'freeze') freezes.push({ from: event.at, to: null });
    if (event.what === 'release') for (const freeze of freezes) freeze.to ??= event.at;
  }
  const ended = first(events, 'visit_ends');
  const revoked = first(events, 'revoke');
  const visit: VisitRecord = {
    ...people,
    kind: 'Visit',
    id: 'v',
    grantId: 'g',
    observationType: 'core_group',
    plannedAt: events[0]?.at ?? madeAt,
    plans: ofKind('plan').map((event) => ({
      at: event.at,
      value: planOf(event),
      caseKey: event.caseNamed && event.caseNamed.replace('-', ''),
    })),
    checked: ofKind('check').map((event) => {
      // The database notes both as the answer is written.
      const { caseNamed, date } = planAmong(events.slice(0, events.indexOf(event)));
      return {
        at: event.at,
        value: checkOf(event),
        caseKey: caseNamed?.replace('-', '') ?? null,
        date,
        reported: event.question === 'legal_bars' && event.reported === true,
      };
    }),
    endedAt: ended?.at ?? null,
    endedBecause: ended?.because ?? null,
    journeyEndedAt: ended?.journey ? ended.at : null,
    attendance: null,
  };
  const states = (before: 'attendance' | 'closing') =>
    ofKind('condition')
      .filter((event) => event.before === before)
      .map(({ at, state }) => ({ at, value: state }));
  const conditions = (['attendance', 'closing'] as const).map((before) => ({
    id: before,
    text: 'A condition.',
    owner: 'host' as const,
    before,
    states: states(before),
  }));
  const versions = new Map<number, Date>();
  for (const { version, at } of ofKind('protocol')) if (!versions.has(version)) versions.set(version, at);
  const accepted = new Map<number, Date>([[1, new Date(0)]]);
  for (const { version, at } of ofKind('acceptance')) if (!accepted.has(version)) accepted.set(version, at);
  const since = (facts: Map<number, Date>) =>
    [...facts].map(([value, at]) => ({ at, value })).toSorted((a, b) => a.value - b.value);
  return {
    visit,
    record: {
      ...people,
      kind: 'Grant',
      id: 'g',
      observationType: 'core_group',
      window,
      events: 2,
      categories: ['process'],
      madeAt,
      endedAt: revoked?.at ?? null,
      endedBecause: revoked ? 'revoked' : null,
      endCause: revoked ? 'council_decision' : null,
      endReasons: revoked ? 'No longer needed.' : null,
      endTold: null,
      conditions,
      freezes: freezes.map((freeze) => ({ ...freeze, confirmedAt: null, closedAt: null, hearing: null })),
      arrivals: ofKind('arrival').map(({ at }) => at),
      appointmentId: 'relied',
      member: { id: 'c', name: 'A councillor', finding: null },
      register,
      acceptances: since(accepted),
      protocols: since(new Map([[1, new Date(0)], ...versions])),
      journeyEnds: [],
      leftOpen: [],
      visits: [visit],
    },
  };
};

// The naive replay.

const londonDays = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const dayOf = (at: Date): string => londonDays.format(at);
const londonTimes = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const timeOf = (at: Date): string => londonTimes.format(at);
const plusDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

interface Naive {
  /** The limits that are over for good at that moment, and those that are not met. */
  readonly over: readonly string[];
  readonly open: readonly string[];
  readonly revoked: boolean;
}

interface Ends {
  readonly termTo: string | null;
  readonly appointmentTo: string | null;
  readonly defeat: { readonly poll: string; readonly declared: Date } | null;
}

/**
 * The ends of the current term and of the appointment at that moment, from the last entry after it: for the term only
 * entries in which it is still the same term, for the appointment those that still have it.
 */
const endsEnteredAfter = (events: readonly Event[], at: Date): Ends => {
  let termFrom = '2025-05-06';
  let termTo: string | null = '2029-05-06';
  let appointment: string | null = null;
  let defeat: Ends['defeat'] = null;
  let fromThen = termFrom;
  const ends: { -readonly [K in keyof Ends]: Ends[K] } = { termTo: null, appointmentTo: null, defeat: null };
  for (const event of events) {
    if (event.what === 'term') {
      termFrom = event.from;
      termTo = event.to;
    } else if (event.what === 'new_term') {
      termFrom = event.from;
      termTo = '2031-05-06';
      defeat = null;
    } else if (event.what === 'appointment') {
      appointment = event.to;
    } else if (event.what === 'defeat') {
      defeat = { poll: event.poll, declared: event.declared };
    } else if (event.what !== 'standing' && event.what !== 'training') {
      continue;
    }
    if (event.at <= at) {
      fromThen = termFrom;
      continue;
    }
    if (termFrom === fromThen) {
      ends.termTo = termTo;
      ends.defeat = defeat;
    }
    if (appointment !== 'removed') ends.appointmentTo = appointment;
  }
  return ends;
};

/** The facts of the grant at that moment, by themselves. */
const grantHeld = (events: readonly Event[], at: Date): Naive => {
  const today = dayOf(at);
  let standing = 'sitting';
  let termFrom = '2025-05-06';
  let termTo: string | null = '2029-05-06';
  let appointmentTo: string | null = null;
  let defeat: { poll: string; declared: Date } | null = null;
  let frozen = false;
  let revoked = false;
  let used = 0;
  let journey = false;
  let inForce = 1;
  let visitEnded = false;
  const accepted = new Set([1]);
  const condition = { attendance: 'pending', closing: 'pending' };
  const training = firstTraining.map((each) => ({ ...each }));
  for (const event of events) {
    if (event.at > at) continue;
    switch (event.what) {
      case 'standing':
        standing = event.standing;
        break;
      case 'term':
        termFrom = event.from;
        termTo = event.to;
        break;
      case 'new_term':
        standing = 'sitting';
        termFrom = event.from;
        termTo = '2031-05-06';
        defeat = null;
        break;
      case 'appointment':
        appointmentTo = event.to;
        break;
      case 'training':
        training.push({ kind: event.kind, completed: event.completed, expires: event.expires });
        break;
      case 'defeat':
        defeat = { poll: event.poll, declared: event.declared };
        break;
      case 'freeze':
        frozen = true;
        break;
      case 'release':
        frozen = false;
        break;
      case 'revoke':
        revoked = true;
        break;
      case 'arrival':
        used += 1;
        break;
      case 'visit_ends':
        // Of two ends the first counts, and the second does not.
        if (!visitEnded && event.journey) journey = true;
        visitEnded = true;
        break;
      case 'protocol':
        if (event.version > inForce) inForce = event.version;
        break;
      case 'acceptance':
        accepted.add(event.version);
        break;
      case 'condition':
        condition[event.before] = event.state;
        break;
      default:
        break;
    }
  }
  // A later entry about an earlier end takes away, and gives nothing.
  const told = endsEnteredAfter(events, at);
  if (told.termTo !== null && (termTo === null || told.termTo < termTo)) termTo = told.termTo;
  if (defeat === null) defeat = told.defeat;
  if (appointmentTo !== 'removed' && told.appointmentTo !== null) {
    if (appointmentTo === null || told.appointmentTo < appointmentTo) appointmentTo = told.appointmentTo;
  }
  const over: string[] = [];
  const open: string[] = [];
  if (today < window.from) open.push('window_not_open');
  if (today > window.to) over.push('window');
  if (today >= threeMonthsOn) over.push('three_months');
  if (standing === 'former' || (termTo !== null && termTo < today)) over.push('term');
  // Elected, and not in office yet.
  else if (termFrom > today) open.push('term');
  if (defeat !== null && defeat.declared <= at) {
    if (today >= plusDays(defeat.poll, 4)) over.push('term');
    else open.push('seat_lost');
  }
  if (appointmentTo === 'removed' || (appointmentTo !== null && appointmentTo < today))
    over.push('appointment');
  for (const kind of ['safeguarding', 'data_protection']) {
    let lasts = '';
    for (const each of training) {
      if (each.kind === kind && each.completed <= today && each.expires > lasts) lasts = each.expires;
    }
    // What had expired before the approval was booked then: it is awaited, and ends nothing.
    if (lasts === '' || lasts < dayOf(madeAt)) open.push('training');
    else if (lasts < today) over.push('training');
  }
  let highest = 0;
  for (const version of accepted) if (version > highest) highest = version;
  if (highest !== inForce) open.push('undertaking');
  if (frozen) open.push('frozen');
  if (used >= 2) over.push('events');
  if (condition.attendance !== 'met' || condition.closing === 'breached') open.push('conditions');
  if (journey) over.push('journey');
  return { over, open, revoked };
};

/** Every moment at which something may have run out: each event, and each midnight in London. */
const everyMoment = (events: readonly Event[], until: Date): Date[] => {
  const moments = [madeAt, ...events.flatMap((e) => (e.what === 'defeat' ? [e.at, e.declared] : [e.at]))];
  for (let at = Date.parse('2027-03-01T00:00:00Z'); at <= until.getTime(); at += 86_400_000) {
    // Midnight in London is 00:00 or 23:00 the day before in UTC; both are looked at.
    moments.push(new Date(at), new Date(at - 3_600_000));
  }
  return moments.filter((at) => at >= madeAt && at <= until);
};

/**
 * The limits of the grant alone that do not hold at that moment; and those that were over first of all, which stay
 * over for good.
 */
export const naiveGrant = (
  events: readonly Event[],
  at: Date,
): { readonly now: ReadonlySet<string>; readonly first: readonly string[] } => {
  const now = grantHeld(events, at);
  if (now.revoked) return { now: new Set(['revoked']), first: [] };
  let earliest: { at: Date; limits: string[] } | null = null;
  for (const each of everyMoment(events, at)) {
    const { over } = grantHeld(events, each);
    // An event that is used up is no lapse.
    const lapsed = over.filter((limit) => limit !== 'events');
    if (lapsed.length > 0 && (earliest === null || each < earliest.at))
      earliest = { at: each, limits: lapsed };
  }
  return { now: new Set([...now.over, ...now.open]), first: earliest?.limits ?? [] };
};

/** Whether the visit itself stands at that moment: its day, its checks, its chaperone and its case. */
const naiveVisit = (events: readonly Event[], at: Date): ReadonlySet<string> => {
  const broken = new Set<string>();
  let plan: (Event & { readonly what: 'plan' }) | null = null;
  const given: {
    readonly check: Event & { readonly what: 'check' };
    readonly of: CaseName | null;
    readonly on: string | null;
  }[] = [];
  for (const event of events) {
    if (event.at > at) continue;
    if (event.what === 'plan') plan = event;
    if (event.what === 'check')
      given.push({ check: event, of: plan?.caseNamed ?? null, on: plan?.date ?? null });
    if (event.what === 'visit_ends') broken.add('visit_ended');
  }
  if (plan === null) return new Set(['unplanned']);
  const checks: Partial<Record<string, Event & { readonly what: 'check' }>> = {};
  for (const { check, of, on } of given) {
    // What was said of one case says nothing of another, and none is known to be the one meant but by its name.
    if (of !== (plan.caseNamed ?? null)) continue;
    // And who agreed to one day has not agreed to another.
    if (on !== plan.date) continue;
    if (check.question === 'legal_bars' && check.reported) {
      // A report answers nothing; one that names a bar takes Legal's answer back.
      if (check.answer.length > 0) checks['legal_bars'] = undefined;
    } else checks[check.question] = check;
  }
  if (dayOf(at) !== plan.date) broken.add('visit_date');
  else if (timeOf(at) < '09:30:00' || timeOf(at) > '12:30:00') broken.add('visit_time');
  if (!plan.chaperone) broken.add('chaperone');
  if (!plan.caseNamed) broken.add('case');
  const connection = checks['connection'];
  const isLinked = connection?.answer === 'professional' || connection?.answer === 'ward';
  if (connection?.answer !== 'none' && !(isLinked && connection?.reason)) broken.add('checks');
  const agreements = checks['agreements'];
  for (const party of parties) {
    const says = (agreements?.answer as Record<string, string> | undefined)?.[party];
    if (says !== 'agreed' && !(says === 'not_applicable' && agreements?.reason)) broken.add('checks');
  }
  const bars = checks['legal_bars'];
  if (bars === undefined) broken.add('checks');
  for (const bar of (bars?.answer ?? []) as readonly { bar: string; lawfulRoute?: string }[]) {
    const routed =
      ['proceedings', 'court_order', 'adoption', 'criminal', 'lado'].includes(bar.bar) &&
      (bar.lawfulRoute ?? '').trim() !== '';
    const privileged = bar.bar === 'privilege' && bars?.reason;
    if (!routed && !privileged) broken.add('checks');
  }
  return broken;
};

/** Whether every limit of the grant holds at that moment, and none was over before. */
export const naiveHolds = (events: readonly Event[], at: Date): boolean => {
  const { now, first: over } = naiveGrant(events, at);
  return now.size === 0 && over.length === 0;
};

/** Whether somebody might attend the visit at that moment. */
export const naiveAllowed = (events: readonly Event[], at: Date): boolean =>
  naiveHolds(events, at) && naiveVisit(events, at).size === 0;

/** Whether a person who is there may stay: beyond its hours too, which goes only beyond the scope. */
export const naiveStays = (events: readonly Event[], at: Date): boolean =>
  naiveHolds(events, at) && [...naiveVisit(events, at)].every((limit) => limit === 'visit_time');
