/** Review, remittal and the people named: need-to-know.md, section 4, and its ten days of section 7. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { abilityFor } from '../../../policies/permission/ability.js';
import { dueOf } from '../../../policies/request/clock.js';
import { permit } from '../../support/commands-by-name.js';
import { assertUnhindered } from '../../../policies/permission/permit.js';
import type { CaseFile } from '../../../policies/case/case-file.js';
import { askReview, nameReviewer } from '../../../policies/review/commands.js';
import type { Candidate } from '../../../policies/request/hosting.js';
import { Refusal } from '../../../policies/core/refusals.js';
import {
  assertDirectionDate,
  assertSuitable,
  nextRoute,
  isNamable,
  officeNamedFor,
  timeToAsk,
} from '../../../policies/review/review.js';
import { ruleOf } from '../../../policies/core/rules.js';
import type { Actor, Holding } from '../../../policies/people/actor.js';
import { seats, type Capacity, type Office, type Seat } from '../../../policies/core/office.js';
import type { Named } from '../../../policies/core/separated.js';
import type { ObservationRequest } from '../../../policies/request/request.js';
import { turnOf } from '../../../policies/request/turn.js';
import { defaultSettings } from '../../../policies/settings/settings.js';

const holds = (office: Office, capacity: Capacity = 'principal', head = false): Holding => ({
  office,
  capacity,
  head,
});
const deputy = (office: Office, of: string): Holding => ({
  ...holds(office, 'deputy'),
  deputyFor: { id: of, name: of },
  principalAbsent: false,
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

const request = (changes: Partial<ObservationRequest> = {}): ObservationRequest => ({
  kind: 'Request',
  id: 1,
  reference: 'OBS-2026-0001',
  status: 'refused',
  version: 1,
  submitted: true,
  submittedAt: new Date('2026-09-01T10:00:00Z'),
  createdAt: new Date('2026-09-01T09:00:00Z'),
  councillorId: 'asks',
  councillorName: 'The councillor who asks',
  hostId: 'host',
  hostName: 'The host',
  managerId: 'manager',
  managerName: 'The line manager',
  observationType: 'core_group',
  content: {},
  actedBy: [],
  conflicts: [],
  signedBefore: [],
  signers: [],
  named: [],
  namedIds: [],
  remittedAt: null,
  review: null,
  statutoryRight: null,
  seats: [],
  lifts: [],
  returns: [],
  decidedAt: new Date('2026-09-15T10:00:00Z'),
  withdrawnAt: null,
  grantId: null,
  endedAt: null,
  ...changes,
});

const refusalOf = (call: () => unknown) => {
  try {
    call();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, rule, authority, kind, errors } = error as Refusal & { errors?: { field: string }[] };
    return { status, rule, authority, kind, fields: (errors ?? []).map(({ field }) => field) };
  }
  return null;
};

describe('a review is asked for', () => {
  /** As much of a file as the command asks for, at the moment of asking. */
  const fileOf = (decided: string, asked: string) =>
    ({
      row: request({ decidedAt: new Date(decided) }),
      settings: defaultSettings,
      at: new Date(asked),
    }) as unknown as CaseFile;
  const refused = (at: string, asked: string) =>
    refusalOf(() => assertUnhindered(askReview, fileOf(at, asked), {}));
  const late = { status: 409, ...ruleOf('review_time') };

  test('within ten working days, until the end of the last in London', () => {
    // A Tuesday in summer time: the last day is Tuesday the 29th.
    const decided = '2026-09-15T10:00:00+01:00';
    expect(timeToAsk(defaultSettings, new Date(decided)).at).toBe('2026-09-29');
    expect(refused(decided, '2026-09-29T17:30:00+01:00')).toBeNull();
    expect(refused(decided, '2026-09-29T23:59:00+01:00')).toBeNull();
    expect(refused(decided, '2026-09-30T00:00:00+01:00')).toMatchObject(late);
  });

  test('counted from the next working day where the refusal came after 17:00', () => {
    expect(refused('2026-09-15T17:00:00+01:00', '2026-09-30T12:00:00+01:00')).toMatchObject(late);
    expect(refused('2026-09-15T17:00:01+01:00', '2026-09-30T12:00:00+01:00')).toBeNull();
    // Friday 18 December at 17:30: counts from Monday, and skips Christmas and New Year.
    expect(timeToAsk(defaultSettings, new Date('2026-12-18T17:30:00Z')).at).toBe('2027-01-07');
  });

  test('and the refusal of a late one names the last day', () => {
    expect(() =>
      assertUnhindered(askReview, fileOf('2026-09-15T09:00:00Z', '2026-10-05T09:00:00Z'), {}),
    ).toThrow(/29 September 2026/u);
  });

  test('and is then due within ten working days, which is the Monitoring Officer’s turn', () => {
    const askedAt = new Date('2026-09-16T10:00:00Z');
    const waits = request({ review: { version: 1, askedAt, outcome: null, decidedAt: null } });
    expect(dueOf(defaultSettings, waits)).toMatchObject({ what: 'review', at: '2026-09-30' });
    expect(turnOf(waits)).toEqual(['monitoring_officer']);
    const upheld = request({ review: { version: 1, askedAt, outcome: 'upheld', decidedAt: askedAt } });
    expect(dueOf(defaultSettings, upheld)).toBeNull();
    expect(turnOf(upheld)).toEqual([]);
  });
});

describe('a remitted request', () => {
  test('has ten days of its own, and the returns from before do not lengthen them', () => {
    const before = { from: new Date('2026-09-03T10:00:00Z'), to: new Date('2026-09-07T10:00:00Z') };
    const remittedAt = new Date('2026-09-21T10:00:00Z');
    const row = request({ status: 'submitted', version: 2, remittedAt, decidedAt: null, returns: [before] });
    expect(dueOf(defaultSettings, row)).toMatchObject({ what: 'decide', at: '2026-10-05', pauses: [] });
    const since = { from: new Date('2026-09-23T10:00:00Z'), to: new Date('2026-09-24T10:00:00Z') };
    expect(dueOf(defaultSettings, { ...row, returns: [before, since] })).toMatchObject({
      at: '2026-10-07',
      pauses: [{ from: '2026-09-23', to: '2026-09-24' }],
    });
  });
});

/** What the command says of an office with these holders. @throws Conflict */
const assertNamable = (
  office: Named['office'],
  holders: readonly Actor[],
  row: ObservationRequest,
  people: readonly Candidate[] = [],
): void =>
  assertUnhindered({ ...nameReviewer, closedBy: [] }, { row } as CaseFile, {
    namedFor: office,
    namable: isNamable(office, holders, row) ? [office] : [],
    people,
  });

describe('the Chief Executive names somebody for a review', () => {
  const mo = someone('mo', holds('monitoring_officer', 'principal', true));
  const moDeputy = someone('deputy', deputy('monitoring_officer', 'mo'));
  const conflict = (personId: string) => ({ personId, kind: 'relation' as const });
  const namable = (row: ObservationRequest, ...holders: Actor[]) =>
    refusalOf(() => assertNamable('monitoring_officer', holders, row));
  const free = { status: 409, ...ruleOf('somebody_is_free') };

  test('only if neither the Monitoring Officer nor a deputy is free', () => {
    expect(namable(request(), mo, moDeputy)).toMatchObject(free);
    expect(namable(request({ conflicts: [conflict('mo')] }), mo, moDeputy)).toMatchObject(free);
    expect(namable(request({ conflicts: [conflict('deputy')] }), mo, moDeputy)).toMatchObject(free);
    expect(namable(request({ conflicts: [conflict('mo'), conflict('deputy')] }), mo, moDeputy)).toBeNull();
    expect(namable(request({ signers: ['mo', 'deputy'] }), mo, moDeputy)).toBeNull();
    expect(namable(request({ signers: ['mo'] }), mo, moDeputy)).toMatchObject(free);
    // With the Monitoring Officer there, a deputy without a conflict does not act, so nobody waits for them.
    expect(namable(request(), moDeputy)).toBeNull();
    expect(namable(request())).toBeNull();
  });

  test('and the refusal does not say who is free', () => {
    expect(() => assertNamable('monitoring_officer', [mo], request())).toThrow(
      /^(?!.*(?:mo@|deputy)).*free/u,
    );
  });

  test('and after a remittal for a seat, only if nobody of its office is free', () => {
    const row = request({ status: 'submitted', remittedAt: new Date(), signedBefore: ['legal1', 'legal2'] });
    const [one, two] = ['legal1', 'legal2'].map((id) => someone(id, holds('legal')));
    const third = someone('legal3', holds('legal', 'authorised'));
    if (!one || !two) throw new Error('There are two.');
    expect(refusalOf(() => assertNamable('legal', [one, two], row))).toBeNull();
    expect(refusalOf(() => assertNamable('legal', [one, two, third], row))).toMatchObject(free);
    const signedElsewhere: Partial<ObservationRequest> = {
      seats: [{ office: 'democratic_services', personId: 'legal3', outcome: 'agree' }],
    };
    expect(
      refusalOf(() => assertNamable('legal', [one, two, third], { ...row, ...signedElsewhere })),
    ).toBeNull();
  });

  test('and never for a seat that is signed already', () => {
    const signed = request({
      status: 'submitted',
      remittedAt: new Date(),
      seats: [{ office: 'legal', personId: 'legal1', outcome: 'agree' }],
    });
    expect(refusalOf(() => assertNamable('legal', [], signed))).toMatchObject(ruleOf('seat_taken'));
    expect(refusalOf(() => assertNamable('democratic_services', [], signed))).toBeNull();
  });

  test('for the Monitoring Officer while a review waits, and for a seat once it is decided afresh', () => {
    const open = request({ status: 'submitted', remittedAt: new Date() });
    expect(officeNamedFor(request(), undefined)).toBe('monitoring_officer');
    expect(officeNamedFor(open, 'legal')).toBe('legal');
    for (const wrong of [
      () => officeNamedFor(request(), 'legal'),
      () => officeNamedFor(open, 'monitoring_officer'),
      () => officeNamedFor(open, undefined),
    ]) {
      expect(refusalOf(wrong)).toMatchObject({ status: 422, rule: 'people', fields: ['office'] });
    }
  });

  const suitable = (person: Actor | null, row = request()) =>
    refusalOf(() => assertSuitable(person, 'monitoring_officer', row));

  test('an officer without a conflict who has signed nothing of it', () => {
    expect(suitable(someone('x'))).toBeNull();
    const unsuitable: readonly (readonly [Actor | null, Partial<ObservationRequest>])[] = [
      [null, {}],
      [{ ...someone('x'), councillorId: 'another', standing: 'sitting' }, {}],
      [{ ...someone('x'), councillorId: 'another', standing: 'former' }, {}],
      [someone('host'), {}],
      [someone('manager'), {}],
      [someone('x'), { conflicts: [conflict('x')] }],
      [someone('x'), { signers: ['x'] }],
    ];
    for (const [person, changes] of unsuitable) {
      expect(suitable(person, request(changes))).toMatchObject({
        status: 422,
        ...ruleOf('people'),
        fields: ['person'],
      });
    }
  });

  test('and nobody twice for the same', () => {
    const named: Named[] = [{ office: 'monitoring_officer', personId: 'x' }];
    const naming = (row: ObservationRequest) =>
      refusalOf(() => assertNamable('monitoring_officer', [], row, [someone('x')]));
    expect(naming(request())).toBeNull();
    expect(naming(request({ named }))).toMatchObject(free);
  });
});

test('a direction was given on the day of the refusal or later, and not in the future', () => {
  const on = (date: string) =>
    refusalOf(() =>
      assertDirectionDate(date, new Date('2026-09-15T22:30:00Z'), new Date('2026-09-20T22:59:00Z')),
    );
  // 22:30 UTC is half past eleven in London in summer: still the 15th.
  expect(on('2026-09-15')).toBeNull();
  expect(on('2026-09-20')).toBeNull();
  for (const date of ['2026-09-14', '2026-09-21']) {
    expect(on(date)).toMatchObject({ status: 422, rule: 'direction', fields: ['date'] });
  }
});

const byCapacity = (capacity: 'principal' | 'deputy' | 'authorised') =>
  nextRoute({ outcome: 'upheld', by: { capacity } });

test('an upheld decision tells the next routes: the Chief Executive, a committee, and judicial review in its time', () => {
  const next = byCapacity('principal');
  for (const says of [
    /write to the Chief Executive\. A committee/u,
    /judicial review: promptly, and not later than three months.*rule 54\.5/u,
    /Ombudsman decides what it can look into; its fact sheet does not take complaints made in a councillor’s capacity/u,
  ])
    expect(next).toMatch(says);
  // Nobody is sent to the Ombudsman.
  expect(next).not.toMatch(/ask the Local Government|complaints procedure/u);
});

test('the Monitoring Officer is a next route only where somebody else decided the review', () => {
  expect(byCapacity('principal')).not.toMatch(/Monitoring Officer/u);
  for (const capacity of ['deputy', 'authorised'] as const)
    expect(byCapacity(capacity)).toMatch(/or to the Monitoring Officer, who did not decide this review/u);
});

test('a review that waits, or that sends it back, tells who decides next', () => {
  for (const outcome of ['remitted', 'superseded'] as const)
    expect(nextRoute({ outcome, by: null })).toMatch(/afresh/u);
  expect(nextRoute({ outcome: null, by: null })).toMatch(/Monitoring Officer/u);
});

describe('through any number of refusals and remittals', () => {
  const council = [
    someone('cs1', holds('childrens_services', 'principal', true)),
    someone('csDeputy', deputy('childrens_services', 'cs1')),
    someone('ds1', holds('democratic_services', 'principal', true)),
    someone('ds2', holds('democratic_services', 'authorised')),
    someone('legal1', holds('legal', 'principal', true)),
    someone('legal2', holds('legal', 'authorised')),
    someone('two', holds('legal', 'authorised'), holds('democratic_services', 'authorised')),
    someone('mo', holds('monitoring_officer', 'principal', true), holds('legal', 'authorised')),
    someone('moDeputy', deputy('monitoring_officer', 'mo')),
    someone('named'),
  ];
  const who = council.map((actor) => ({ actor, ability: abilityFor(actor) }));

  /** What somebody tries: to sign for an office, to decide a review, or to name the one without an office. */
  const step = fc.record({
    by: fc.nat({ max: council.length - 1 }),
    act: fc.constantFrom<(Seat | 'refuse' | 'remit' | 'name')[]>(
      ...seats,
      'refuse',
      'remit',
      'remit',
      'name',
    ),
    office: fc.constantFrom<Seat[]>(...seats),
  });

  test('nobody signs two generations of one request, and nobody reviews a version that they signed', () => {
    let remittals = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 150, maxLength: 250 }), (steps) => {
        let row = request({ status: 'submitted', decidedAt: null });
        /** By person: the generations that they signed. Noted apart from what the rules see. */
        const generations = new Map<string, Set<number>>();
        const reviewers = new Set<string>();
        let generation = 1;
        for (const { by, act, office } of steps) {
          const one = who[by];
          if (!one) throw new Error('There is nobody of that number.');
          const { id } = one.actor;
          try {
            if (act === 'name') {
              if (row.remittedAt === null || row.status !== 'submitted') continue;
              const holders = council.filter(({ holdings }) =>
                holdings.some((held) => held.office === office),
              );
              assertNamable(office, holders, row, council.slice(-1));
              assertSuitable(council.at(-1) ?? null, office, row);
              row = { ...row, named: [...row.named, { office, personId: 'named' }], namedIds: ['named'] };
            } else if (act === 'remit') {
              permit('decide_review', one, row);
              expect([...(generations.get(id) ?? [])]).toEqual([]);
              reviewers.add(id);
              generation += 1;
              remittals += 1;
              row = {
                ...row,
                status: 'submitted',
                version: row.version + 1,
                remittedAt: new Date(),
                decidedAt: null,
                seats: [],
                signedBefore: [...row.signers, ...reviewers],
              };
            } else {
              const seat = act === 'refuse' ? 'legal' : act;
              permit(seat === 'legal' ? 'decide' : 'sign_off', one, row, { office: seat });
              if (row.seats.some((each) => each.office === seat)) continue;
              expect(reviewers.has(id)).toBe(false);
              generations.set(id, (generations.get(id) ?? new Set()).add(generation));
              const outcome = seat === 'legal' ? 'refuse' : 'object';
              row = {
                ...row,
                seats: [...row.seats, { office: seat, personId: id, outcome }],
                signers: [...row.signers, id],
                ...(seat === 'legal'
                  ? {
                      status: 'refused',
                      decidedAt: new Date(),
                      review: { version: row.version, askedAt: new Date(), outcome: null, decidedAt: null },
                    }
                  : {}),
              };
            }
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
          }
        }
        for (const [person, signed] of generations) expect([person, signed.size]).toEqual([person, 1]);
      }),
      { numRuns: 300 },
    );
    // It has gone round often enough to say something.
    expect(remittals).toBeGreaterThan(300);
  });
});
