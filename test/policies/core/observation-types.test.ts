/** The table of the ten observation types, typed out again from need-to-know.md, section 3. */
import { describe, expect, test } from '@jest/globals';
import {
  eventsAllowed,
  observationType,
  observationTypeKeys,
  observationTypes,
  parties,
} from '../../../policies/core/observation-types.js';

interface Row {
  readonly host: string;
  readonly parties: readonly string[];
  readonly tiedToCase: 'yes' | 'several' | 'mostly_not';
  readonly limit: string;
  /** What the special rules must speak of. */
  readonly rules: readonly RegExp[];
}

const table: Readonly<Record<string, Row>> = {
  strategy_discussion: {
    host: 'Team manager',
    parties: ['chair', 'police', 'health'],
    tiedToCase: 'yes',
    limit: '1 meeting',
    rules: [
      /Children’s Services sign-off is given by the Director/u,
      /never delayed/u,
      /No family agreement/u,
    ],
  },
  legal_gatekeeping: {
    host: 'Senior manager',
    parties: ['chair', 'legal'],
    tiedToCase: 'yes',
    limit: '1 meeting',
    rules: [/Legal confirms that privilege is kept/u],
  },
  assessment_team: {
    host: 'Team manager',
    parties: ['manager', 'staff'],
    tiedToCase: 'several',
    limit: 'Half a day',
    rules: [/No screens, calls or home visits/u],
  },
  initial_child_protection_conference: {
    host: 'Independent conference chair',
    parties: ['chair', 'family', 'child'],
    tiedToCase: 'yes',
    limit: '1 conference',
    rules: [
      /One observer at a conference/u,
      /family is asked at least 1 working day before/u,
      /closed part/u,
    ],
  },
  core_group: {
    host: 'Lead social worker',
    parties: ['family', 'child', 'members'],
    tiedToCase: 'yes',
    limit: '1 meeting',
    rules: [],
  },
  child_in_need_team: {
    host: 'Team manager',
    parties: ['manager', 'staff'],
    tiedToCase: 'several',
    limit: 'Half a day',
    rules: [/No home visits/u],
  },
  safeguarding_unit: {
    host: 'Head of unit',
    parties: ['head_of_unit'],
    tiedToCase: 'several',
    limit: 'Half a day',
    rules: [/Allegations work is excluded/u],
  },
  safeguarding_board: {
    host: 'Chair',
    parties: ['chair', 'partners'],
    tiedToCase: 'mostly_not',
    limit: '1 meeting',
    rules: [/meeting the chair/u, /leaves for case reviews/u],
  },
  childs_journey: {
    host: 'Named co-ordinator, and a host for each stage',
    parties: ['hosts', 'family', 'child'],
    tiedToCase: 'yes',
    limit: 'A stage of 3 months at most, 6 months in all',
    rules: [/three seats again/u, /no earlier than the conference/u, /Ends at proceedings or adoption/u],
  },
  document_inspection: {
    host: 'Records officer',
    parties: [],
    tiedToCase: 'yes',
    limit: '1 supervised sitting',
    rules: [/No copies and no notes/u, /same test as access by attendance/u],
  },
};

describe('the observation types', () => {
  test('are the ten of the table, in its order', () => {
    expect(observationTypes.map(({ key }) => key)).toEqual(Object.keys(table));
    expect(observationTypeKeys).toEqual(Object.keys(table));
  });

  test.each(observationTypes.map((type) => ({ key: type.key, type })))(
    '$key has the host, the parties, the tie to a case and the limit of the table',
    ({ key, type }) => {
      const { rules, ...row } = table[key] as Row;
      expect(type).toMatchObject(row);
      for (const rule of rules) expect(type.rules.join(' ')).toMatch(rule);
    },
  );

  test.each(observationTypes)(
    '$key: accompanied, without notes or devices, questions afterwards',
    ({ rules }) => {
      const said = rules.join(' ');
      expect(said).toMatch(/Accompanied throughout/u);
      expect(said).toMatch(/no part in the discussion \(a word aside with the host is allowed\)/u);
      expect(said).toMatch(/No notes, devices, recording or papers/u);
      expect(said).toMatch(/no unsupervised contact with a child/u);
      expect(said).toMatch(/through the agreed protocol\./u);
    },
  );

  test('only a strategy discussion is signed for Children’s Services by the Director', () => {
    expect(observationTypes.filter(({ signedByHead }) => signedByHead).map(({ key }) => key)).toEqual([
      'strategy_discussion',
    ]);
  });

  test('only a child’s journey is ended outright, by proceedings and by adoption, and has stages of three months', () => {
    for (const { key, barredOutright, maxWindowMonths } of observationTypes) {
      const journey = key === 'childs_journey';
      expect(barredOutright.toSorted()).toEqual(journey ? ['adoption', 'proceedings'] : []);
      expect(maxWindowMonths).toBe(journey ? 3 : null);
    }
  });

  test('ask no party that no type knows, and know no party that no type asks', () => {
    expect(new Set(observationTypes.flatMap((type) => type.parties))).toEqual(new Set(parties));
  });

  test('have labels that tell them apart; the board is still called LSCB', () => {
    expect(new Set(observationTypes.map(({ label }) => label)).size).toBe(10);
    expect(observationType('safeguarding_board').label).toMatch(/^LSCB/u);
    expect(observationType('child_in_need_team').label).toBe('Child in Need / Child Protection team');
  });

  test('are found by key', () => {
    for (const type of observationTypes) expect(observationType(type.key)).toBe(type);
    expect(() => observationType('home_visit' as never)).toThrow(/home_visit/u);
  });

  test('take one to three events', () => {
    expect(eventsAllowed).toEqual({ least: 1, most: 3 });
  });
});
