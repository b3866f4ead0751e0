import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { periods } from '../../../policies/core/time/deadlines.js';
import { observationType, observationTypeKeys } from '../../../policies/core/observation-types.js';
import {
  defaultSettings,
  labelsOf,
  noChoices,
  settingsOf,
  typesOf,
  wardOf,
} from '../../../policies/settings/settings.js';
import {
  differencesOf,
  faultsOfChange,
  limitsOf,
  periodKeys,
  withChange,
  withHolidays,
  type SettingsChange,
} from '../../../policies/settings/settings-keeping.js';
import { isWorkingDay } from '../../../policies/core/time/working-days.js';

const fieldsOf = (change: SettingsChange): string[] =>
  faultsOfChange(noChoices, change).map(({ field }) => field);

describe('a council that has set nothing', () => {
  test('has the periods, the types and the calendar of the rules', () => {
    expect(defaultSettings.periods).toEqual(periods);
    for (const key of observationTypeKeys) expect(defaultSettings.type(key)).toEqual(observationType(key));
    expect(isWorkingDay(defaultSettings, '2026-08-31')).toBe(false);
    expect(labelsOf(defaultSettings)).toEqual({});
  });
});

describe('a council’s choices', () => {
  test('holds in place of the default, and nothing else is different', () => {
    const settings = settingsOf(
      withChange(noChoices, {
        nation: 'scotland',
        periods: { decide: 15 },
        types: { core_group: { label: 'Core group meeting' }, assessment_team: { maxHours: 3 } },
      }),
    );
    expect(settings.periods).toEqual({ ...periods, decide: 15 });
    expect(settings.type('core_group')).toEqual({
      ...observationType('core_group'),
      label: 'Core group meeting',
    });
    expect(settings.type('assessment_team')).toMatchObject({ maxHours: 3, limit: '3 hours' });
    expect(isWorkingDay(settings, '2026-11-30')).toBe(false);
    expect(isWorkingDay(settings, '2026-08-31')).toBe(true);
    expect(labelsOf(settings)).toEqual({ core_group: 'Core group meeting' });
    expect(typesOf(settings).map(({ key }) => key)).toEqual([...observationTypeKeys]);
  });

  test('names the offices and the ward, and nothing that has its usual name', () => {
    const named = withChange(noChoices, { names: { legal: 'Director of Law', ward: 'division' } });
    expect(labelsOf(settingsOf(named))).toEqual({ legal: 'Director of Law', ward_name: 'Division' });
    expect([wardOf(settingsOf(named)), wardOf(defaultSettings)]).toEqual(['division', 'ward']);
    expect(differencesOf(noChoices, named)).toEqual([
      { setting: 'names.legal', was: null, became: 'Director of Law' },
      { setting: 'names.ward', was: null, became: 'division' },
    ]);
    // A name that is left out stays; null gives the usual one back.
    const again = withChange(named, { names: { legal: null } });
    expect(again.names).toEqual({ ward: 'division' });
    expect(withChange(again, { names: { ward: null } })).toEqual(noChoices);
  });

  test('takes no name that is blank, of two lines, or too long', () => {
    for (const name of ['', ' ', 'Law\nand order', 'x'.repeat(81)])
      expect(fieldsOf({ names: { legal: name } })).toEqual(['names.legal']);
    expect(fieldsOf({ names: { legal: 'x'.repeat(80), ward: null } })).toEqual([]);
  });

  test('says so in words if it is a limit of a child’s journey', () => {
    const choices = withChange(noChoices, { types: { childs_journey: { maxWindowMonths: 2 } } });
    expect(settingsOf(choices).type('childs_journey').limit).toBe(
      'A stage of 2 months at most, 6 months in all',
    );
  });

  test('is forgotten once it equals the default, so that a later default counts', () => {
    const once = withChange(noChoices, {
      periods: { decide: 15 },
      types: { core_group: { label: 'Other' } },
    });
    const again = withChange(once, {
      periods: { decide: periods.decide },
      types: { core_group: { label: observationType('core_group').label } },
    });
    expect(again).toEqual(noChoices);
  });

  test('leaves a day proclaimed for one nation out of the others’', () => {
    const choices = withHolidays(noChoices, 'scotland', [{ date: '2027-03-02', name: 'A day' }]);
    expect(isWorkingDay(settingsOf(choices), '2027-03-02')).toBe(true);
    expect(isWorkingDay(settingsOf({ ...choices, nation: 'scotland' }), '2027-03-02')).toBe(false);
  });
});

describe('what cannot be set', () => {
  test('is named by its field', () => {
    expect(fieldsOf({ periods: { decide: 0, review: 61, acknowledge: 1 } })).toEqual([
      'periods.decide',
      'periods.review',
    ]);
    expect(fieldsOf({ retention: { requests: 11, notifications: 1 } })).toEqual(['retention.requests']);
    expect(fieldsOf({ types: { core_group: { label: ' ' } } })).toEqual(['types.core_group.label']);
    expect(fieldsOf({ types: { core_group: { label: 'Two\nlines' } } })).toEqual(['types.core_group.label']);
    expect(fieldsOf({ types: { core_group: { maxHours: 2 } } })).toEqual(['types.core_group.maxHours']);
    expect(fieldsOf({ types: { childs_journey: { maxMonthsInAll: 2 } } })).toEqual([
      'types.childs_journey.maxMonthsInAll',
    ]);
  });

  test('is only a limit that the type does not have', () => {
    expect(limitsOf('assessment_team')).toEqual(['maxHours']);
    expect(limitsOf('childs_journey')).toEqual(['maxWindowMonths', 'maxMonthsInAll']);
    expect(limitsOf('initial_child_protection_conference')).toEqual(['familyNoticeDays']);
    expect(limitsOf('core_group')).toEqual([]);
  });
});

describe('the differences of a change', () => {
  test('name each setting with its old and its new value', () => {
    const after = withHolidays(
      withChange(noChoices, { periods: { decide: 15 }, retention: { notifications: 6 } }),
      'england_and_wales',
      [{ date: '2027-03-02', name: 'A day' }],
    );
    expect(differencesOf(noChoices, after)).toEqual([
      { setting: 'periods.decide', was: 10, became: 15 },
      { setting: 'retention.notifications', was: 12, became: 6 },
      { setting: 'bankHolidays.england_and_wales.2027-03-02', was: null, became: 'bank_holiday' },
    ]);
    expect(differencesOf(after, after)).toEqual([]);
  });

  test('there and back are the same the other way round', () => {
    const change = fc.record({
      periods: fc.dictionary(fc.constantFrom(...periodKeys), fc.integer({ min: 1, max: 60 })),
      nation: fc.constantFrom('england_and_wales', 'scotland', 'northern_ireland'),
    });
    fc.assert(
      fc.property(change, change, (one, other) => {
        const [before, after] = [one, other].map((each) => withChange(noChoices, each as SettingsChange));
        if (!before || !after) throw new Error('two changes make two choices');
        const back = differencesOf(after, before);
        expect(
          differencesOf(before, after).map(({ setting, was, became }) => ({
            setting,
            was: became,
            became: was,
          })),
        ).toEqual(back);
      }),
      { numRuns: 50 },
    );
  });
});
