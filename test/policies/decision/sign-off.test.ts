import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { abilityFor } from '../../../policies/permission/ability.js';
import { Conflict, Forbidden, Refusal } from '../../../policies/core/refusals.js';
import type { Ground } from '../../../policies/core/grounds.js';
import type { QuestionKey } from '../../../policies/need-to-know/questions.js';
import type { Finding, Result, TestResult } from '../../../policies/need-to-know/test.js';
import { forbid, ruleOf } from '../../../policies/core/rules.js';
import {
  barredFromReviewing,
  barredFromSigning,
  capacityOf,
  discussionHeld,
  type Spoken,
} from '../../../policies/decision/sign-off.js';
import type { Confirmation } from '../../../policies/decision/meeting.js';
import { checkDecision, checkSignOff, permit, type OnRecord } from '../../support/commands-by-name.js';
import type { Acting, Actor, Holding } from '../../../policies/people/actor.js';
import type { Office, Seat } from '../../../policies/core/office.js';
import type { LiveSeat } from '../../../policies/request/live-seat.js';
import type { ObservationRequest } from '../../../policies/request/request.js';
import { hearingMatters } from '../../../policies/request/reviewed.js';

const principal = (office: Office, head = false): Holding => ({ office, capacity: 'principal', head });
const authorised = (office: Office): Holding => ({ office, capacity: 'authorised', head: false });
const deputy = (office: Office, of: string, principalAbsent: boolean): Holding => ({
  office,
  capacity: 'deputy',
  head: false,
  deputyFor: { id: of, name: `The principal ${of}` },
  principalAbsent,
});

const person = (id: string, holdings: readonly Holding[], changes: Partial<Actor> = {}): Actor => ({
  kind: 'Actor',
  id,
  name: id,
  email: `${id}@council.example`,
  councillorId: null,
  standing: null,
  holdings,
  ...changes,
});

const request = (changes: Partial<ObservationRequest> = {}): ObservationRequest => ({
  kind: 'Request',
  id: 1,
  reference: 'OBS-2026-0001',
  status: 'submitted',
  version: 1,
  submitted: true,
  submittedAt: new Date('2026-09-15T10:00:00Z'),
  createdAt: new Date('2026-09-14T10:00:00Z'),
  councillorId: 'c1',
  councillorName: 'A Councillor',
  hostId: 'host',
  hostName: 'A Host',
  managerId: 'manager',
  managerName: 'A Manager',
  observationType: 'initial_child_protection_conference',
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
  decidedAt: null,
  withdrawnAt: null,
  grantId: null,
  endedAt: null,
  ...changes,
});

const refusalOf = (call: () => unknown): Pick<Refusal, 'status' | 'rule' | 'authority' | 'kind'> => {
  try {
    call();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, rule, authority, kind } = error;
    return { status, rule, authority, kind };
  }
  throw new Error('It was not refused.');
};

describe('the capacity in which somebody acts', () => {
  const seat: Office = 'childrens_services';
  const acts = (holdings: readonly Holding[], row = request(), among: readonly Office[] = [seat]) => {
    const acting = capacityOf(person('p', holdings), among, row);
    if (typeof acting === 'string') throw forbid(acting);
    return acting;
  };

  test('is principal, or authorised under a delegation at any time', () => {
    expect(acts([principal(seat)])).toEqual({ office: seat, capacity: 'principal', deputyFor: null });
    expect(acts([authorised(seat)])).toEqual({ office: seat, capacity: 'authorised', deputyFor: null });
  });

  test('is deputy only while the principal is absent, and names the principal', () => {
    expect(acts([deputy(seat, 'head', true)])).toEqual({
      office: seat,
      capacity: 'deputy',
      deputyFor: { id: 'head', name: 'The principal head' },
    });
    expect(refusalOf(() => acts([deputy(seat, 'head', false)]))).toMatchObject({
      status: 403,
      ...ruleOf('principal_present'),
    });
  });

  test.each(['relation', 'complaint', 'line_management', 'other'] as const)(
    'is deputy where the principal has a recorded conflict on this request: %s',
    (kind) => {
      const row = request({ conflicts: [{ personId: 'head', kind }] });
      expect(acts([deputy(seat, 'head', false)], row).capacity).toBe('deputy');
    },
  );

  test('is deputy if the principal is the host or the line manager, who cannot sign', () => {
    expect(acts([deputy(seat, 'head', false)], request({ hostId: 'head' })).capacity).toBe('deputy');
    expect(acts([deputy(seat, 'head', false)], request({ managerId: 'head' })).capacity).toBe('deputy');
  });

  test('is deputy if the principal signed the version remitted since, and must not sign it again', () => {
    const remitted = request({ signedBefore: ['head'], signers: ['head'] });
    expect(acts([deputy(seat, 'head', false)], remitted).capacity).toBe('deputy');
    const signedNow = request({ signers: ['head'] });
    expect(refusalOf(() => acts([deputy(seat, 'head', false)], signedNow)).rule).toBe('principal_present');
  });

  test('is deputy in a review where the Monitoring Officer signed anything of it at all', () => {
    const reviews = ['monitoring_officer'] as const;
    const standIn = [deputy('monitoring_officer', 'head', false)];
    expect(acts(standIn, request({ signers: ['head'] }), reviews).capacity).toBe('deputy');
    expect(refusalOf(() => acts(standIn, request({ signers: ['cs'] }), reviews)).rule).toBe(
      'principal_present',
    );
  });

  test('is authorised for the office that the Chief Executive named them for, and for no other', () => {
    const row = request({ named: [{ office: 'legal', personId: 'p' }] });
    expect(acts([], row, ['legal'])).toEqual({ office: 'legal', capacity: 'authorised', deputyFor: null });
    expect(refusalOf(() => acts([], row)).rule).toBe('office');
    const another = request({ named: [{ office: 'legal', personId: 'q' }] });
    expect(refusalOf(() => acts([], another, ['legal'])).rule).toBe('office');
  });

  test('somebody else’s conflict lets no deputy act', () => {
    const row = request({ conflicts: [{ personId: 'somebody', kind: 'relation' }] });
    expect(refusalOf(() => acts([deputy(seat, 'head', false)], row)).rule).toBe('principal_present');
  });

  test('is of an office held: a deputy of one office is nothing in another', () => {
    expect(
      refusalOf(() => acts([principal('legal'), deputy('democratic_services', 'x', true)])),
    ).toMatchObject({
      status: 403,
      ...ruleOf('office'),
    });
    expect(refusalOf(() => acts([])).rule).toBe('office');
  });

  test('is the best that is held: principal before authorised before deputy', () => {
    const all = [deputy(seat, 'head', true), authorised(seat), principal(seat)];
    expect(acts(all).capacity).toBe('principal');
    expect(acts(all.slice(0, 2)).capacity).toBe('authorised');
    expect(acts([deputy(seat, 'head', false), authorised(seat)]).capacity).toBe('authorised');
  });

  test('is the office that was asked for, if the person holds two', () => {
    const both = [authorised('legal'), authorised('democratic_services')];
    expect(acts(both, request(), ['democratic_services']).office).toBe('democratic_services');
    expect(acts(both, request(), ['legal']).office).toBe('legal');
  });
});

describe('nobody signs who', () => {
  const forCs: Acting = { office: 'childrens_services', capacity: 'authorised', deputyFor: null };
  const officer = person('p', [authorised('childrens_services')]);

  const cases: readonly (readonly [string, string, Actor, Partial<ObservationRequest>])[] = [
    ['is the requester', 'requester', { ...officer, councillorId: 'c1', standing: 'sitting' }, {}],
    [
      'is the requester, and a former member now',
      'requester',
      { ...officer, councillorId: 'c1', standing: 'former' },
      {},
    ],
    ['is another councillor', 'any_councillor', { ...officer, councillorId: 'c2', standing: 'sitting' }, {}],
    ['is a co-opted member', 'any_councillor', { ...officer, councillorId: 'c2', standing: 'coopted' }, {}],
    ['is a member elect', 'any_councillor', { ...officer, councillorId: 'c2', standing: 'elect' }, {}],
    ['is the host', 'host_signs', officer, { hostId: 'p' }],
    ['is the host’s line manager', 'line_manager_signs', officer, { managerId: 'p' }],
    [
      'is a declared relation',
      'declared_relation',
      officer,
      { conflicts: [{ personId: 'p', kind: 'relation' }] },
    ],
    [
      'is a party to a complaint',
      'complaint',
      officer,
      { conflicts: [{ personId: 'p', kind: 'complaint' }] },
    ],
    [
      'has a recorded line-management conflict',
      'recorded_conflict',
      officer,
      { conflicts: [{ personId: 'p', kind: 'line_management' }] },
    ],
    [
      'has another recorded conflict',
      'recorded_conflict',
      officer,
      { conflicts: [{ personId: 'p', kind: 'other' }] },
    ],
    [
      'has signed for another office',
      'one_person_one_office',
      officer,
      { seats: [{ office: 'democratic_services', personId: 'p', outcome: 'agree' }] },
    ],
  ];
  test.each(cases)('%s', (_, rule, actor, changes) => {
    expect(barredFromSigning(actor, forCs, request(changes))).toBe(rule);
    const { authority } = ruleOf(rule as 'requester');
    expect(authority).toMatch(/^Council rule: three offices, three distinct people without a conflict$/u);
  });

  test('has given reasons on a council rule of this version for another office', () => {
    const said = (office: 'legal' | 'childrens_services') =>
      request({
        lifts: [
          {
            question: 'legal_bars',
            blocks: ['lado:barNeverObserved'],
            office,
            personId: 'p',
            outcome: 'decline',
          },
        ],
      });
    expect(barredFromSigning(officer, forCs, said('legal'))).toBe('one_person_one_office');
    expect(barredFromSigning(officer, forCs, said('childrens_services'))).toBeNull();
  });

  test('has signed it before it was remitted', () => {
    const row = request({ signedBefore: ['p'], signers: ['p'] });
    expect(barredFromSigning(officer, forCs, row)).toBe('signed_before');
    expect(ruleOf('signed_before').authority).toMatch(/^Council rule: the review/u);
    expect(barredFromSigning(officer, forCs, request({ signers: ['p'] }))).toBeNull();
  });

  test('and anybody else does', () => {
    const row = request({
      conflicts: [{ personId: 'q', kind: 'relation' }],
      seats: [{ office: 'democratic_services', personId: 'q', outcome: 'agree' }],
    });
    expect(barredFromSigning(officer, forCs, row)).toBeNull();
  });

  test('the same separation holds for Legal and for Democratic Services', () => {
    for (const office of ['legal', 'democratic_services'] as const) {
      const acting: Acting = { office, capacity: 'principal', deputyFor: null };
      const actor = person('p', [principal(office)]);
      for (const [, rule, , changes] of cases.slice(5, -1)) {
        expect(barredFromSigning(actor, acting, request(changes))).toBe(rule);
      }
      const seats: LiveSeat[] = [{ office: 'childrens_services', personId: 'p', outcome: 'object' }];
      expect(barredFromSigning(actor, acting, request({ seats }))).toBe('one_person_one_office');
    }
  });
});

describe('nobody reviews a refusal who', () => {
  const acting: Acting = { office: 'monitoring_officer', capacity: 'principal', deputyFor: null };
  const reviewer = person('p', [principal('monitoring_officer', true)]);
  const reviews = (changes: Partial<ObservationRequest>, actor = reviewer) =>
    barredFromReviewing(actor, acting, request({ status: 'refused', ...changes }));

  test('signed it, on any version, even if the sign-off no longer stands', () => {
    expect(reviews({ signers: ['p'] })).toBe('reviewer_signed');
    expect(reviews({ signers: ['cs', 'ds', 'legal'] })).toBeNull();
  });

  test('is conflicted, the host or the line manager, or a councillor', () => {
    expect(reviews({ conflicts: [{ personId: 'p', kind: 'complaint' }] })).toBe('complaint');
    expect(reviews({ hostId: 'p' })).toBe('host_signs');
    expect(reviews({ managerId: 'p' })).toBe('line_manager_signs');
    expect(reviews({}, { ...reviewer, councillorId: 'c1', standing: 'former' })).toBe('requester');
    expect(reviews({}, { ...reviewer, councillorId: 'c2', standing: 'coopted' })).toBe('any_councillor');
  });
});

describe('a strategy discussion', () => {
  const row = request({ observationType: 'strategy_discussion' });
  const acting = (office: Seat): Acting => ({ office, capacity: 'principal', deputyFor: null });

  test('is signed for Children’s Services by the Director alone', () => {
    const director = person('head', [principal('childrens_services', true)]);
    expect(barredFromSigning(director, acting('childrens_services'), row)).toBeNull();
    const others = [
      person('a', [principal('childrens_services')]),
      person('b', [authorised('childrens_services')]),
      person('c', [deputy('childrens_services', 'head', true)]),
      person('d', [principal('legal', true), authorised('childrens_services')]),
    ];
    for (const other of others) {
      expect(barredFromSigning(other, acting('childrens_services'), row)).toBe('head_signs');
      expect(barredFromSigning(other, acting('childrens_services'), request())).toBeNull();
    }
  });

  test('the person named by the Chief Executive signs it if the Director cannot', () => {
    const named = { ...row, named: [{ office: 'childrens_services' as const, personId: 'x' }] };
    expect(barredFromSigning(person('x', []), acting('childrens_services'), named)).toBeNull();
    expect(
      barredFromSigning(person('y', [authorised('childrens_services')]), acting('childrens_services'), named),
    ).toBe('head_signs');
  });

  test('is signed for the other two as anything else is', () => {
    expect(barredFromSigning(person('a', [authorised('legal')]), acting('legal'), row)).toBeNull();
    expect(
      barredFromSigning(person('b', [authorised('democratic_services')]), acting('democratic_services'), row),
    ).toBeNull();
  });
});

describe('the discussion is held', () => {
  const spoke = (personId: string, office: Office): Spoken => ({ personId, office, present: null });
  const says = (office: Office, wasThere = true, personId: string = office): Confirmation => ({
    office,
    personId,
    wasThere,
  });
  const recorded = (present: readonly Office[], ...confirmations: Confirmation[]): Spoken => ({
    personId: 'ds',
    office: 'democratic_services',
    present,
    meeting: { id: 'm', date: '2026-09-15', confirmations },
  });
  /** A meeting that every other office which was there has confirmed. */
  const meeting = (...present: Office[]): Spoken =>
    recorded(
      present,
      ...present.filter((office) => office !== 'democratic_services').map((each) => says(each)),
    );
  const three = ['childrens_services', 'democratic_services', 'legal'] as const;

  test('once each of the three offices has spoken', () => {
    const entries = [spoke('cs', three[0]), spoke('ds', three[1]), spoke('lg', three[2])];
    expect(discussionHeld(entries)).toBe(true);
    for (const left of entries) expect(discussionHeld(entries.filter((entry) => entry !== left))).toBe(false);
    expect(discussionHeld([])).toBe(false);
  });

  test('by three people: nobody discusses with themselves', () => {
    expect(discussionHeld([spoke('cs', three[0]), spoke('two', three[1]), spoke('two', three[2])])).toBe(
      false,
    );
    expect(discussionHeld(three.map((office) => spoke('one', office)))).toBe(false);
    const fourth = [
      spoke('cs', three[0]),
      spoke('two', three[1]),
      spoke('two', three[2]),
      spoke('lg', three[2]),
    ];
    expect(discussionHeld(fourth)).toBe(true);
  });

  test('once a meeting of all three is recorded, by anybody, and each that was there has confirmed it', () => {
    expect(discussionHeld([meeting(...three)])).toBe(true);
    expect(discussionHeld([meeting('monitoring_officer', ...three)])).toBe(true);
    const [cs, ds, legal] = three;
    expect(discussionHeld([recorded(three, says(cs))])).toBe(false);
    expect(discussionHeld([recorded(three)])).toBe(false);
    expect(discussionHeld([recorded([...three, 'monitoring_officer'], says(cs), says(legal))])).toBe(false);
    // The Monitoring Officer was named wrongly, and is not one of the three.
    const without = [says(cs), says(legal), says('monitoring_officer', false)];
    expect(discussionHeld([recorded([...three, 'monitoring_officer'], ...without)])).toBe(true);
    // Who records a meeting without being there has confirmed nothing for the three.
    expect(discussionHeld([{ ...meeting(cs, ds, legal), office: 'monitoring_officer' }])).toBe(false);
  });

  test('not by a meeting that an office was not at, or that one person confirms for two', () => {
    const [cs, , legal] = three;
    expect(discussionHeld([recorded(three, says(cs), says(legal, false))])).toBe(false);
    expect(discussionHeld([recorded(three, says(cs, true, 'one'), says(legal, true, 'one'))])).toBe(false);
    expect(discussionHeld([recorded(three, says(cs), says(legal, true, 'ds'))])).toBe(false);
  });

  test('not by a meeting without one of them, nor by two such meetings', () => {
    for (const left of three)
      expect(discussionHeld([meeting(...three.filter((office) => office !== left))])).toBe(false);
    expect(discussionHeld([meeting(three[0], three[1]), meeting(three[1], three[2])])).toBe(false);
  });

  test('not by the Monitoring Officer in the place of an office', () => {
    expect(
      discussionHeld([spoke('cs', three[0]), spoke('ds', three[1]), spoke('mo', 'monitoring_officer')]),
    ).toBe(false);
  });

  test('and an entry more never undoes it', () => {
    const entry = fc.record({
      personId: fc.constantFrom('a', 'b', 'c'),
      office: fc.constantFrom<Office[]>(...three, 'monitoring_officer'),
      present: fc.option(fc.subarray<Office>([...three]), { nil: null, freq: 4 }),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), entry, (entries, more) => {
        if (discussionHeld(entries)) expect(discussionHeld([...entries, more])).toBe(true);
        // Three distinct speakers, found by trying all there are.
        const speaks = (office: Office) =>
          entries
            .filter((each) => each.present === null && each.office === office)
            .map((each) => each.personId);
        const distinct = speaks(three[0]).some((cs) =>
          speaks(three[1]).some((ds) => speaks(three[2]).some((lg) => new Set([cs, ds, lg]).size === 3)),
        );
        // A meeting that nobody has confirmed counts for nothing.
        expect(discussionHeld(entries)).toBe(distinct);
      }),
      { numRuns: 500 },
    );
  });
});

const finding = (question: QuestionKey, result: Result): Finding => ({
  question,
  result,
  explanation: 'There is another purpose.',
  authority: 'Ex parte Woodward',
  kind: 'law',
  office: 'legal',
});
const established: TestResult = {
  outcome: 'established',
  findings: [finding('role', 'satisfied')],
  grounds: [],
};
const open: TestResult = { outcome: 'incomplete', findings: [finding('role', 'unanswered')], grounds: [] };
const unreasoned: TestResult = {
  outcome: 'incomplete',
  findings: [finding('role', 'needs_reason')],
  grounds: [],
};
const blocked: TestResult = {
  outcome: 'not_established',
  findings: [finding('collateral_purpose', 'blocks'), finding('role', 'satisfied')],
  grounds: ['collateral_purpose', 'connection'],
};
const blockedAndOpen: TestResult = {
  ...blocked,
  findings: [...blocked.findings, finding('scope', 'unanswered')],
};

const cs: LiveSeat = { office: 'childrens_services', personId: 'cs', outcome: 'agree' };
const ds: LiveSeat = { office: 'democratic_services', personId: 'ds', outcome: 'agree' };
const both = [cs, ds];
const objecting: LiveSeat = { ...ds, outcome: 'object' };

/** Heard on what the test holds against them; test/server/review/hearing.test.ts is about that. */
const heard = {
  version: request({}).version,
  matters: hearingMatters,
  toldAt: new Date('2026-09-01T10:00:00Z'),
  dueOn: '2026-09-08',
  answeredAt: new Date('2026-09-02T10:00:00Z'),
  endedAt: null,
};
const standing = (changes: Partial<OnRecord> = {}, row: Partial<ObservationRequest> = {}): OnRecord => ({
  row: request({ hearing: heard, ...row }),
  test: established,
  discussed: true,
  upheldFinding: false,
  ...changes,
});

describe('Children’s Services and Democratic Services', () => {
  const agree = { outcome: 'agree', grounds: [] } as const;
  const object = (...grounds: Ground[]) => ({ outcome: 'object', grounds }) as const;
  const signs = (
    given: Parameters<typeof checkSignOff>[1],
    on: OnRecord,
    office: Seat = 'childrens_services',
  ) => checkSignOff(office, given, on);

  test('may agree, and may object with a ground', () => {
    expect(() => signs(agree, standing())).not.toThrow();
    expect(() => signs(object('disproportionate'), standing())).not.toThrow();
  });

  test('sign before the discussion is held, and in any order', () => {
    expect(() => signs(agree, standing({ discussed: false }))).not.toThrow();
    expect(() => signs(agree, standing({}, { seats: [ds] }))).not.toThrow();
    expect(() => signs(agree, standing({}, { seats: [cs] }), 'democratic_services')).not.toThrow();
  });

  test('sign when an answer blocks, once all are answered: a block stops only an approval', () => {
    expect(() => signs(object('collateral_purpose'), standing({ test: blocked }))).not.toThrow();
  });

  const refused: readonly (readonly [
    string,
    string,
    number,
    Parameters<typeof checkSignOff>[1],
    OnRecord,
  ])[] = [
    ['once for an office', 'seat_taken', 409, agree, standing({}, { seats: [cs] })],
    ['after the host is named', 'host_not_named', 409, agree, standing({}, { hostId: null })],
    ['after the line manager is named', 'host_not_named', 409, agree, standing({}, { managerId: null })],
    ['after all fourteen are answered', 'test_incomplete', 409, agree, standing({ test: open })],
    ['after every reason is written', 'test_incomplete', 409, agree, standing({ test: unreasoned })],
    [
      'after all are answered, even where one blocks',
      'test_incomplete',
      409,
      object('connection'),
      standing({ test: blockedAndOpen }),
    ],
    ['an objection with a ground', 'coded_ground', 422, object(), standing()],
    ['an agreement without one', 'no_ground', 422, { outcome: 'agree', grounds: ['connection'] }, standing()],
    [
      'on a breach only where it was upheld',
      'upheld_finding',
      409,
      object('confidentiality_breach'),
      standing(),
    ],
  ];
  test.each(refused)('sign %s: %s', (_, rule, status, given, on) => {
    expect(refusalOf(() => signs(given, on))).toEqual({ status, ...ruleOf(rule as 'status') });
  });

  test('may cite a breach of confidentiality that was upheld', () => {
    expect(() => signs(object('confidentiality_breach'), standing({ upheldFinding: true }))).not.toThrow();
  });
});

describe('Legal approves', () => {
  const approve = { outcome: 'approve', grounds: [] } as const;
  const ready = (changes: Partial<OnRecord> = {}, row: Partial<ObservationRequest> = {}) =>
    standing(changes, { seats: both, ...row });

  test('with both agreeing, the need established and the discussion held', () => {
    expect(() => checkDecision(approve, ready())).not.toThrow();
  });

  const refused: readonly (readonly [string, string, number, OnRecord])[] = [
    ['without Children’s Services', 'three_sign_offs', 409, ready({}, { seats: [ds] })],
    ['without Democratic Services', 'three_sign_offs', 409, ready({}, { seats: [cs] })],
    ['without either', 'three_sign_offs', 409, ready({}, { seats: [] })],
    ['against an objection', 'three_sign_offs', 409, ready({}, { seats: [cs, objecting] })],
    ['while an answer blocks', 'need_to_know', 409, ready({ test: blocked })],
    ['while an answer blocks and others are open', 'need_to_know', 409, ready({ test: blockedAndOpen })],
    ['while a question is open', 'test_incomplete', 409, ready({ test: open })],
    ['while a reason is not written', 'test_incomplete', 409, ready({ test: unreasoned })],
    ['without the discussion', 'discussion', 409, ready({ discussed: false })],
    [
      'a further stage of a journey before anybody has watched the one before',
      'journey_early',
      409,
      ready({ stageBefore: { to: '2026-04-14', endedAt: null, observedAt: null } }),
    ],
    [
      'twice',
      'seat_taken',
      409,
      ready({}, { seats: [...both, { office: 'legal', personId: 'lg', outcome: 'approve' }] }),
    ],
    ['before the host is named', 'host_not_named', 409, ready({}, { hostId: null })],
    ['before the line manager is named', 'host_not_named', 409, ready({}, { managerId: null })],
    [
      'over the sign-off of somebody since conflicted',
      'conflicted_seat',
      409,
      ready({}, { conflicts: [{ personId: 'cs', kind: 'relation' }] }),
    ],
    [
      'over the sign-off of somebody who is now the host',
      'conflicted_seat',
      409,
      ready({}, { hostId: 'ds' }),
    ],
    [
      'over the sign-off of somebody who is now the manager',
      'conflicted_seat',
      409,
      ready({}, { managerId: 'cs' }),
    ],
  ];
  test.each(refused)('never %s: %s', (_, rule, status, on) => {
    expect(refusalOf(() => checkDecision(approve, on))).toEqual({ status, ...ruleOf(rule as 'status') });
  });

  test('never with a ground', () => {
    expect(refusalOf(() => checkDecision({ outcome: 'approve', grounds: ['curiosity'] }, ready()))).toEqual({
      status: 422,
      ...ruleOf('no_ground'),
    });
  });

  test('and the refusal to approve says which answers block, in words', () => {
    expect(() => checkDecision(approve, ready({ test: blocked }))).toThrow(/There is another purpose\./u);
  });

  test('with any other facts: exactly when each condition by itself holds', () => {
    const seatOf = (office: 'childrens_services' | 'democratic_services') =>
      fc.constantFrom<(LiveSeat | null)[]>(
        null,
        { office, personId: office, outcome: 'agree' },
        { office, personId: office, outcome: 'object' },
      );
    fc.assert(
      fc.property(
        seatOf('childrens_services'),
        seatOf('democratic_services'),
        fc.constantFrom(established, established, open, unreasoned, blocked, blockedAndOpen),
        fc.boolean(),
        fc.constantFrom('host', 'childrens_services', null),
        fc.constantFrom(null, 'democratic_services', 'somebody'),
        (first, second, outcome, discussed, hostId, conflicted) => {
          const seats = [first, second].filter((seat) => seat !== null);
          const on = standing(
            { test: outcome, discussed },
            { seats, hostId, conflicts: conflicted ? [{ personId: conflicted, kind: 'other' }] : [] },
          );
          const expected =
            first?.outcome === 'agree' &&
            second?.outcome === 'agree' &&
            outcome.outcome === 'established' &&
            discussed &&
            hostId === 'host' &&
            conflicted !== 'democratic_services';
          let approved = true;
          try {
            checkDecision(approve, on);
          } catch {
            approved = false;
          }
          expect(approved).toBe(expected);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('Legal refuses', () => {
  const refuse = (...grounds: Ground[]) => ({ outcome: 'refuse', grounds }) as const;

  test('last, when both have signed', () => {
    expect(() => checkDecision(refuse('disproportionate'), standing({}, { seats: both }))).not.toThrow();
    expect(() =>
      checkDecision(refuse('disproportionate'), standing({ discussed: false }, { seats: both })),
    ).not.toThrow();
  });

  test('not before that, while nothing speaks against it', () => {
    for (const seats of [[], [cs], [ds]]) {
      expect(refusalOf(() => checkDecision(refuse('disproportionate'), standing({}, { seats })))).toEqual({
        status: 409,
        ...ruleOf('legal_last'),
      });
    }
  });

  test('as soon as an answer blocks, even while others are open', () => {
    for (const outcome of [blocked, blockedAndOpen]) {
      expect(() =>
        checkDecision(refuse('collateral_purpose', 'connection'), standing({ test: outcome })),
      ).not.toThrow();
    }
  });

  test('as soon as an office objects', () => {
    expect(() =>
      checkDecision(refuse('disproportionate'), standing({}, { seats: [objecting] })),
    ).not.toThrow();
  });

  test('with at least the grounds of every block, and may cite more', () => {
    const on = standing({ test: blocked });
    expect(refusalOf(() => checkDecision(refuse('collateral_purpose'), on))).toEqual({
      status: 422,
      ...ruleOf('grounds_of_blocks'),
    });
    expect(() => checkDecision(refuse('collateral_purpose'), on)).toThrow();
    expect(() => checkDecision(refuse('connection', 'curiosity', 'collateral_purpose'), on)).not.toThrow();
  });

  test('with a ground', () => {
    expect(refusalOf(() => checkDecision(refuse(), standing({}, { seats: both })))).toEqual({
      status: 422,
      ...ruleOf('coded_ground'),
    });
  });

  test('on a breach of confidentiality only if it was upheld', () => {
    const on = (upheldFinding: boolean) => standing({ upheldFinding }, { seats: both });
    expect(refusalOf(() => checkDecision(refuse('confidentiality_breach'), on(false)))).toEqual({
      status: 409,
      ...ruleOf('upheld_finding'),
    });
    expect(() => checkDecision(refuse('confidentiality_breach'), on(true))).not.toThrow();
  });

  test('once, and after the host is named', () => {
    const decided: LiveSeat = { office: 'legal', personId: 'lg', outcome: 'refuse' };
    expect(
      refusalOf(() => checkDecision(refuse('curiosity'), standing({}, { seats: [...both, decided] }))).rule,
    ).toBe('seat_taken');
    expect(
      refusalOf(() => checkDecision(refuse('curiosity'), standing({}, { seats: both, hostId: null }))).rule,
    ).toBe('host_not_named');
  });
});

test('a person without an office acts for none', () => {
  expect(capacityOf(person('p', []), ['legal'], request())).toBe('office');
});

describe('a refusal for want of authority is of its own kind', () => {
  const signsOff = (actor: Actor, row = request()) =>
    permit('sign_off', { actor, ability: abilityFor(actor) }, row, { office: 'childrens_services' });
  const officer = person('p', [principal('childrens_services')]);

  test.each<[string, Actor, Partial<ObservationRequest>]>([
    ['who holds no office', person('p', []), {}],
    ['who holds another', person('p', [principal('democratic_services')]), {}],
    ['whose principal is present', person('p', [deputy('childrens_services', 'head', false)]), {}],
    ['who is the host', officer, { hostId: 'p' }],
  ])('to somebody %s', (_, actor, changes) => {
    expect(() => signsOff(actor, request(changes))).toThrow(Forbidden);
  });

  test('and what a request has come to is another', () => {
    expect(() => signsOff(officer, request({ status: 'withdrawn' }))).toThrow(Conflict);
  });
});
