import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { access, type GrantStatus, type Limit } from '../../../policies/grant/access.js';
import type { Condition } from '../../../policies/grant/condition.js';
import type { Grant } from '../../../policies/grant/grant.js';
import type { Councillor, Standing } from '../../../policies/register/member.js';

/** The 20th of January 2027, at noon: inside the window of the grant below. */
const today = '2027-01-20';
const noon = new Date(`${today}T12:00:00Z`);

const councillor: Councillor = {
  kind: 'Councillor',
  id: 'c1',
  name: 'A Councillor',
  ward: 'Riverside',
  standing: 'sitting',
  term: { from: '2025-05-05', to: '2029-05-07' },
  appointments: [],
  training: [
    { kind: 'safeguarding', completed: '2026-01-10', expires: '2028-01-09' },
    { kind: 'data_protection', completed: '2026-01-10', expires: '2028-01-09' },
  ],
  undertaking: { version: 3, acceptedAt: new Date('2026-06-01T09:00:00Z') },
  finding: null,
  defeat: null,
};

const appointment = {
  id: 'committee',
  title: 'Scrutiny',
  kind: 'relevant_committee',
  from: '2025-05-20',
  to: '2027-05-31',
} as const;

const condition = (before: Condition['before'], state: Condition['state']): Condition => ({
  id: 'condition',
  text: 'Read the guidance first.',
  owner: 'councillor',
  before,
  state,
});

const grant: Grant = {
  kind: 'Grant',
  id: 'g1',
  reference: 'OBS-2026-0001',
  councillorId: 'c1',
  councillorName: 'A Councillor',
  hostId: 'h1',
  hostName: 'A Host',
  managerId: 'm1',
  conflicts: [],
  signedBefore: [],
  signers: [],
  named: [],
  actedBy: [],
  observationType: 'initial_child_protection_conference',
  window: { from: '2027-01-11', to: '2027-02-05' },
  events: 2,
  eventsUsed: 0,
  categories: ['process'],
  conditions: [condition('attendance', 'met'), condition('closing', 'pending')],
  madeAt: new Date('2026-12-01T10:00:00Z'),
  endedAt: null,
  endedBecause: null,
  endCause: null,
  endReasons: null,
  endTold: null,
  frozenAt: null,
  lasting: [],
  weighed: [],
  lapse: null,
  journeyEnded: false,
  appointment,
  councillor,
  protocolVersion: 3,
  open: [],
  visits: [],
};

const of = (changes: Partial<Grant>, now = noon) => access({ ...grant, ...changes }, now);
const member = (changes: Partial<Councillor>) => ({ councillor: { ...councillor, ...changes } });
const without = (kind: string) =>
  member({ training: councillor.training.filter((each) => each.kind !== kind) });
const expiring = (expires: string) =>
  member({
    training: councillor.training.map((each) => (each.kind === 'safeguarding' ? { ...each, expires } : each)),
  });

describe('a grant with nothing against it', () => {
  test('is active and allows attendance, and gives no reason why not', () => {
    expect(of({})).toEqual({ status: 'active', allowed: true, because: [] });
  });
});

describe('each limit alone stops attendance', () => {
  const cases: readonly (readonly [string, Partial<Grant>, Limit, GrantStatus])[] = [
    ['revoked', { endedBecause: 'revoked', endedAt: noon }, 'revoked', 'revoked'],
    ['lapsed', { endedBecause: 'lapsed', endedAt: noon }, 'lapsed', 'lapsed'],
    ['completed', { endedBecause: 'completed', endedAt: noon }, 'completed', 'completed'],
    ['frozen', { frozenAt: noon }, 'frozen', 'frozen'],
    [
      'a window that opens tomorrow',
      { window: { from: '2027-01-21', to: '2027-02-05' } },
      'window_not_open',
      'waiting',
    ],
    [
      'a window that closed yesterday',
      { window: { from: '2027-01-11', to: '2027-01-19' } },
      'window',
      'lapsed',
    ],
    [
      'three months from the start',
      { window: { from: '2026-10-20', to: '2027-02-05' } },
      'three_months',
      'lapsed',
    ],
    ['every event used', { eventsUsed: 2 }, 'events', 'completed'],
    [
      'a term that ended yesterday',
      member({ term: { from: '2025-05-05', to: '2027-01-19' } }),
      'term',
      'lapsed',
    ],
    ['a former member', member({ standing: 'former' }), 'term', 'lapsed'],
    ['a member elect', member({ standing: 'elect' }), 'term', 'waiting'],
    [
      'a term that begins tomorrow',
      member({ term: { from: '2027-01-21', to: '2031-05-04' } }),
      'term',
      'waiting',
    ],
    [
      'an appointment that ended',
      { appointment: { ...appointment, to: '2027-01-19' } },
      'appointment',
      'lapsed',
    ],
    ['no safeguarding training', without('safeguarding'), 'training', 'waiting'],
    ['no data protection training', without('data_protection'), 'training', 'waiting'],
    ['training that expired', expiring('2027-01-19'), 'training', 'lapsed'],
    ['no undertaking', member({ undertaking: null }), 'undertaking', 'waiting'],
    ['an undertaking in an earlier version', { protocolVersion: 4 }, 'undertaking', 'waiting'],
    [
      'a condition before attendance',
      { conditions: [condition('attendance', 'pending')] },
      'conditions',
      'waiting',
    ],
    ['a breached condition', { conditions: [condition('closing', 'breached')] }, 'conditions', 'waiting'],
    ['an agreement still pending', { open: ['agreements'] }, 'checks', 'waiting'],
    ['a connection still unchecked', { open: ['connection'] }, 'checks', 'waiting'],
    ['a prerequisite still booked', { open: ['prerequisites'] }, 'checks', 'waiting'],
  ];
  test.each(cases)('%s', (_, changes, limit, status) => {
    const result = of(changes);
    expect({ status: result.status, allowed: result.allowed }).toEqual({ status, allowed: false });
    expect(result.because.map((each) => each.limit)).toEqual([limit]);
    expect(result.because[0]?.explanation).toMatch(/^\p{Lu}.*\.$/u);
  });

  test('training that is to be completed tomorrow is not training today', () => {
    const training = councillor.training.map((each) => ({ ...each, completed: '2027-01-21' }));
    expect(of(member({ training })).because.map(({ limit }) => limit)).toContain('training');
  });
});

describe('the last day counts', () => {
  const lastDays: readonly (readonly [string, Partial<Grant>])[] = [
    ['of the window', { window: { from: '2027-01-11', to: today } }],
    ['the first of the window', { window: { from: today, to: '2027-02-05' } }],
    ['of three months', { window: { from: '2026-10-21', to: '2027-02-05' } }],
    ['of the term', member({ term: { from: '2025-05-05', to: today } })],
    ['of the appointment', { appointment: { ...appointment, to: today } }],
    ['of the training', expiring(today)],
  ];
  test.each(lastDays)('%s', (_, changes) => {
    expect(of(changes).allowed).toBe(true);
  });

  test('the day is London’s: half an hour before midnight in UTC it is the next day in summer', () => {
    const summer = { window: { from: '2027-06-01', to: '2027-06-30' }, appointment: null };
    expect(of(summer, new Date('2027-06-30T22:59:59Z')).allowed).toBe(true);
    expect(of(summer, new Date('2027-06-30T23:30:00Z')).because.map(({ limit }) => limit)).toEqual([
      'window',
    ]);
    expect(of(summer, new Date('2027-05-31T23:30:00Z')).allowed).toBe(true);
  });
});

describe('not a limit', () => {
  const cases: readonly (readonly [string, Partial<Grant>])[] = [
    ['a role that needs no appointment', { appointment: null }],
    ['an appointment without an end', { appointment: { ...appointment, to: null } }],
    ['a co-opted member without a ward', member({ standing: 'coopted', ward: null })],
    ['a condition to be met before closing', { conditions: [condition('closing', 'pending')] }],
    ['an event used while another is left', { eventsUsed: 1 }],
  ];
  test.each(cases)('%s', (_, changes) => {
    expect(of(changes)).toMatchObject({ status: 'active', allowed: true });
  });
});

describe('limits together', () => {
  test('are all named', () => {
    const { because, allowed } = of({
      frozenAt: noon,
      eventsUsed: 2,
      window: { from: '2026-09-01', to: '2027-01-19' },
      protocolVersion: 4,
      ...member({ training: [], standing: 'former' }),
      conditions: [condition('attendance', 'pending')],
      open: ['agreements'],
      appointment: { ...appointment, to: '2027-01-01' },
    });
    expect(allowed).toBe(false);
    expect(new Set(because.map(({ limit }) => limit))).toEqual(
      new Set([
        'frozen',
        'window',
        'three_months',
        'events',
        'conditions',
        'checks',
        'term',
        'appointment',
        'training',
        'undertaking',
      ]),
    );
  });

  test('a limit that is over comes before a freeze, and the end of the grant before everything', () => {
    const over = { frozenAt: noon, window: { from: '2027-01-11', to: '2027-01-19' } };
    expect(of(over).status).toBe('lapsed');
    expect(of({ ...over, eventsUsed: 2 }).status).toBe('completed');
    expect(of({ ...over, eventsUsed: 2, endedBecause: 'revoked' }).status).toBe('revoked');
  });

  test('why it ended is never a party or a cause', () => {
    expect(of({ endedBecause: 'revoked' }).because[0]?.explanation).toBe('The council has ended this.');
  });
});

const day = fc.constantFrom('2026-10-01', '2026-10-20', '2027-01-19', today, '2027-01-21', '2027-06-01');
const maybeDay = fc.option(day, { nil: null });
const anyGrant: fc.Arbitrary<Grant> = fc
  .record({
    from: day,
    to: day,
    events: fc.integer({ min: 1, max: 3 }),
    eventsUsed: fc.integer({ min: 0, max: 3 }),
    ended: fc.constantFrom(null, null, null, 'revoked', 'lapsed', 'completed'),
    frozen: fc.constantFrom(null, null, noon),
    standing: fc.constantFrom<Standing[]>('sitting', 'sitting', 'coopted', 'elect', 'former'),
    termTo: maybeDay,
    appointmentTo: fc.option(maybeDay, { nil: undefined }),
    safeguarding: maybeDay,
    dataProtection: maybeDay,
    undertaking: fc.constantFrom(null, 2, 3, 3),
    condition: fc.option(
      fc.tuple(fc.constantFrom('attendance', 'closing'), fc.constantFrom('pending', 'met', 'breached')),
      { nil: null },
    ),
    open: fc.subarray(['agreements', 'connection', 'prerequisites'] as const),
  })
  .map((made) => ({
    ...grant,
    window: { from: made.from, to: made.to },
    events: made.events,
    eventsUsed: made.eventsUsed,
    endedBecause: made.ended,
    frozenAt: made.frozen,
    appointment: made.appointmentTo === undefined ? null : { ...appointment, to: made.appointmentTo },
    conditions: made.condition ? [condition(made.condition[0], made.condition[1])] : [],
    open: made.open,
    councillor: {
      ...councillor,
      standing: made.standing,
      term: { from: '2025-05-05', to: made.termTo },
      training: [
        ...(made.safeguarding
          ? [{ kind: 'safeguarding', completed: '2026-01-10', expires: made.safeguarding }]
          : []),
        ...(made.dataProtection
          ? [{ kind: 'data_protection', completed: '2026-01-10', expires: made.dataProtection }]
          : []),
      ],
      undertaking: made.undertaking === null ? null : { version: made.undertaking, acceptedAt: noon },
    },
  }));

/** Each limit by itself, as the design puts it; no order and no words. */
const naive = (given: Grant): boolean => {
  const { councillor: who, window, appointment: relied, conditions } = given;
  const [year = 0, month = 1, date = 1] = window.from.split('-').map(Number);
  const threeMonthsOn = new Date(Date.UTC(year, month - 1 + 3, date)).toISOString().slice(0, 10);
  const runs = (kind: string) => who.training.some((each) => each.kind === kind && each.expires >= today);
  return (
    given.endedBecause === null &&
    given.frozenAt === null &&
    window.from <= today &&
    today <= window.to &&
    today < threeMonthsOn &&
    given.eventsUsed < given.events &&
    (who.standing === 'sitting' || who.standing === 'coopted') &&
    (who.term.to === null || today <= who.term.to) &&
    (relied === null || (relied !== 'gone' && (relied.to === null || today <= relied.to))) &&
    runs('safeguarding') &&
    runs('data_protection') &&
    who.undertaking?.version === given.protocolVersion &&
    conditions.every(
      ({ before, state }) => state === 'met' || (state === 'pending' && before === 'closing'),
    ) &&
    given.open.length === 0
  );
};

describe('for any facts', () => {
  test('attendance is allowed exactly when every limit, checked by itself, holds', () => {
    let allowed = 0;
    fc.assert(
      fc.property(fc.oneof(anyGrant, fc.constant(grant)), (given) => {
        const result = access(given, noon);
        expect(result.allowed).toBe(naive(given));
        if (result.allowed) allowed += 1;
      }),
      { numRuns: 3000 },
    );
    expect(allowed).toBeGreaterThan(0);
  });

  test('it is allowed exactly when no reason speaks against it, and then the grant is active', () => {
    fc.assert(
      fc.property(anyGrant, (given) => {
        const { allowed, because, status } = access(given, noon);
        expect(allowed).toBe(because.length === 0);
        expect(allowed).toBe(status === 'active');
      }),
      { numRuns: 1000 },
    );
  });
});
