/**
 * The table of the fourteen questions, typed out again from need-to-know.md, section 2, and held against
 * what the test does: every answer in otherwise good order, with its reason and without.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  answersSchema,
  foreignItems,
  type Answer,
  type Answers,
  type AnswerValue,
} from '../../../policies/need-to-know/answers.js';
import { grounds } from '../../../policies/core/grounds.js';
import type { QuestionKey } from '../../../policies/need-to-know/questions.js';
import { needToKnow, type Assessment, type Result } from '../../../policies/need-to-know/test.js';
import type { ObservationTypeKey } from '../../../policies/core/observation-types.js';
import { englandAndWales } from '../../support/calendar.js';

const D = 'democratic_services';
const CS = 'childrens_services';
const L = 'legal';

/** Whether an answer needs its written reason: `reason`, or not: `plain`. */
type Reason = 'reason' | 'plain';
/** An answer, the ground on which it blocks or null, and whether it needs a reason. */
type Line = readonly [answer: string, blocks: string | null, reason: Reason];

interface Row {
  readonly who: string;
  /** What the citation must speak of. */
  readonly cites: readonly string[];
  readonly lines: readonly Line[];
}

/** The questions that take one answer of a list. */
const oneAnswer: Readonly<Partial<Record<QuestionKey, Row>>> = {
  standing: {
    who: D,
    cites: ['Local Government Act 1972', 'section 83'],
    lines: [
      ['sitting', null, 'plain'],
      ['coopted', null, 'reason'],
      ['elect', 'no_standing', 'plain'],
      ['former', 'no_standing', 'plain'],
    ],
  },
  role: {
    who: D,
    cites: ['ex parte O'],
    lines: [
      ['relevant_committee', null, 'plain'],
      ['lead_member', null, 'plain'],
      ['corporate_parenting', null, 'plain'],
      ['task_group', null, 'plain'],
      ['ward', null, 'reason'],
      ['other', null, 'reason'],
    ],
  },
  authority: {
    who: D,
    cites: ['clear link'],
    lines: [
      ['work_programme', null, 'plain'],
      ['appointment', null, 'plain'],
      ['none', null, 'reason'],
    ],
  },
  necessity: {
    who: L,
    cites: ['Conlan'],
    lines: [
      ['duty', null, 'reason'],
      ['no_link', 'no_remit_link', 'reason'],
      ['curiosity', 'curiosity', 'reason'],
    ],
  },
  scope: {
    who: L,
    cites: ['ex parte O'],
    lines: [
      ['specific', null, 'plain'],
      ['open_ended', 'roving_commission', 'plain'],
    ],
  },
  collateral_purpose: {
    who: L,
    cites: ['Woodward'],
    lines: [
      ['no', null, 'plain'],
      ['casework', null, 'reason'],
      ['unsure', null, 'reason'],
      ['yes', 'collateral_purpose', 'plain'],
    ],
  },
  connection: {
    who: CS,
    cites: ['Localism Act 2011'],
    lines: [
      ['none', null, 'plain'],
      ['professional', null, 'reason'],
      ['ward', null, 'reason'],
      ['personal', 'connection', 'plain'],
      ['unchecked', null, 'plain'],
    ],
  },
  documents: {
    who: L,
    cites: ['ex parte O'],
    lines: [
      ['no', null, 'plain'],
      ['yes', null, 'plain'],
    ],
  },
  proportionality: {
    who: CS,
    cites: ['Article 8'],
    lines: [
      ['proportionate', null, 'reason'],
      ['disproportionate', 'disproportionate', 'reason'],
    ],
  },
  lawful_basis: {
    who: L,
    cites: ['6', '9', 'Data Protection Act 2018', 'Schedule 1'],
    lines: [
      ['confirmed', null, 'reason'],
      ['not_confirmed', 'no_lawful_basis', 'reason'],
    ],
  },
};

/** The questions that take an answer for each item: the items, and what each may be answered. */
const eachItem: Readonly<
  Partial<
    Record<QuestionKey, Omit<Row, 'lines'> & { readonly items: Readonly<Record<string, readonly Line[]>> }>
  >
> = {
  alternatives: {
    who: CS,
    cites: ['UK GDPR', '5(1)(c)'],
    items: Object.fromEntries(
      ['briefing', 'data', 'anonymised_audit', 'closed_case', 'staff_talk', 'other_type'].map((item) => [
        item,
        [
          ['insufficient', null, 'reason'],
          ['sufficient', 'alternative_sufficient', 'plain'],
        ],
      ]),
    ),
  },
  agreements: {
    who: CS,
    cites: ['child-protection procedures'],
    // The parties of an initial child protection conference; the other types are in section 3.
    items: Object.fromEntries(
      ['chair', 'family', 'child'].map((item) => [
        item,
        [
          ['agreed', null, 'plain'],
          ['refused', 'agreement_refused', 'plain'],
          ['pending', null, 'plain'],
          ['not_applicable', null, 'reason'],
        ],
      ]),
    ),
  },
  prerequisites: {
    who: D,
    cites: ['undertaking', 'training'],
    items: {
      ...Object.fromEntries(
        ['undertaking', 'safeguarding_training', 'data_protection_training'].map((item) => [
          item,
          [
            ['met', null, 'plain'],
            ['booked', null, 'reason'],
            ['missing', 'prerequisites_missing', 'plain'],
          ],
        ]),
      ),
      dbs: [
        ['met', null, 'plain'],
        ['booked', null, 'reason'],
        ['missing', null, 'reason'],
        ['ineligible', null, 'reason'],
      ],
    },
  },
};

/** What a bar does without a lawful route, and with one. */
const bars: readonly (readonly [bar: string, without: Line[1], withRoute: Line[1], reason: Reason])[] = [
  ['proceedings', 'legal_bar', null, 'plain'],
  ['court_order', 'legal_bar', null, 'plain'],
  ['privilege', null, null, 'reason'],
  ['adoption', 'legal_bar', null, 'plain'],
  ['adoption_order', 'legal_bar', 'legal_bar', 'plain'],
  ['criminal', 'legal_bar', null, 'plain'],
  ['lado', 'legal_bar', null, 'plain'],
];
const legalBars = { who: L, cites: ['1960', 'section 12', 'SI 2005/389', 'Schedule 12A'] };
/** Each bar rests on its own authority. */
const barCites: Readonly<Record<string, readonly string[]>> = {
  proceedings: ['Administration of Justice Act 1960, section 12', '12.73', '12.75', 'Practice Direction 12G'],
  court_order: ['order of the court'],
  privilege: ['Three Rivers'],
  adoption: ['SI 2005/389', '41', '42'],
  adoption_order: ['Adoption and Children Act 2002', '56 to 65'],
  criminal: ['senior investigating officer', 'prosecutor'],
  lado: ['designated officer'],
};

const inTableOrder: readonly QuestionKey[] = [
  'standing',
  'role',
  'authority',
  'necessity',
  'scope',
  'alternatives',
  'collateral_purpose',
  'connection',
  'documents',
  'legal_bars',
  'proportionality',
  'agreements',
  'lawful_basis',
  'prerequisites',
];

/** The parties of each type, from section 3. */
const partiesOf: Readonly<Record<ObservationTypeKey, readonly string[]>> = {
  strategy_discussion: ['chair', 'police', 'health'],
  legal_gatekeeping: ['chair', 'legal'],
  assessment_team: ['manager', 'staff'],
  initial_child_protection_conference: ['chair', 'family', 'child'],
  core_group: ['family', 'child', 'members'],
  child_in_need_team: ['manager', 'staff'],
  safeguarding_unit: ['head_of_unit'],
  safeguarding_board: ['chair', 'partners'],
  childs_journey: ['hosts', 'family', 'child'],
  document_inspection: [],
};
const types = Object.keys(partiesOf) as ObservationTypeKey[];

const because = 'The review of timeliness cannot report without having seen how a conference is run.';
const all = (items: readonly string[], value: string) =>
  Object.fromEntries(items.map((item) => [item, value]));

/** Every question answered as well as it can be. */
const inOrder = (type: ObservationTypeKey): Required<Answers> => ({
  standing: { answer: 'sitting' },
  role: { answer: 'relevant_committee' },
  authority: { answer: 'work_programme' },
  necessity: { answer: 'duty', reason: because },
  scope: { answer: 'specific' },
  alternatives: {
    answer: all(
      ['briefing', 'data', 'anonymised_audit', 'closed_case', 'staff_talk', 'other_type'],
      'insufficient',
    ),
    reason: because,
  },
  collateral_purpose: { answer: 'no' },
  connection: { answer: 'none' },
  documents: { answer: 'no' },
  legal_bars: { answer: [] },
  proportionality: { answer: 'proportionate', reason: because },
  agreements: { answer: all(partiesOf[type], 'agreed') },
  lawful_basis: { answer: 'confirmed', reason: because },
  prerequisites: {
    answer: all(['undertaking', 'safeguarding_training', 'data_protection_training', 'dbs'], 'met'),
  },
});

type Given = Partial<Omit<Assessment, 'answers'>>;

const weigh = (answers: Answers, given: Given = {}) =>
  needToKnow({
    observationType: 'initial_child_protection_conference',
    events: 1,
    now: new Date('2026-09-15T10:00:00+01:00'),
    calendar: englandAndWales,
    ...given,
    answers,
  });

/** The whole test with one answer, everything else in order. */
const withOne = (key: QuestionKey, answer: Answer | undefined, given: Given = {}) => {
  const { [key]: _, ...rest } = inOrder(given.observationType ?? 'initial_child_protection_conference');
  const result = weigh(answer ? { ...rest, [key]: answer } : rest, given);
  const found = result.findings.find(({ question }) => question === key);
  if (!found) throw new Error(`No finding for ${key}`);
  return { ...result, found };
};

const outcomeOf = (result: Result) =>
  result === 'blocks' ? 'not_established' : result === 'satisfied' ? 'established' : 'incomplete';

const saysPlainly = (explanation: string) => {
  expect(explanation).toMatch(/^\p{Lu}.*[.?]$/u);
  expect(explanation).not.toMatch(/[_[\]{}]|undefined|null|\.\.|[a-z][A-Z]/u);
};

/** One line of the table: with everything else in order, the result is that one alone. */
const expectLine = (
  key: QuestionKey,
  { who, cites }: Pick<Row, 'who' | 'cites'>,
  answer: Answer,
  expected: { result: Result; ground: string | null },
  given: Given = {},
) => {
  const { outcome, findings, grounds: cited, found } = withOne(key, answer, given);
  expect({ result: found.result, outcome, grounds: cited }).toEqual({
    result: expected.result,
    outcome: outcomeOf(expected.result),
    grounds: expected.ground === null ? [] : [expected.ground],
  });
  expect(findings.filter(({ question, result }) => question !== key && result !== 'satisfied')).toEqual([]);
  expect(found.office).toBe(who);
  for (const words of cites) expect(found.authority).toContain(words);
  saysPlainly(found.explanation);
};

const resultOf = (blocks: string | null, needs: Reason, given: boolean): Result =>
  blocks !== null ? 'blocks' : needs === 'reason' && !given ? 'needs_reason' : 'satisfied';

const titleOf = (answer: string, result: Result, given: boolean, ground: string | null) => {
  const saying = given ? 'with a reason' : 'without a reason';
  return ground === null ? `${answer} ${saying}: ${result}` : `${answer} ${saying}: blocks, ${ground}`;
};

describe('everything in order', () => {
  test.each(types)('establishes the need to know for %s', (observationType) => {
    const { outcome, grounds: cited, findings } = weigh(inOrder(observationType), { observationType });
    expect({ outcome, cited }).toEqual({ outcome: 'established', cited: [] });
    expect(findings.map(({ result }) => result)).toEqual(Array.from({ length: 14 }, () => 'satisfied'));
  });
});

describe('there are fourteen findings, in the order of the table', () => {
  test('with every answer, with none and with one', () => {
    for (const answers of [
      inOrder('initial_child_protection_conference'),
      {},
      { role: { answer: 'ward' } },
    ]) {
      expect(weigh(answers).findings.map(({ question }) => question)).toEqual(inTableOrder);
    }
  });

  test('an answer sent in another order changes nothing', () => {
    const answers = inOrder('initial_child_protection_conference');
    const reversed = Object.fromEntries(Object.entries(answers).toReversed()) as Answers;
    expect(weigh(reversed)).toEqual(weigh(answers));
  });
});

describe.each(Object.entries(oneAnswer) as [QuestionKey, Row][])('%s', (key, row) => {
  const lines = row.lines.flatMap(([answer, ground, needs]) =>
    [true, false].map((given) => ({ answer, ground, given, result: resultOf(ground, needs, given) })),
  );
  test.each(
    lines.map((line) => ({ ...line, title: titleOf(line.answer, line.result, line.given, line.ground) })),
  )('$title', ({ answer, ground, given, result }) => {
    expectLine(key, row, given ? { answer, reason: because } : { answer }, { result, ground });
  });

  test('takes no other answer', () => {
    const known = new Set(row.lines.map(([answer]) => answer));
    for (const answer of ['', 'perhaps', 'SITTING', 'constructor', 'duty ', ...known]) {
      expect(answersSchema.safeParse({ [key]: { answer } }).success).toBe(known.has(answer));
    }
  });

  test('takes a reason of spaces for none', () => {
    for (const [answer, ground, needs] of row.lines) {
      expect(withOne(key, { answer, reason: ' \t\n\u200b ' }).found.result).toBe(
        resultOf(ground, needs, false),
      );
    }
  });
});

describe.each(Object.entries(eachItem))('%s', (name, row) => {
  const key = name as QuestionKey;
  const good = inOrder('initial_child_protection_conference')[key];
  const others = good.answer as Record<string, string>;
  const lines = Object.entries(row.items).flatMap(([item, choices]) =>
    choices.flatMap(([answer, ground, needs]) =>
      [true, false].map((given) => ({ item, answer, ground, given, result: resultOf(ground, needs, given) })),
    ),
  );

  test.each(
    lines.map((line) => ({
      ...line,
      title: `${line.item} ${titleOf(line.answer, line.result, line.given, line.ground)}`,
    })),
  )('$title', ({ item, answer, ground, given, result }) => {
    // The other items keep their reasons, so that this one alone decides.
    const reasons = { ...all(Object.keys(others), because), [item]: given ? because : '' };
    expectLine(key, row, { answer: { ...others, [item]: answer }, reason: reasons }, { result, ground });
  });

  test.each(Object.keys(row.items))('%s left out makes the question unanswered', (item) => {
    const { [item]: _, ...rest } = others;
    const { outcome, found } = withOne(key, { answer: rest, reason: because });
    expect({ outcome, result: found.result }).toEqual({ outcome: 'incomplete', result: 'unanswered' });
    saysPlainly(found.explanation);
  });

  test('one text serves all that need a reason; a text for another item does not', () => {
    const [item, answer] = lines
      .filter(({ result }) => result === 'needs_reason')
      .map((line) => [line.item, line.answer] as const)[0] ?? ['', ''];
    const value = { ...others, [item]: answer };
    const reasons = all(
      Object.keys(others).filter((other) => other !== item),
      because,
    );
    expect(withOne(key, { answer: value, reason: because }).found.result).toBe('satisfied');
    expect(withOne(key, { answer: value, reason: { ...reasons, [item]: because } }).found.result).toBe(
      'satisfied',
    );
    expect(withOne(key, { answer: value, reason: reasons }).found.result).toBe('needs_reason');
    expect(withOne(key, { answer: value, reason: { ...reasons, [item]: '   ' } }).found.result).toBe(
      'needs_reason',
    );
  });

  test('a block blocks in the company of items left out, and needs no reason', () => {
    const blocking = lines.find(({ ground, given }) => ground !== null && !given);
    const {
      outcome,
      found,
      grounds: cited,
    } = withOne(key, {
      answer: { [blocking?.item ?? '']: blocking?.answer ?? '' },
    });
    expect({ outcome, result: found.result, cited }).toEqual({
      outcome: 'not_established',
      result: 'blocks',
      cited: [blocking?.ground],
    });
  });
});

describe('a constituent’s own case', () => {
  const weighed = (observationType: ObservationTypeKey, coopted: boolean, reason?: string) => {
    const { collateral_purpose: _c, standing: _s, ...rest } = inOrder(observationType);
    const {
      outcome,
      grounds: cited,
      findings,
    } = weigh(
      {
        ...rest,
        standing: coopted ? { answer: 'coopted', reason: because } : { answer: 'sitting' },
        collateral_purpose: { answer: 'constituent_case', ...(reason === undefined ? {} : { reason }) },
      },
      { observationType },
    );
    const found = findings.find(({ question }) => question === 'collateral_purpose');
    return { outcome, cited, result: found?.result, authority: found?.authority };
  };
  const paragraphs = 'Data Protection Act 2018, Schedule 1, paragraphs 23 and 24 (elected representatives)';

  test('is served by papers, with a reason, under paragraphs 23 and 24', () => {
    expect(weighed('document_inspection', false, because)).toEqual({
      outcome: 'established',
      cited: [],
      result: 'satisfied',
      authority: paragraphs,
    });
    expect(weighed('document_inspection', false)).toMatchObject({
      outcome: 'incomplete',
      result: 'needs_reason',
    });
  });

  test.each(types.filter((type) => type !== 'document_inspection'))(
    'is no basis to watch by a rule of the council, and not by law: %s',
    (type) => {
      expect(weighed(type, false, because)).toMatchObject({
        outcome: 'not_established',
        cited: ['council_rule'],
        authority: expect.stringMatching(/^Council rule/u),
      });
    },
  );

  test.each(types)('is no basis for a co-opted member, whom nobody elected: %s', (type) => {
    expect(weighed(type, true, because)).toMatchObject({
      outcome: 'not_established',
      cited: ['collateral_purpose'],
      authority: paragraphs,
    });
  });
});

describe('legal_bars', () => {
  const lines = bars.flatMap(([bar, without, withRoute, needs]) =>
    [true, false].flatMap((route) =>
      [true, false].map((given) => {
        const ground = route ? withRoute : without;
        return { bar, route, given, ground, result: resultOf(ground, needs, given) };
      }),
    ),
  );
  test.each(
    lines.map((line) => ({
      ...line,
      title: `${line.bar}, ${line.route ? 'with' : 'without'} a lawful route, ${titleOf('', line.result, line.given, line.ground).trim()}`,
    })),
  )('$title', ({ bar, route, given, ground, result }) => {
    const answer: AnswerValue = [route ? { bar, lawfulRoute: because } : { bar }];
    const cites = { who: L, cites: barCites[bar] ?? [] };
    expectLine('legal_bars', cites, given ? { answer, reason: because } : { answer }, { result, ground });
  });

  test('an empty list satisfies, and no list leaves the question open', () => {
    expectLine('legal_bars', legalBars, { answer: [] }, { result: 'satisfied', ground: null });
    expect(withOne('legal_bars', undefined).found.result).toBe('unanswered');
  });

  test('a lawful route of spaces does not count', () => {
    const answer = [{ bar: 'proceedings', lawfulRoute: ' \n ' }];
    expect(withOne('legal_bars', { answer }).found.result).toBe('blocks');
  });

  test('one bar with a route does not lift another without', () => {
    const answer = [{ bar: 'proceedings', lawfulRoute: because }, { bar: 'court_order' }];
    const { found } = withOne('legal_bars', { answer });
    expect(found.result).toBe('blocks');
    expect(found.explanation).toContain('court order');
    expect(found.explanation).not.toContain('proceedings');
  });

  test.each(['proceedings', 'court_order', 'adoption', 'criminal', 'lado'] as const)(
    'what the council never observes is refused by its own rule and named as one: %s',
    (bar) => {
      for (const lawfulRoute of [because, undefined]) {
        const answer = [{ bar, lawfulRoute }];
        const {
          outcome,
          found,
          grounds: cited,
        } = withOne('legal_bars', { answer }, { neverObserved: [bar] });
        expect({ outcome, cited }).toEqual({ outcome: 'not_established', cited: ['council_rule'] });
        expect(found.explanation).toContain('the council serves this another way');
        expect(found.authority).toMatch(/^Council rule/u);
      }
    },
  );

  test('a rule of the council leaves every other bar to its lawful route', () => {
    const answer = [{ bar: 'criminal', lawfulRoute: because }];
    expect(withOne('legal_bars', { answer }, { neverObserved: ['lado'] }).outcome).toBe('established');
  });

  test('a child’s journey ends at proceedings with a lawful route by a rule of the council, without one by law', () => {
    const cited = (lawfulRoute: string | undefined) =>
      withOne(
        'legal_bars',
        { answer: [{ bar: 'proceedings', lawfulRoute }] },
        { observationType: 'childs_journey' },
      ).grounds;
    expect([cited(because), cited(undefined)]).toEqual([['council_rule'], ['legal_bar']]);
  });

  test('a strategy discussion with the written agreement of the police is established', () => {
    const answer = [{ bar: 'criminal', lawfulRoute: because }];
    const { outcome } = withOne('legal_bars', { answer }, { observationType: 'strategy_discussion' });
    expect(outcome).toBe('established');
  });

  test.each(['proceedings', 'adoption'])('a child’s journey ends at %s, route or none', (bar) => {
    for (const lawfulRoute of [because, undefined]) {
      const answer = [{ bar, lawfulRoute }];
      const { outcome, found } = withOne(
        'legal_bars',
        { answer, reason: because },
        { observationType: 'childs_journey' },
      );
      expect({ outcome, result: found.result }).toEqual({ outcome: 'not_established', result: 'blocks' });
    }
  });

  test('a court order with a lawful route leaves a child’s journey standing', () => {
    const answer = [{ bar: 'court_order', lawfulRoute: because }];
    expect(withOne('legal_bars', { answer }, { observationType: 'childs_journey' }).outcome).toBe(
      'established',
    );
  });

  test('takes each bar once, and no other bar', () => {
    const takes = (answer: unknown) => answersSchema.safeParse({ legal_bars: { answer } }).success;
    expect(takes(bars.map(([bar]) => ({ bar })))).toBe(true);
    expect(takes([{ bar: 'lado' }, { bar: 'lado' }])).toBe(false);
    expect(takes([{ bar: 'something_else' }])).toBe(false);
    expect(takes([{ bar: 'lado', route: 'x' }])).toBe(false);
  });
});

describe('scope', () => {
  test.each([
    [1, undefined, 'satisfied'],
    [2, undefined, 'needs_reason'],
    [3, undefined, 'needs_reason'],
    [2, because, 'satisfied'],
    [3, because, 'satisfied'],
  ] as const)('named activities, %d events, reason %s: %s', (events, reason, result) => {
    expectLine(
      'scope',
      { who: L, cites: ['ex parte O'] },
      { answer: 'specific', reason },
      { result, ground: null },
      { events },
    );
  });
});

describe('connection, unchecked', () => {
  const at = (now: string, eventAt?: string) =>
    withOne(
      'connection',
      { answer: 'unchecked' },
      { now: new Date(now), eventAt: eventAt === undefined ? undefined : new Date(eventAt) },
    );

  test.each([
    // The event is on Wednesday 16 September 2026.
    ['two working days before', '2026-09-14T23:59:59+01:00', '2026-09-16T09:30:00+01:00', 'satisfied'],
    [
      'one working day before, from its first minute',
      '2026-09-15T00:00:00+01:00',
      '2026-09-16T09:30:00+01:00',
      'blocks',
    ],
    ['on the day itself', '2026-09-16T08:00:00+01:00', '2026-09-16T09:30:00+01:00', 'blocks'],
    ['after the event', '2026-09-17T08:00:00+01:00', '2026-09-16T09:30:00+01:00', 'blocks'],
    // The event is on Monday 21 September 2026.
    ['the Thursday before a Monday', '2026-09-17T17:00:00+01:00', '2026-09-21T09:30:00+01:00', 'satisfied'],
    ['the Friday before a Monday', '2026-09-18T08:00:00+01:00', '2026-09-21T09:30:00+01:00', 'blocks'],
    ['the Sunday before a Monday', '2026-09-20T08:00:00+01:00', '2026-09-21T09:30:00+01:00', 'blocks'],
    // The event is on Tuesday 29 December 2026: the 25th and the 28th are holidays, the 26th and 27th a weekend.
    ['23 December for an event on the 29th', '2026-12-23T12:00:00Z', '2026-12-29T10:00:00Z', 'satisfied'],
    ['Christmas Eve for an event on the 29th', '2026-12-24T12:00:00Z', '2026-12-29T10:00:00Z', 'blocks'],
    ['Boxing Day for an event on the 29th', '2026-12-26T12:00:00Z', '2026-12-29T10:00:00Z', 'blocks'],
    // The day is London's: 23:30 in UTC is half past midnight there in summer.
    ['the minute the day turns in London', '2026-09-14T23:30:00Z', '2026-09-16T09:30:00+01:00', 'blocks'],
  ] as const)('%s', (_, now, eventAt, result) => {
    const { found, grounds: cited } = at(now, eventAt);
    expect({ result: found.result, cited }).toEqual({
      result,
      cited: result === 'blocks' ? ['connection'] : [],
    });
  });

  test('allows approval in principle while no event is fixed', () => {
    expect(at('2026-09-15T00:00:00+01:00').outcome).toBe('established');
  });

  test('no other answer turns on how near the event is', () => {
    const eventAt = new Date('2026-09-16T09:30:00+01:00');
    for (const now of ['2026-09-01T10:00:00+01:00', '2026-09-16T09:00:00+01:00']) {
      const { outcome } = weigh(inOrder('core_group'), {
        observationType: 'core_group',
        now: new Date(now),
        eventAt,
      });
      expect(outcome).toBe('established');
    }
  });
});

describe('what allows approval in principle', () => {
  test('pending, unchecked and booked together', () => {
    const answers: Answers = {
      ...inOrder('initial_child_protection_conference'),
      connection: { answer: 'unchecked' },
      agreements: { answer: { chair: 'agreed', family: 'pending', child: 'pending' } },
      prerequisites: {
        answer: {
          undertaking: 'met',
          safeguarding_training: 'booked',
          data_protection_training: 'met',
          dbs: 'booked',
        },
        reason: because,
      },
    };
    expect(weigh(answers).outcome).toBe('established');
  });
});

describe('agreements', () => {
  test.each(types)('asks exactly the parties of %s', (observationType) => {
    const parties = partiesOf[observationType];
    const agreed = (left: readonly string[]) =>
      withOne('agreements', { answer: all(left, 'agreed') }, { observationType }).found.result;
    expect(agreed(parties)).toBe('satisfied');
    for (const party of parties) {
      expect(agreed(parties.filter((other) => other !== party))).toBe('unanswered');
      const refused = { answer: { ...all(parties, 'agreed'), [party]: 'refused' } };
      expect(withOne('agreements', refused, { observationType }).found.result).toBe('blocks');
    }
  });

  test('has nothing to ask for the inspection of documents, so an empty answer satisfies', () => {
    const given = { observationType: 'document_inspection' } as const;
    expect(withOne('agreements', { answer: {} }, given).outcome).toBe('established');
    expect(withOne('agreements', undefined, given).found.result).toBe('unanswered');
  });

  test('an agreement of a party who need not be asked is refused rather than ignored', () => {
    const errors = foreignItems(
      'agreements',
      'core_group',
      { answer: { family: 'agreed', police: 'agreed' } },
      'answers',
    );
    expect(errors).toEqual([expect.objectContaining({ field: 'answers.answer.police' })]);
    expect(foreignItems('agreements', 'core_group', { answer: { family: 'agreed' } }, '')).toEqual([]);
  });
});

describe('every block is named, not only the first', () => {
  const worst: Answers = {
    standing: { answer: 'former' },
    necessity: { answer: 'curiosity' },
    scope: { answer: 'open_ended' },
    alternatives: { answer: { data: 'sufficient' } },
    collateral_purpose: { answer: 'yes' },
    connection: { answer: 'personal' },
    legal_bars: { answer: [{ bar: 'adoption' }, { bar: 'criminal' }] },
    proportionality: { answer: 'disproportionate' },
    agreements: { answer: { child: 'refused' } },
    lawful_basis: { answer: 'not_confirmed' },
    prerequisites: { answer: { undertaking: 'missing' } },
  };

  test('even while the other questions are open', () => {
    const { outcome, findings, grounds: cited } = weigh(worst);
    expect(outcome).toBe('not_established');
    expect(findings.filter(({ result }) => result === 'blocks').map(({ question }) => question)).toEqual(
      inTableOrder.filter((key) => key in worst),
    );
    expect(findings.filter(({ result }) => result === 'unanswered').map(({ question }) => question)).toEqual([
      'role',
      'authority',
      'documents',
    ]);
    expect(cited).toEqual([
      'no_standing',
      'curiosity',
      'roving_commission',
      'alternative_sufficient',
      'collateral_purpose',
      'connection',
      'legal_bar',
      'disproportionate',
      'agreement_refused',
      'no_lawful_basis',
      'prerequisites_missing',
    ]);
  });

  test('two items that block are both in the explanation', () => {
    const { found } = withOne('legal_bars', { answer: [{ bar: 'adoption' }, { bar: 'criminal' }] });
    expect(found.explanation).toMatch(/adoption.*criminal/iu);
  });

  test('a ground that two blocks share is cited once', () => {
    const { grounds: cited } = withOne('legal_bars', { answer: [{ bar: 'adoption' }, { bar: 'lado' }] });
    expect(cited).toEqual(['legal_bar']);
  });
});

describe('the grounds', () => {
  test('are those of the table, an upheld finding and a rule of the council; party membership is not one', () => {
    expect(new Set(grounds)).toEqual(
      new Set([
        'no_standing',
        'no_remit_link',
        'curiosity',
        'roving_commission',
        'alternative_sufficient',
        'collateral_purpose',
        'connection',
        'legal_bar',
        'disproportionate',
        'agreement_refused',
        'no_lawful_basis',
        'prerequisites_missing',
        'confidentiality_breach',
        'council_rule',
      ]),
    );
  });
});

/** Answers as they may come: any allowed answer or none, with its reason, without or with a part of it. */
const answersOf = (type: ObservationTypeKey): fc.Arbitrary<Answers> => {
  const reason = fc.constantFrom(undefined, because, '', '  ');
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const answer = (value: fc.Arbitrary<AnswerValue>, reasons: fc.Arbitrary<Answer['reason']> = reason) =>
    maybe(fc.record({ answer: value, reason: reasons }));
  const items = (key: QuestionKey, names: readonly string[]) => {
    const lines = eachItem[key]?.items ?? {};
    const choices = (name: string) => (lines[name] ?? lines['chair'] ?? []).map(([value]) => value);
    const value = fc
      .record(Object.fromEntries(names.map((name) => [name, maybe(fc.constantFrom(...choices(name)))])))
      .map((record) => Object.fromEntries(Object.entries(record).filter(([, given]) => given !== undefined)));
    const each = fc
      .record(Object.fromEntries(names.map((name) => [name, fc.constantFrom(because, '', ' ')])))
      .map((record): Answer['reason'] => record);
    return answer(value as fc.Arbitrary<AnswerValue>, fc.oneof(reason, each));
  };
  return fc
    .record({
      ...Object.fromEntries(
        Object.entries(oneAnswer).map(([key, { lines }]) => [
          key,
          answer(
            fc.constantFrom(
              ...lines.map(([value]) => value),
              ...(key === 'collateral_purpose' ? ['constituent_case'] : []),
            ),
          ),
        ]),
      ),
      alternatives: items('alternatives', Object.keys(eachItem.alternatives?.items ?? {})),
      agreements: items('agreements', partiesOf[type]),
      prerequisites: items('prerequisites', Object.keys(eachItem.prerequisites?.items ?? {})),
      legal_bars: answer(
        fc
          .subarray(bars.map(([bar]) => bar))
          .chain((chosen) =>
            fc.tuple(...chosen.map((bar) => fc.constantFrom({ bar }, { bar, lawfulRoute: because }))),
          ),
      ),
    })
    .map(
      (record) =>
        Object.fromEntries(
          Object.entries(record).filter(([, given]) => given !== undefined),
        ) as unknown as Answers,
    );
};

const assessment: fc.Arbitrary<Assessment> = fc.constantFrom(...types).chain((observationType) =>
  fc.record({
    observationType: fc.constant(observationType),
    events: fc.integer({ min: 1, max: 3 }),
    answers: answersOf(observationType),
    now: fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
    eventAt: fc.option(
      fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
      { nil: undefined },
    ),
    calendar: fc.constant(englandAndWales),
  }),
);

/** What one answer comes to, worked out slowly from the table typed out above; `unchecked` is left open. */
const naive = ({ observationType, events, answers }: Assessment, key: QuestionKey): Result | 'near?' => {
  const given = answers[key];
  if (!given) return 'unanswered';
  const written = (item?: string) => {
    const text = typeof given.reason === 'object' ? (item ? given.reason[item] : undefined) : given.reason;
    return (text ?? '').trim() !== '';
  };
  if (key === 'legal_bars') {
    const list = given.answer as readonly { bar: string; lawfulRoute?: string }[];
    const blocked = list.some(({ bar, lawfulRoute }) => {
      if (bar === 'adoption_order') return true;
      if (bar === 'privilege') return false;
      const ends = ['proceedings', 'adoption'].includes(bar) && observationType === 'childs_journey';
      return lawfulRoute === undefined || ends;
    });
    if (blocked) return 'blocks';
    return list.some(({ bar }) => bar === 'privilege') && !written() ? 'needs_reason' : 'satisfied';
  }
  if (key === 'collateral_purpose' && given.answer === 'constituent_case') {
    const byPapers = observationType === 'document_inspection' && answers.standing?.answer !== 'coopted';
    if (!byPapers) return 'blocks';
    return written() ? 'satisfied' : 'needs_reason';
  }
  const table = oneAnswer[key];
  if (table) {
    const line = table.lines.find(([answer]) => answer === given.answer);
    if (line?.[0] === 'unchecked') return 'near?';
    const needs = line?.[2] === 'reason' || (key === 'scope' && events > 1);
    return resultOf(line?.[1] ?? null, needs ? 'reason' : 'plain', written());
  }
  const value = given.answer as Record<string, string>;
  const items = key === 'agreements' ? partiesOf[observationType] : Object.keys(eachItem[key]?.items ?? {});
  const results = items.map((item): Result => {
    const lines = eachItem[key]?.items[item] ?? eachItem[key]?.items['chair'];
    const line = lines?.find(([answer]) => answer === value[item]);
    return line ? resultOf(line[1], line[2], written(item)) : 'unanswered';
  });
  const [worst] = (['blocks', 'unanswered', 'needs_reason'] as const).filter((result) =>
    results.includes(result),
  );
  return worst ?? 'satisfied';
};

describe('whatever is answered', () => {
  test('the same answers at the same time give the same findings, and are left as they were', () => {
    fc.assert(
      fc.property(assessment, (given) => {
        const before = structuredClone(given.answers);
        expect(needToKnow(given)).toEqual(needToKnow({ ...given, answers: structuredClone(given.answers) }));
        expect(given.answers).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });

  test('each question has the result in the table, blocks before open before reason', () => {
    fc.assert(
      fc.property(assessment, (given) => {
        for (const { question, result } of needToKnow(given).findings) {
          const expected = naive(given, question);
          if (expected === 'near?') expect(['blocks', 'satisfied']).toContain(result);
          else expect([question, result]).toEqual([question, expected]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('the outcome is the worst of the findings', () => {
    fc.assert(
      fc.property(assessment, (given) => {
        const { outcome, findings, grounds: cited } = needToKnow(given);
        const results = findings.map(({ result }) => result);
        const expected = results.includes('blocks')
          ? 'not_established'
          : results.every((result) => result === 'satisfied')
            ? 'established'
            : 'incomplete';
        expect(outcome).toBe(expected);
        expect(cited.length > 0).toBe(outcome === 'not_established');
      }),
      { numRuns: 300 },
    );
  });

  test('an answer to one question changes the finding of no other, so that none can lift a block', () => {
    fc.assert(
      fc.property(assessment, fc.constantFrom(...inTableOrder), (given, key) => {
        const { [key]: _, ...rest } = given.answers;
        const others = (answers: Answers) =>
          needToKnow({ ...given, answers }).findings.filter(
            ({ question }) =>
              question !== key &&
              !(key === 'standing' && isOfConstituent && question === 'collateral_purpose'),
          );
        // The Act lets elected members alone work for a constituent: that somebody is co-opted adds a block.
        const isOfConstituent = given.answers.collateral_purpose?.answer === 'constituent_case';
        expect(others(given.answers)).toEqual(others(rest));
      }),
      { numRuns: 300 },
    );
  });

  test('a reason added never makes a finding worse', () => {
    const rank: Record<Result, number> = { blocks: 0, unanswered: 1, needs_reason: 2, satisfied: 3 };
    fc.assert(
      fc.property(assessment, (given) => {
        const reasoned = Object.fromEntries(
          Object.entries(given.answers).map(([key, answer]) => [key, { ...answer, reason: because }]),
        ) as Answers;
        const before = needToKnow(given).findings;
        needToKnow({ ...given, answers: reasoned }).findings.forEach(({ result }, index) => {
          expect(rank[result]).toBeGreaterThanOrEqual(rank[before[index]?.result ?? 'blocks']);
          expect(result).not.toBe('needs_reason');
        });
      }),
      { numRuns: 200 },
    );
  });

  test('it explains itself in sentences, without a coded word', () => {
    fc.assert(
      fc.property(assessment, (given) => {
        for (const { explanation } of needToKnow(given).findings) saysPlainly(explanation);
      }),
      { numRuns: 300 },
    );
  });
});
