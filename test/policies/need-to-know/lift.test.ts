/** A council rule is lifted by all three offices through three people; the law never is, whoever says so. */
import { describe, expect, test } from '@jest/globals';
import { kindOfAuthority } from '../../../policies/core/authorities.js';
import { grounds } from '../../../policies/core/grounds.js';
import {
  observationTypes,
  routedBars,
  type RoutedBar,
  type ObservationTypeKey,
} from '../../../policies/core/observation-types.js';
import type { Seat } from '../../../policies/core/office.js';
import type { Answer } from '../../../policies/need-to-know/answers.js';
import { blocks, type Lifted } from '../../../policies/need-to-know/blocks.js';
import { isLiftable, liftedBlocks, type LiveLift } from '../../../policies/need-to-know/lift.js';
import { questionKeys, questions, type QuestionKey } from '../../../policies/need-to-know/questions.js';
import { needToKnow } from '../../../policies/need-to-know/test.js';
import { englandAndWales } from '../../support/calendar.js';
import { ownScenarios } from '../../support/scenarios.js';

const says = (office: Seat, personId: string, more: Partial<LiveLift> = {}): LiveLift => ({
  question: 'legal_bars',
  blocks: ['lado:barNeverObserved'],
  office,
  personId,
  outcome: 'lift',
  ...more,
});
const three = [says('childrens_services', 'a'), says('democratic_services', 'b'), says('legal', 'c')];

describe('a council rule', () => {
  test('is lifted where all three offices lift it, each through a person of its own', () => {
    expect(liftedBlocks(three)).toEqual({ legal_bars: ['lado:barNeverObserved'] });
  });

  test.each([
    ['two of them', three.slice(1)],
    [
      'three, of whom one declines',
      [...three.slice(1), says('childrens_services', 'a', { outcome: 'decline' })],
    ],
    ['two people for three offices', [...three.slice(1), says('childrens_services', 'b')]],
    [
      'three, on different questions',
      [...three.slice(1), says('childrens_services', 'a', { question: 'prerequisites' })],
    ],
    ['one office three times', [says('legal', 'a'), says('legal', 'b'), says('legal', 'c')]],
    [
      'three, on different blocks of one question',
      [...three.slice(1), says('childrens_services', 'a', { blocks: ['criminal:barNeverObserved'] })],
    ],
    ['nobody', []],
  ])('is not lifted by %s', (_who, live) => {
    expect(liftedBlocks(live)).toEqual({});
  });
});

/** Whatever could be lifted. */
const everything: Lifted = Object.fromEntries(questionKeys.map((key) => [key, blocks]));

const [inOrder] = ownScenarios.scenarios;
const weigh = (
  type: ObservationTypeKey,
  answers: Readonly<Partial<Record<QuestionKey, Answer>>>,
  lifted: Lifted = {},
  neverObserved: readonly RoutedBar[] = [],
) =>
  needToKnow({
    observationType: type,
    events: 1,
    answers: { ...inOrder?.answers, ...answers },
    now: new Date('2026-09-15T09:00:00Z'),
    eventAt: new Date('2026-09-15T12:00:00Z'),
    calendar: englandAndWales,
    lifted,
    neverObserved,
  });
const parties = (type: ObservationTypeKey): Answer => ({
  answer: Object.fromEntries(
    (observationTypes.find(({ key }) => key === type)?.parties ?? []).map((party) => [party, 'agreed']),
  ),
});
const journey = (bars: readonly { readonly bar: string; readonly lawfulRoute?: string }[]) => ({
  legal_bars: { answer: bars },
  agreements: parties('childs_journey'),
});
const route = 'Leave of the court of 3 September 2026.';

describe('the test', () => {
  test('calls the end of a journey at proceedings with a lawful route a council rule, and no law', () => {
    const {
      outcome,
      findings,
      grounds: cited,
    } = weigh('childs_journey', journey([{ bar: 'proceedings', lawfulRoute: route }]));
    const bars = findings.find(({ question }) => question === 'legal_bars');
    expect(bars).toMatchObject({ result: 'blocks', kind: 'council' });
    expect(bars?.authority).toMatch(/^Council rule: /u);
    expect([outcome, cited]).toEqual(['not_established', ['council_rule']]);
    expect(bars && isLiftable(bars)).toBe(true);
  });

  test('is established once that rule is lifted, says so, and asks for no ground', () => {
    const given = journey([{ bar: 'proceedings', lawfulRoute: route }]);
    const {
      outcome,
      findings,
      grounds: cited,
    } = weigh('childs_journey', given, { legal_bars: ['proceedings:journeyEnds'] });
    const bars = findings.find(({ question }) => question === 'legal_bars');
    expect([outcome, cited]).toEqual(['established', []]);
    expect(bars).toMatchObject({ result: 'satisfied', lifted: true });
    expect(bars?.explanation).toMatch(/three offices lifted this rule/u);
    expect(bars && isLiftable(bars)).toBe(true);
  });

  test('keeps a bar of law, and a council rule beside it, whatever is lifted', () => {
    for (const bars of [
      [{ bar: 'proceedings' }],
      [{ bar: 'proceedings', lawfulRoute: route }, { bar: 'court_order' }],
    ]) {
      const { outcome, findings, grounds: cited } = weigh('childs_journey', journey(bars), everything);
      const found = findings.find(({ question }) => question === 'legal_bars');
      expect(outcome).toBe('not_established');
      expect(cited).toContain('legal_bar');
      expect(found).toMatchObject({ result: 'blocks', kind: 'law' });
      expect(found && isLiftable(found)).toBe(false);
    }
  });

  /** Every answer that may be given to a question, one at a time. */
  const each = questions.flatMap(({ key, answers }): [QuestionKey, Answer][] => {
    const reason = 'Long enough to be a reason.';
    if (answers.shape === 'one')
      return Object.keys(answers.values).map((answer) => [key, { answer, reason }]);
    if (answers.shape === 'any')
      return Object.keys(answers.values).map((bar) => [key, { answer: [{ bar }], reason }]);
    return Object.keys(answers.itemSays).flatMap((item) =>
      Object.keys(answers.values(item)).map((value): [QuestionKey, Answer] => [
        key,
        {
          answer: { ...(parties('initial_child_protection_conference').answer as object), [item]: value },
          reason,
        },
      ]),
    );
  });

  test('lifts nothing but blocks of the council’s own, of every answer that blocks', () => {
    let lifted = 0;
    let kept = 0;
    for (const [key, answer] of each) {
      const type = 'initial_child_protection_conference';
      const before = weigh(type, { [key]: answer }).findings.find(({ question }) => question === key);
      const after = weigh(type, { [key]: answer }, everything).findings.find(
        ({ question }) => question === key,
      );
      if (before?.result !== 'blocks') {
        expect(after).toEqual(before);
        continue;
      }
      expect(before.kind).toBe(kindOfAuthority(before.authority));
      expect([key, after?.result === 'blocks']).toEqual([key, before.kind !== 'council']);
      if (before.kind === 'council') lifted += 1;
      else kept += 1;
    }
    expect(lifted).toBeGreaterThan(0);
    expect(kept).toBeGreaterThan(10);
  });

  test('lifts the block that it was lifted for, and no other under the same question', () => {
    const bars = [
      { bar: 'lado', lawfulRoute: route },
      { bar: 'criminal', lawfulRoute: route },
    ];
    const of = (lifted: Lifted, answer: readonly object[] = bars) => {
      const { findings } = weigh(
        'initial_child_protection_conference',
        { legal_bars: { answer: answer as never } },
        lifted,
        ['lado', 'criminal'],
      );
      return findings.find(({ question }) => question === 'legal_bars');
    };
    const lado = of({ legal_bars: ['lado:barNeverObserved'] });
    expect(lado).toMatchObject({ result: 'blocks', kind: 'council' });
    expect(lado?.explanation).toMatch(/criminal investigation/u);
    expect(lado?.explanation).not.toMatch(/allegations/u);
    expect(lado?.councilRules).toEqual([
      { block: 'lado:barNeverObserved', lifted: true },
      { block: 'criminal:barNeverObserved', lifted: false },
    ]);
    expect(of({ legal_bars: ['lado:barNeverObserved', 'criminal:barNeverObserved'] })).toMatchObject({
      result: 'satisfied',
      lifted: true,
    });
    // Under another question the same words count for nothing.
    expect(of({ prerequisites: [...blocks] })).toMatchObject({ result: 'blocks' });
    // A block of law beside a lifted rule stands, and so does the law behind it.
    for (const bar of ['court_order', 'adoption_order'])
      expect(of(everything, [...bars, { bar }])).toMatchObject({ result: 'blocks', kind: 'law' });
    expect(of(everything, [{ bar: 'lado' }])).toMatchObject({ result: 'blocks', kind: 'guidance' });
  });

  test('lifts the end of a journey and the bar that is never observed one by one', () => {
    const of = (lifted: Lifted) =>
      weigh('childs_journey', journey([{ bar: 'proceedings', lawfulRoute: route }]), lifted, ['proceedings'])
        .outcome;
    expect(of({ legal_bars: ['proceedings:barNeverObserved'] })).toBe('not_established');
    expect(of({ legal_bars: ['proceedings:journeyEnds'] })).toBe('not_established');
    expect(of(everything)).toBe('established');
  });

  test('has a name for each council rule that blocks, and for no other', () => {
    const found = observationTypes.flatMap(({ key: type }) =>
      each.flatMap(([key, answer]) => {
        const routed = Array.isArray(answer.answer)
          ? { ...answer, answer: answer.answer.map((bar: object) => ({ ...bar, lawfulRoute: route })) }
          : answer;
        return [answer, routed].flatMap((given) =>
          weigh(type, { [key]: given as Answer }, {}, routedBars).findings.flatMap(({ councilRules = [] }) =>
            councilRules.map(({ block }) => block),
          ),
        );
      }),
    );
    expect([...new Set(found)].toSorted()).toEqual([...blocks].toSorted());
  });

  test('has a ground for a council rule', () => {
    expect(grounds).toContain('council_rule');
  });
});
