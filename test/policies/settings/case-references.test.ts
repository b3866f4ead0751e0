/** How a council writes its case references: words before the numbers, and forms of letters, figures and separators. */
import { describe, expect, test } from '@jest/globals';
import {
  faultsOfCaseReferences,
  followsPattern,
  noCaseReferences,
  type CaseReferences,
} from '../../../policies/settings/case-references.js';
import { faultOfCaseReference, faultOfSearchedCase } from '../../../policies/visit/case-reference.js';

const none = noCaseReferences;
const ours = { prefixes: ['EHM', 'CHAMPION'], patterns: ['EHM 99999999', 'AAA-999999', 'CHAMPION/9999'] };
const passes = (reference: string, known: CaseReferences = ours): boolean =>
  faultOfCaseReference(reference, known) === null;

describe('a reference where the council has set its forms', () => {
  test.each([
    ['EHM 01022015', true],
    ['ehm 20150201', true],
    ['ABC-010215', true],
    ['abc-123456', true],
    ['CHAMPION/2015', true],
    ['EHM 0102201', false],
    ['EHM-01022015', false],
    ['ABCD-010215', false],
    ['AB-010215', false],
    ['CP-2026-0042', false],
    ['ABC-12345６', false],
    ['АBC-123456', false],
    ['ABC-123456 Smith', false],
    ['Jane-123456', false],
    ['', false],
  ])('“%s” passes: %s', (reference, may) => {
    expect(passes(reference)).toBe(may);
    expect(followsPattern(reference, ours)).toBe(may);
  });

  test('is named by the message in the forms of the council', () => {
    expect(faultOfCaseReference('Smith', ours)).toContain('EHM 99999999 or AAA-999999 or CHAMPION/9999');
    expect(faultOfCaseReference('Smith', none)).toContain('such as CP-2026-0042');
  });

  test('is searched for as it was written before the forms were set, too, and never by a name or a date', () => {
    expect(['CP-2026-0042', 'EHM 01022015'].map((each) => faultOfSearchedCase(each, ours))).toEqual([
      null,
      null,
    ]);
    for (const each of ['Zdenka', '01022015', 'CP-2015-02-01'])
      expect([each, faultOfSearchedCase(each, ours)]).toEqual([
        each,
        expect.stringContaining('Never a name'),
      ]);
  });
});

describe('a reference where it has set words alone', () => {
  const known = { prefixes: ['CHAMPION'], patterns: [] };
  test.each([
    ['CHAMPION-12', true],
    ['champion 12', true],
    ['MASH-12', true],
    ['CP-2026-0042', true],
    ['Championship 12', false],
    ['Smith-12', false],
    ['CHAMPION 01/02/2015', false],
  ])('“%s” passes: %s', (reference, may) => {
    expect(passes(reference, known)).toBe(may);
  });
  test('is refused with such a word by a council that has not set it', () => {
    expect(passes('CHAMPION-12', none)).toBe(false);
  });
});

describe('what a council sets', () => {
  const faults = (prefixes: readonly string[], patterns: readonly string[]) =>
    faultsOfCaseReferences({ prefixes, patterns }).map(({ field }) => field.split('.')[1]);
  test.each([
    [[], [], []],
    [['ehm'], ['ehm 9999'], []],
    [[], ['MASH-999999', '9999999', 'AAA/99.9_9 9-A'], []],
    [['A1'], [], ['prefixes']],
    [['E'], [], ['prefixes']],
    [['X'.repeat(21)], [], ['prefixes']],
    [['Grace'], [], ['prefixes']],
    [['jane'], [], ['prefixes']],
    [Array.from({ length: 21 }, (_, at) => `EH${String.fromCodePoint(65 + at)}`), [], ['prefixes']],
    [[], ['EHM 9999'], ['patterns']],
    [[], ['AAAA-99'], ['patterns']],
    [[], ['AAA-AAA'], ['patterns']],
    [[], [''], ['patterns']],
    [[], ['(A+)+9'], ['patterns']],
    [[], ['.*9'], ['patterns']],
    [[], [String.raw`\d{4}9`], ['patterns']],
    [[], ['9'.repeat(41)], ['patterns']],
    [[], Array.from({ length: 11 }, (_, at) => '9'.repeat(at + 1)), ['patterns']],
  ])('%j with %j has faults in %j', (prefixes, patterns, fields) => {
    expect(faults(prefixes, patterns)).toEqual(fields);
  });
});
