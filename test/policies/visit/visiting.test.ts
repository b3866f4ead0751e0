import { describe, expect, test } from '@jest/globals';
import { noCaseReferences } from '../../../policies/settings/case-references.js';
import { faultOfCaseReference } from '../../../policies/visit/case-reference.js';
import { addDays, atLondonTime } from '../../../policies/core/time/london.js';
import { assertRecordable, judge, momentOf } from '../../../policies/visit/attendance.js';
import { grantAt, visitAt } from '../../../policies/grant/grant-record.js';
import type { ObservationTypeKey } from '../../../policies/core/observation-types.js';
import { assertUnhindered } from '../../../policies/permission/permit.js';
import { move, planVisit, recordAttendance } from '../../../policies/visit/commands.js';
import { Refusal } from '../../../policies/core/refusals.js';
import type { Visit } from '../../../policies/visit/visit.js';
import {
  assertChange,
  assertNoReasonOfRefusal,
  assertOneCase,
  assertPlan,
  effectOf,
  type Plan,
} from '../../../policies/visit/visiting.js';
import type { Block } from '../../../policies/need-to-know/blocks.js';
import { defaultSettings } from '../../../policies/settings/settings.js';
import { recordOf } from '../../support/histories.js';

const noon = (day: string) => new Date(`${day}T12:00:00Z`);
const made = noon('2027-03-02');
const plan: Plan = {
  date: '2027-03-23',
  from: '10:00',
  to: '12:00',
  caseReference: 'CP-2027-0042',
  chaperone: 'The manager',
  conferenceOn: null,
};
/** A grant from 15 March to 16 April 2027, of that type, with a visit as planned. */
const under = (observationType: ObservationTypeKey, checks: Visit['checks'] = {}) => {
  const { record, visit } = recordOf([
    { what: 'plan', date: plan.date, chaperone: true, caseNamed: 'CP-1', at: made },
  ]);
  const record2 = { ...record, observationType };
  const visit2 = {
    ...visit,
    observationType,
    checked: [{ at: made, value: checks, caseKey: 'CP1', date: plan.date }],
  };
  const standing = visitAt(visit2, made);
  if (!standing) throw new Error('The visit is planned.');
  return { record: record2, visitRecord: visit2, grant: grantAt(record2, made), visit: standing };
};
/** The rule and the fields that are refused; null where nothing is. */
const refused = (act: () => void): string | null => {
  try {
    act();
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { errors = [] } = error as unknown as { errors?: readonly { readonly field: string }[] };
    return [error.rule, ...errors.map(({ field }) => field)].join(' ');
  }
};

/** What the command says of a record, and then what its fields say. @throws Conflict, Invalid */
const recordable = (...[visit, given, now]: Parameters<typeof assertRecordable>): void => {
  assertUnhindered(recordAttendance, visit, { now, outcome: given.outcome });
  assertRecordable(visit, given, now);
};

test('a lifted council rule holds at a visit for the blocks that it was lifted for, and for no other', () => {
  const answer = [{ bar: 'proceedings', lawfulRoute: 'Leave of the court.' }];
  const { visit } = under('childs_journey');
  const effect = (blocks: readonly Block[]) =>
    effectOf({ ...visit, lifted: { legal_bars: blocks } }, 'legal_bars', { answer }, made, defaultSettings);
  expect(effect([])).toEqual({ ends: 'blocked', endsJourney: true });
  expect(effect(['proceedings:journeyEnds'])).toEqual({ ends: null, endsJourney: false });
  for (const other of [
    'court_order:barNeverObserved',
    'adoption:journeyEnds',
    'proceedings:barNeverObserved',
  ] as const)
    expect(effect([other])).toEqual({ ends: 'blocked', endsJourney: true });
});

test('a visit is moved under a live grant alone, and otherwise changed under any', () => {
  const { grant, visit } = under('core_group');
  const now = noon('2027-03-10');
  const ended = { ...grant, endedAt: made, endedBecause: 'revoked' as const };
  const moving = (movedUnder?: typeof grant) =>
    refused(() => assertUnhindered(move, visit, { now, movedUnder }));
  expect([moving(grant), moving(ended), moving()]).toEqual([null, 'grant_ended', null]);
});

describe('a plan', () => {
  const planned = (type: ObservationTypeKey, changes: Partial<Plan>, now: Date) =>
    refused(() => assertPlan(under(type).grant, { ...plan, ...changes }, now, defaultSettings));

  test.each<[string, ObservationTypeKey, Partial<Plan>, string, string | null]>([
    ['lies on the first day of the window', 'core_group', { date: '2027-03-15' }, '2027-03-10', null],
    ['lies on the last day of the window', 'core_group', { date: '2027-04-16' }, '2027-03-10', null],
    ['does not come before the window', 'core_group', { date: '2027-03-14' }, '2027-03-10', 'plan date'],
    ['does not come after the window', 'core_group', { date: '2027-04-17' }, '2027-03-10', 'plan date'],
    ['is not made for a day that is past', 'core_group', { date: '2027-03-23' }, '2027-03-24', 'plan date'],
    ['may be made for later today', 'core_group', { date: '2027-03-23', to: '13:00' }, '2027-03-23', null],
    // The clocks go forward on 28 March 2027.
    [
      'has no start in the hour left out',
      'core_group',
      { date: '2027-03-28', from: '01:30', to: '03:00' },
      '2027-03-10',
      'plan from',
    ],
    [
      'has no end in the hour left out',
      'core_group',
      { date: '2027-03-28', from: '00:30', to: '01:00' },
      '2027-03-10',
      'plan to',
    ],
    [
      'may go over the hour left out',
      'core_group',
      { date: '2027-03-28', from: '00:30', to: '02:00' },
      '2027-03-10',
      null,
    ],
    ['is not made for what is over today', 'core_group', { to: '11:59' }, '2027-03-23', 'plan to'],
    [
      'asks the family on the working day before',
      'initial_child_protection_conference',
      {},
      '2027-03-22',
      null,
    ],
    [
      'does not ask the family on the day',
      'initial_child_protection_conference',
      { to: '15:00' },
      '2027-03-23',
      'plan date',
    ],
    [
      'asks the family on Friday for Monday',
      'initial_child_protection_conference',
      { date: '2027-03-22' },
      '2027-03-19',
      null,
    ],
    [
      'does not ask the family on a Sunday for Monday',
      'initial_child_protection_conference',
      { date: '2027-03-22' },
      '2027-03-21',
      'plan date',
    ],
    // Good Friday and Easter Monday 2027: 26 and 29 March.
    [
      'asks the family before Easter for the day after',
      'initial_child_protection_conference',
      { date: '2027-03-30' },
      '2027-03-25',
      null,
    ],
    [
      'does not ask the family at Easter',
      'initial_child_protection_conference',
      { date: '2027-03-30' },
      '2027-03-26',
      'plan date',
    ],
    [
      'lasts half a day where that is the limit',
      'assessment_team',
      { from: '09:00', to: '13:00' },
      '2027-03-10',
      null,
    ],
    [
      'lasts no longer than half a day',
      'assessment_team',
      { from: '09:00', to: '13:01' },
      '2027-03-10',
      'plan to',
    ],
    [
      'of a meeting lasts as long as it lasts',
      'core_group',
      { from: '09:00', to: '17:00' },
      '2027-03-10',
      null,
    ],
    ['ends after it starts', 'core_group', { from: '12:00', to: '12:00' }, '2027-03-10', 'plan to'],
    ['of a journey has its conference', 'childs_journey', { conferenceOn: '2027-03-23' }, '2027-03-10', null],
    [
      'of a journey comes after its conference',
      'childs_journey',
      { conferenceOn: '2027-03-24' },
      '2027-03-10',
      'plan conferenceOn',
    ],
    [
      'of another type has no conference',
      'core_group',
      { conferenceOn: '2027-03-20' },
      '2027-03-10',
      'plan conferenceOn',
    ],
  ])('%s', (_claim, type, changes, today, says) => {
    expect(planned(type, changes, noon(today))).toBe(says);
  });

  test('leaves no event with two visits; one that ended before anybody attended leaves it free', () => {
    const { grant, visit } = under('core_group');
    const other = (given: Partial<Visit>) => ({ ...visit, ...given });
    const tried = (others: readonly Visit[]) =>
      refused(() => assertUnhindered(planVisit, { ...grant, visits: others }, { now: noon('2027-03-10') }));
    expect(tried([other({}), other({})])).toBe('no_event_left');
    expect(tried([other({}), other({ endedAt: made, endedBecause: 'withdrawn' })])).toBe(null);
    // Cancelled when it had begun, it may have been attended until somebody has said.
    const begun = { endedAt: atLondonTime(visit.date, visit.from), endedBecause: 'cancelled' } as const;
    expect(tried([other({}), other(begun)])).toBe('no_event_left');
    const nobody = { outcome: 'did_not_attend' } as NonNullable<Visit['attendance']>;
    expect(tried([other({}), other({ ...begun, attendance: nobody })])).toBe(null);
  });

  test('that keeps its time may still name the chaperone on the day, and the case of a type without a conference', () => {
    const { grant } = under('initial_child_protection_conference');
    const day = noon(plan.date);
    const changed = (after: Partial<Plan>, named: string | null = null) =>
      refused(() =>
        assertChange(grant, { before: plan, plan: { ...plan, ...after }, named }, day, defaultSettings),
      );
    expect(changed({ chaperone: null }, plan.caseReference)).toBe(null);
    // Whoever is named first has a family who are asked in time.
    expect(changed({ caseReference: 'CP-7' })).toBe('plan caseReference');
    const group = under('core_group').grant;
    const named = { ...plan, caseReference: 'CP-7' };
    const first = () => assertChange(group, { before: plan, plan: named, named: null }, day, defaultSettings);
    expect(refused(first)).toBe(null);
    // Spelt another way it is the same case; another case has another family, who were not asked in time.
    expect(changed({ caseReference: 'cp/2027 0042' }, plan.caseReference)).toBe(null);
    expect(changed({ caseReference: 'CP-7' }, plan.caseReference)).toBe('plan caseReference');
    expect(changed({ to: '16:00' })).toBe('plan date');
    expect(changed({ caseReference: 'Jane Smith' })).toBe('plan caseReference');
  });

  test.each([
    ['may be of any case at first', 'CP-1', [], [], null],
    ['is of the same case again, however it is spelt', 'cp/1', ['CP1'], [], null],
    ['is of no other case', 'CP-2', ['CP1'], [], 'one_case caseReference'],
    ['need not name its case yet', null, ['CP1'], ['CP1'], null],
    ['is of no case that another journey has', 'CP-1', [], ['CP2', 'CP1'], 'one_case caseReference'],
    ['may be of a case that no other journey has', 'CP-1', ['CP1'], ['CP2'], null],
  ] as const)('of a journey %s', (_claim, caseReference, within, elsewhere, says) => {
    const cases = { within, elsewhere };
    const tried = (type: ObservationTypeKey) =>
      refused(() => assertOneCase(under(type).grant, { caseReference }, cases));
    expect(tried('childs_journey')).toBe(says);
    expect(tried('core_group')).toBe(null);
  });

  test('that has begun keeps its day and its case, so that the record stays where the visit took place', () => {
    const { grant } = under('core_group');
    const changed = (after: Partial<Plan>, now: Date) =>
      refused(() =>
        assertChange(
          grant,
          { before: plan, plan: { ...plan, ...after }, named: plan.caseReference },
          now,
          defaultSettings,
        ),
      );
    const begun = atLondonTime(plan.date, plan.from);
    const before = new Date(begun.getTime() - 1);
    const tomorrow = addDays(plan.date, 1);
    expect([changed({ date: tomorrow }, before), changed({ date: tomorrow }, begun)]).toEqual([
      null,
      'plan date',
    ]);
    expect([changed({ caseReference: 'CP-7' }, before), changed({ caseReference: 'CP-7' }, begun)]).toEqual([
      null,
      'plan caseReference',
    ]);
    expect(changed({ to: '16:00', chaperone: 'Another manager' }, begun)).toBe(null);
  });
});

test.each([
  ['CP-2027-0042', true],
  ['LCS 1234567', true],
  ['Ω-7', true],
  ['ABC', true],
  ['Jane Smith', false],
  ['Case 12', true],
  ['CP-2026-0101', true],
  ['Smith 1', false],
  ['CP-Maple-7', false],
  ['CP 01/02/2015', false],
  ['01022015', false],
  ['CP-2015-02-01', false],
  ['CP 1 Feb 15', false],
  ['CP 010215', false],
  ['../etc', true],
  ['CP-1; drop', false],
  ['---', false],
  ['x'.repeat(41), false],
  // A figure to Unicode, and none to PostgreSQL.
  ['²/½', false],
  ['１２３', false],
  ['٤٢', false],
])('“%s” is a case reference: %s', (reference, may) => {
  expect(faultOfCaseReference(reference, noCaseReferences) === null).toBe(may);
});

describe('an answer to a check', () => {
  test('keeps no reason of who refused, and every other', () => {
    const tried = (answer: object, reason?: string | Record<string, string>) =>
      refused(() =>
        assertNoReasonOfRefusal('agreements', {
          answer: { ...answer },
          ...(reason ? { reason } : {}),
        }),
      );
    expect(tried({ family: 'refused' })).toBe(null);
    expect(tried({ family: 'refused', child: 'not_applicable' }, { child: 'No competent child.' })).toBe(
      null,
    );
    expect(tried({ family: 'refused', child: 'agreed' }, 'They said so.')).toBe('refusal_reason reason');
    expect(tried({ family: 'refused' }, { family: 'They said so.' })).toBe('refusal_reason reason.family');
    expect(tried({ family: 'agreed', child: 'not_applicable' }, 'No competent child.')).toBe(null);
  });

  const effect = (
    type: ObservationTypeKey,
    question: 'connection' | 'agreements' | 'legal_bars',
    answer: unknown,
    now = noon('2027-03-10'),
  ) => {
    const { ends, endsJourney } = effectOf(
      under(type).visit,
      question,
      { answer } as never,
      now,
      defaultSettings,
    );
    return [ends, endsJourney];
  };
  test('ends the visit if it blocks, as withdrawn or blocked by the party concerned, and a journey at proceedings or adoption', () => {
    expect(effect('core_group', 'agreements', { family: 'refused' })).toEqual(['withdrawn', false]);
    expect(effect('core_group', 'agreements', { child: 'refused' })).toEqual(['withdrawn', false]);
    expect(effect('core_group', 'agreements', { members: 'refused' })).toEqual(['blocked', false]);
    expect(effect('core_group', 'agreements', { family: 'pending' })).toEqual([null, false]);
    expect(effect('core_group', 'connection', 'personal')).toEqual(['blocked', false]);
    expect(effect('core_group', 'connection', 'unchecked')).toEqual([null, false]);
    expect(effect('core_group', 'connection', 'unchecked', noon('2027-03-22'))).toEqual(['blocked', false]);
    const routed = [{ bar: 'proceedings', lawfulRoute: 'The court has agreed.' }];
    expect(effect('core_group', 'legal_bars', routed)).toEqual([null, false]);
    expect(effect('childs_journey', 'legal_bars', routed)).toEqual(['blocked', true]);
    expect(effect('childs_journey', 'legal_bars', [{ bar: 'adoption' }])).toEqual(['blocked', true]);
    expect(effect('childs_journey', 'legal_bars', [{ bar: 'criminal' }])).toEqual(['blocked', false]);
  });
});

describe('a record of what happened', () => {
  const attended = {
    outcome: 'attended' as const,
    arrived: new Date('2027-03-23T10:00:00Z'),
    left: new Date('2027-03-23T12:00:00Z'),
    chaperone: 'The manager',
    categories: ['process' as const],
    closedPartsLeft: null,
    departures: [],
  };

  test('takes a time as the London clock shows it on the day of the visit', () => {
    expect(momentOf('2027-03-23', '10:00').toISOString()).toBe('2027-03-23T10:00:00.000Z');
    expect(momentOf('2027-03-30', '10:00').toISOString()).toBe('2027-03-30T09:00:00.000Z');
    expect(momentOf('2027-03-30', '2027-03-30T10:00:00+01:00').toISOString()).toBe(
      '2027-03-30T09:00:00.000Z',
    );
  });

  test('is come to from half an hour before the visit until it is over; who stays longer goes beyond the scope', () => {
    const { record, visit, visitRecord } = under('core_group', {
      connection: { answer: 'none' },
      agreements: { answer: { family: 'agreed', child: 'agreed', members: 'agreed' } },
      legal_bars: { answer: [] },
    });
    const met = { ...record, conditions: [] };
    const day = (time: string) => atLondonTime(plan.date, time);
    const judged = (arrived: string, left: string) => {
      const { authorised, outside } = judge(
        met,
        visitRecord,
        { ...attended, arrived: day(arrived), left: day(left) },
        defaultSettings,
      );
      return { authorised, outside };
    };
    expect(judged('09:30', '12:30')).toEqual({ authorised: true, outside: [] });
    expect(judged('09:29', '12:00')).toEqual({ authorised: false, outside: ['visit_time'] });
    expect(judged('12:31', '12:40')).toEqual({ authorised: false, outside: ['visit_time', 'overrun'] });
    expect(judged('10:00', '12:31')).toEqual({ authorised: true, outside: ['overrun'] });
    const turned = { ...attended, outcome: 'turned_away' as const, categories: [] };
    expect(refused(() => recordable(visit, turned, day('09:29')))).toBe('not_yet');
    const came = { ...turned, arrived: day('09:30'), left: null };
    expect(refused(() => recordable(visit, came, day('09:30')))).toBe(null);
  });

  test('without anybody there says nothing of what was seen', () => {
    const { visit } = under('core_group');
    const absent = { ...attended, outcome: 'did_not_attend' as const };
    expect(refused(() => assertRecordable(visit, absent, noon('2027-03-24')))).toBe(
      'attendance arrived left categories',
    );
    const turned = { ...absent, outcome: 'turned_away' as const, categories: [] };
    expect(refused(() => recordable(visit, turned, noon('2027-03-24')))).toBe(null);
    expect(refused(() => recordable(visit, turned, noon('2027-03-22')))).toBe('not_yet');
    // Who was turned away came at some time of that day, which has come.
    const at = (arrived: string, left: string) =>
      refused(() =>
        assertRecordable(
          visit,
          { ...turned, arrived: new Date(arrived), left: new Date(left) },
          noon('2027-03-24'),
        ),
      );
    expect(at('2199-01-01T10:00:00Z', '1900-01-01T10:00:00Z')).toBe('attendance arrived left left');
    expect(at('2027-03-23T10:30:00Z', '2027-03-23T10:00:00Z')).toBe('attendance left');
  });

  test('blames the councillor for what they had a notice of, and for nothing found after they came', () => {
    const { record, visitRecord } = under('core_group', {
      connection: { answer: 'none' },
      agreements: { answer: { family: 'agreed', child: 'agreed', members: 'agreed' } },
      legal_bars: { answer: [] },
    });
    const met = { ...record, conditions: [] };
    const cause = (grant: Partial<typeof met>, visit: Partial<typeof visitRecord> = {}) => {
      const { authorised, causedBy } = judge(
        { ...met, ...grant },
        { ...visitRecord, ...visit },
        attended,
        defaultSettings,
      );
      return [authorised, causedBy];
    };
    const before = noon('2027-03-22');
    const after = noon('2027-03-24');
    expect(cause({}, { endedAt: before, endedBecause: 'cancelled' })).toEqual([false, 'councillor']);
    expect(
      cause({ endedAt: before, endedBecause: 'revoked' }, { endedAt: before, endedBecause: 'grant_ended' }),
    ).toEqual([false, 'councillor']);
    // Ended as of a day before, when the register had learned of it.
    expect(
      cause({ endedAt: before, endedBecause: 'lapsed' }, { endedAt: before, endedBecause: 'grant_ended' }),
    ).toEqual([false, 'other']);
    const [fact] = met.register;
    if (!fact) throw new Error('The register has nothing.');
    const defeat = { poll: '2027-03-21', declaredAt: before };
    const learned = (at: Date) => [...met.register, { at, value: { ...fact.value, defeat } }];
    expect(cause({ register: learned(before) })).toEqual([false, 'councillor']);
    expect(cause({ register: learned(after) })).toEqual([false, 'other']);
  });

  test.each([
    ['a departure', { departures: [{ text: 'Took notes.', causedBy: 'host' }] }, ['departure'], 'host'],
    ['a category beyond the grant’s', { categories: ['process', 'health'] }, ['categories'], 'other'],
    ['a closed part that was not left', { closedPartsLeft: false }, ['closed_part'], 'councillor'],
    ['nobody to accompany them', { chaperone: null }, ['chaperone'], 'other'],
    ['a closed part that was left', { closedPartsLeft: true }, [], null],
  ] as const)('%s lies outside of the scope, or does not', (_what, changes, outside, causedBy) => {
    const { record, visitRecord } = under('core_group', {
      connection: { answer: 'none' },
      agreements: { answer: { family: 'agreed', child: 'agreed', members: 'agreed' } },
      legal_bars: { answer: [] },
    });
    const met = { ...record, conditions: [] };
    // What was learned beyond the grant was learned by somebody who might be there; alone nobody may be.
    const authorised = !('chaperone' in changes);
    expect(judge(met, visitRecord, { ...attended, ...changes }, defaultSettings)).toEqual({
      authorised,
      limits: [],
      outside,
      causedBy,
    });
  });

  test('of more than half a day lies outside where that is the limit', () => {
    const { record, visitRecord } = under('safeguarding_unit');
    const long = {
      ...attended,
      arrived: new Date('2027-03-23T08:00:00Z'),
      left: new Date('2027-03-23T12:01:00Z'),
    };
    expect(judge(record, visitRecord, long, defaultSettings).outside).toContain('duration');
  });
});
